"""Sổ khen thưởng: what earlier years left; written when a year is closed."""
