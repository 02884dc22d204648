"""Pages of the rulebook: one version (`scale`), the draft on screen (`editor`), how to begin."""
