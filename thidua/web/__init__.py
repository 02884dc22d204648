"""What crosses stages: home, tasks, the year's timeline, base templates and static files."""
