"""Files stored once under their SHA-256, their type judged by content."""
