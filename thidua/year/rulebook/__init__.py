"""Quy chế, thang điểm: scales of criteria; adopted means frozen."""
