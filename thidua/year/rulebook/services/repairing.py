"""One button for a finding of the lint that has one sound repair."""

from __future__ import annotations

from thidua.core.lint import lint
from thidua.core.loading import scale_from_plain
from thidua.registry.actor import Actor
from thidua.scalefile.editing.lines import CannotEdit, Plain
from thidua.scalefile.editing.repairs import repair_of, spot_on, spots_by_path
from thidua.year.rulebook.models import Scale
from thidua.year.rulebook.services.editing import Deed, Edited, Step, edit_draft


def repair(actor: Actor, *, scale: Scale, finding: str, key: str, request_id: str = "") -> Edited:
    """Mend one finding of the draft; `finding` is the name of the lint, `key` the line or ""."""

    def step(plain: Plain) -> Step:
        core, placed = scale_from_plain(plain), spots_by_path(plain)
        for item in lint(core):
            spot = spot_on(item.path, placed)
            if item.lint == finding and (spot.key if spot else "") == key:
                found = repair_of(item, core, plain)
                if found is not None:
                    return found.mend(plain), key
        raise CannotEdit("Lỗi này không còn nữa, hoặc phải tự sửa ở dòng. Tải lại trang để xem.")

    deed = Deed(
        verb="repair",
        said=f"sửa theo gợi ý ở {key.partition('@')[0] or 'quy định chung'}",
        inputs={"finding": finding, "key": key},
    )
    return edit_draft(actor, scale=scale, deed=deed, step=step, request_id=request_id)
