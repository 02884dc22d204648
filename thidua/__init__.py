"""Thi Đua: một năm của khối thi đua, từ quy chế tới sổ khen thưởng (see docs/where.md)."""

__version__ = "0.1.0"
