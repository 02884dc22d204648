"""Quy tắc thuần túy: the pure rules. Standard library only: no Django, clock, I/O or floats."""
