"""Khối và đơn vị: blocs, bloc-years, members, offices, windows and settings."""
