"""Pages of progress and evidence: HTTP only."""
