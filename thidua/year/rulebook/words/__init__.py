"""Thang điểm bằng lời: one Vietnamese sentence for every kind, modifier and rule of a scale."""

from thidua.year.rulebook.words.condition import Names, condition_words
from thidua.year.rulebook.words.modifier import modifier_words
from thidua.year.rulebook.words.rule import rule_words
from thidua.year.rulebook.words.whole import (
    class_words,
    gate_words,
    header_words,
    ranking_words,
)

__all__ = [
    "Names",
    "class_words",
    "condition_words",
    "gate_words",
    "header_words",
    "modifier_words",
    "ranking_words",
    "rule_words",
]
