"""Decisions of the progress stage: record results, load, describe and cite evidence."""

from __future__ import annotations

from thidua.year.progress.placing import Place
from thidua.year.progress.services.citing import cite, cite_at, remove_citation
from thidua.year.progress.services.describing import Described, describe, seen_of
from thidua.year.progress.services.evidence import (
    Loaded,
    Paper,
    add_evidence,
    attach_file,
    faults_of,
    judge_evidence,
    load_evidence,
    loaded_before,
    remove_evidence,
)
from thidua.year.progress.services.results import Figure, record_results
from thidua.year.progress.services.rights import OWN_ONLY, judge_own, require_changeable

__all__ = [
    "OWN_ONLY",
    "Described",
    "Figure",
    "Loaded",
    "Paper",
    "Place",
    "add_evidence",
    "attach_file",
    "cite",
    "cite_at",
    "describe",
    "faults_of",
    "judge_evidence",
    "judge_own",
    "load_evidence",
    "loaded_before",
    "record_results",
    "remove_citation",
    "remove_evidence",
    "require_changeable",
    "seen_of",
]
