"""Giao ước: the pact of the year: its text, its file, who signed it and how."""
