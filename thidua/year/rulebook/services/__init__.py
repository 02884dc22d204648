"""Decisions on scales: files (`files`), adoption (`adopting`), the draft on screen (`editing`)."""

from thidua.year.rulebook.services.adopting import adopt_scale
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
    discard_scale,
    import_scale,
    storable,
)
from thidua.year.rulebook.services.repairing import repair
from thidua.year.rulebook.services.revising import add_criterion, new_version
from thidua.year.rulebook.services.starting import copy_scale, start_blank
from thidua.year.rulebook.services.tables import (
    choose_columns,
    confirm_lines,
    draft_from_table,
    drop_reading,
    read_table,
)

__all__ = [
    "Change",
    "Edited",
    "add_criterion",
    "add_line",
    "adopt_scale",
    "change_line",
    "change_part",
    "choose_columns",
    "confirm_lines",
    "copy_line",
    "copy_scale",
    "discard_scale",
    "draft_from_table",
    "drop_reading",
    "import_scale",
    "move_entry",
    "move_line",
    "move_line_under",
    "new_version",
    "read_table",
    "remove_line",
    "renumber",
    "repair",
    "start_blank",
    "storable",
]
