"""Pages of registration."""

from thidua.year.registration.views.assigning import assign, reported
from thidua.year.registration.views.board import board, pdf, word, workbook
from thidua.year.registration.views.steps import accept, approve, send_back, submit
from thidua.year.registration.views.unit import key_tasks, targets, titles, unit

__all__ = [
    "accept",
    "approve",
    "assign",
    "board",
    "key_tasks",
    "pdf",
    "reported",
    "send_back",
    "submit",
    "targets",
    "titles",
    "unit",
    "word",
    "workbook",
]
