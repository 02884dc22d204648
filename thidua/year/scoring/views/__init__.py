"""Pages of scoring: HTTP only; decisions are in services, figures in board and pages."""
