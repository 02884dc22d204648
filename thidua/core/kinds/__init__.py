"""Các loại quy tắc: one file per kind, its points and its words (FORMAT section 4)."""
