"""Template tags of the product; see docs/ui.md."""
