"""Sửa thang điểm: plain values of a scale in, plain values out; no Django, no opinion on rights.

Every function leaves its argument alone and gives a new scale. A line is named by its key: its
code, and for a code that stands twice (which the lint reports) the code with @2, @3 for the later
ones; no code of a file can hold that sign.
"""
