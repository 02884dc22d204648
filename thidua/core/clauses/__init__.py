"""Điều, khoản, điểm: a text as a list of clauses that keep their key from version to version."""
