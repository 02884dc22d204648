"""Phong trào, tiến độ: results through the year and the evidence for them."""
