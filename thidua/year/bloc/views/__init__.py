"""Pages of blocs and their years."""
