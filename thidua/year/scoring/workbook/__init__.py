"""Bảng tính của đơn vị và của khối: the sheet as a workbook that goes out and comes back."""
