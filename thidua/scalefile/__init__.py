"""Tệp thang điểm và phiếu điểm: read, check and write scale/1 and sheet files; no Django."""

from thidua.scalefile.canonical import canonical_json, fingerprint
from thidua.scalefile.load import LoadedScale, LoadedSheets, load_scale, load_sheets
from thidua.scalefile.problem import FileError, Problem
from thidua.scalefile.write import write_scale

__all__ = [
    "FileError",
    "LoadedScale",
    "LoadedSheets",
    "Problem",
    "canonical_json",
    "fingerprint",
    "load_scale",
    "load_sheets",
    "write_scale",
]
