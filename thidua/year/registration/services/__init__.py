"""Decisions of registration: targets, titles, key tasks, the way to the bloc, reported counts."""

from thidua.year.registration.services.assigning import (
    AssignedTarget,
    Assignment,
    assign_targets,
)
from thidua.year.registration.services.counts import ReportedInput, report_counts
from thidua.year.registration.services.sections import (
    KeyTaskInput,
    save_key_tasks,
    save_titles,
)
from thidua.year.registration.services.steps import (
    accept_registration,
    approve_registration,
    return_registration,
    submit_registration,
)
from thidua.year.registration.services.targets import TargetInput, save_targets

__all__ = [
    "AssignedTarget",
    "Assignment",
    "KeyTaskInput",
    "ReportedInput",
    "TargetInput",
    "accept_registration",
    "approve_registration",
    "assign_targets",
    "report_counts",
    "return_registration",
    "save_key_tasks",
    "save_targets",
    "save_titles",
    "submit_registration",
]
