"""Văn bản của Khối: letterheads, number registers, own templates, papers of meetings."""
