"""Filters of the scale editor."""
