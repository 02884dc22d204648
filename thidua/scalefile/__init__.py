"""Tệp thang điểm và phiếu điểm: read, check and write scale/1 and sheet files; no Django."""

from thidua.core.fingerprint import fingerprint
from thidua.scalefile.load import LoadedScale, LoadedSheets, load_scale, load_sheets
from thidua.scalefile.plain_json import plain_json
from thidua.scalefile.problem import FileError, Problem
from thidua.scalefile.write import write_scale

__all__ = [
    "FileError",
    "LoadedScale",
    "LoadedSheets",
    "Problem",
    "fingerprint",
    "load_scale",
    "load_sheets",
    "plain_json",
    "write_scale",
]
