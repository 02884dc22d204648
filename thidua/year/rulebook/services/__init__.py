"""Decisions on scales: files and adoption (`files`), the draft on screen (`editing`)."""

from thidua.year.rulebook.services.editing import (
    Change,
    Edited,
    add_line,
    change_line,
    change_part,
    copy_line,
    move_entry,
    move_line,
    move_line_under,
    remove_line,
    renumber,
)
from thidua.year.rulebook.services.files import (
    adopt_scale,
    discard_scale,
    import_scale,
    storable,
)
from thidua.year.rulebook.services.repairing import repair

__all__ = [
    "Change",
    "Edited",
    "add_line",
    "adopt_scale",
    "change_line",
    "change_part",
    "copy_line",
    "discard_scale",
    "import_scale",
    "move_entry",
    "move_line",
    "move_line_under",
    "remove_line",
    "renumber",
    "repair",
    "storable",
]
