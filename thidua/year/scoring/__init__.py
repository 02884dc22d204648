"""Chấm điểm: one sheet per unit, one entry per line and stage; nothing overwrites another stage."""
