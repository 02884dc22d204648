"""Bàn soạn thang điểm: what the page of a draft shows beside the form of the chosen line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from thidua.core.lint import Item, lint
from thidua.core.maximum import full_maximum, share
from thidua.core.number import ZERO
from thidua.core.scale import Scale as CoreScale
from thidua.scalefile import LoadedScale
from thidua.scalefile.editing.lines import CONTAINERS, Spot, children_of, spots
from thidua.scalefile.editing.mandate import mandate_of
from thidua.scalefile.editing.repairs import repair_of, spot_on, spots_by_path
from thidua.year.rulebook.forms.conditions import UNDECLARED, FieldName
from thidua.year.rulebook.models import Scale
from thidua.year.rulebook.outline import OutlineRow, outline
from thidua.year.rulebook.queries import loaded_scale
from thidua.year.rulebook.words import Names, modifier_words, rule_words

PARTS: Mapping[str, str] = {
    "chung": "Quy định chung",
    "so-lieu": "Số liệu chung của đơn vị",
    "dieu-kien": "Điều kiện loại, hạ",
    "xep-loai": "Xếp loại",
    "xep-hang": "Xếp hạng, khi bằng điểm",
}
_PART_OF = {
    "scale": "chung",
    "gates": "dieu-kien",
    "classification": "xep-loai",
    "ranking": "xep-hang",
}
_LEVELS = {"error": "bad", "warning": "warn", "notice": "info"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeLine:
    """A line of the tree: what it is called, what it is worth, what the lint says of it."""

    key: str
    row: OutlineRow
    mark: str
    mandated: bool

    @property
    def indent(self) -> str:
        """A class for how far the line stands in, at most five steps."""
        return f"d{min(self.row.depth, 5)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskLint:
    """A finding beside the form: where it leads and what one button would do."""

    level: str
    name: str
    title: str
    advice: str
    key: str
    part: str
    repair: str

    @property
    def mark(self) -> str:
        """Its picture."""
        return _LEVELS[self.level]


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Sums of the maxima as they stand, beside what the header asks for."""

    base: Fraction
    stated: Fraction | None
    bonus: Fraction
    bonus_cap: Fraction | None
    deduct_cap: Fraction | None
    has_bonus: bool
    has_deduct: bool

    @property
    def fits(self) -> bool:
        """The sections add up to the stated total, or none is stated."""
        return self.stated is None or self.base == self.stated


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything around the form."""

    lines: tuple[TreeLine, ...]
    totals: Totals
    findings: tuple[DeskLint, ...]
    parts: Mapping[str, str]
    part_marks: Mapping[str, str]

    @property
    def errors(self) -> int:
        """How many findings keep the scale from being adopted."""
        return sum(1 for one in self.findings if one.level == "error")

    @property
    def leaf_count(self) -> int:
        """How many lines are scored."""
        return sum(1 for line in self.lines if line.row.is_leaf)


def desk_of(row: Scale) -> Desk:
    """The tree, the sums and the lint of a draft; no query."""
    loaded = loaded_scale(row)
    found = spots(loaded.plain)
    items = lint(loaded.scale)
    placed = spots_by_path(loaded.plain)
    findings = tuple(_finding(item, loaded, spot_on(item.path, placed)) for item in items)
    marks = _marks(findings)
    return Desk(
        lines=tuple(
            TreeLine(
                key=spot.key,
                row=line,
                mark=marks.get(spot.key, ""),
                mandated=mandate_of(line.node.note)[0] is not None,
            )
            for spot, line in zip(found, outline(loaded.scale), strict=True)
        ),
        totals=_totals(loaded.scale),
        findings=_by_level(findings),
        parts=PARTS,
        part_marks={name: marks.get(f"?{name}", "") for name in PARTS},
    )


def line_words(row: Scale, key: str) -> tuple[str, ...]:
    """The sentences of one line as everybody will read them."""
    loaded = loaded_scale(row)
    names = Names.of(loaded.scale)
    for spot, line in zip(spots(loaded.plain), outline(loaded.scale), strict=True):
        if spot.key == key:
            return (rule_words(line.node, names), *modifier_words(line.node, names))
    return ()


def groups_for(row: Scale, spot: Spot) -> tuple[tuple[str, str], ...]:
    """Groups to which a line may be moved: every container that is not below it or its own."""
    inside = {id(node) for node in _nodes(spot.node)}
    own = spot.parent.key if spot.parent else ""
    return tuple(
        (one.key, one.name)
        for one in spots(loaded_scale(row).plain)
        if one.node["kind"] in CONTAINERS and id(one.node) not in inside and one.key != own
    )


def field_names(plain: Mapping[str, Any]) -> tuple[FieldName, ...]:
    """The facts of a unit that conditions may name; names that nothing declares at the end."""
    declared = tuple(
        FieldName(name, str(found.get("label") or name), found["type"], found.get("unit", ""))
        for name, found in (plain.get("fields") or {}).items()
    )
    known = {one.name for one in declared}
    others = sorted(_named(plain) - known)
    undeclared = (FieldName(name, f"{name} (chưa khai báo)", UNDECLARED) for name in others)
    return (*declared, *undeclared)


def _named(value: Any, key: str = "") -> set[str]:
    """Names of facts in conditions, sources of figures and tie breaks."""
    if key in ("when", "exempt_when", "if", "not", "all", "any") and isinstance(value, str):
        return {value}
    if isinstance(value, Mapping):
        own = {value["field"]} if isinstance(value.get("field"), str) else set()
        return own.union(*(_named(inner, name) for name, inner in value.items()), set())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return set().union(*(_named(inner, key) for inner in value), set())
    return set()


def _nodes(node: dict[str, Any]) -> list[dict[str, Any]]:
    found = [node]
    for entry in children_of(node):
        found += _nodes(entry.get("item", entry))
    return found


def _finding(item: Item, loaded: LoadedScale, spot: Spot | None) -> DeskLint:
    repair = repair_of(item, loaded.scale, loaded.plain)
    return DeskLint(
        level=item.level,
        name=item.lint,
        title=item.words.vi,
        advice=_screen_advice(item),
        key=spot.key if spot else "",
        part="" if spot else _PART_OF.get(str(item.path[0]), "chung"),
        repair=repair.words if repair else "",
    )


def _screen_advice(item: Item) -> str:
    """What to do on this page; the lint's own words speak of keys of the file."""
    return _ADVICE.get(item.lint, item.advice.vi)


_ADVICE: Mapping[str, str] = {
    "band_above_max": "Sửa điểm của mức hoặc điểm tối đa của dòng.",
    "band_direction": "Kiểm tra điểm của từng mức: số liệu tăng thì điểm nên cùng tăng hoặc cùng "
    "giảm.",
    "band_gap": "Nối các mức cho kín, hoặc đánh dấu chỉ nhận số nguyên; giữ nguyên nếu cố ý để "
    "người chấm quyết định.",
    "band_hole": "Nối các mức cho kín; nếu quy chế đúng là như vậy thì giữ nguyên.",
    "band_overlap": "Sửa mốc để mỗi giá trị chỉ thuộc một mức: một bên “đến dưới”, bên kia “từ”.",
    "base_mismatch": "Sửa điểm tối đa của một mục hoặc sửa tổng điểm chuẩn; để trống tổng điểm "
    "chuẩn nếu tổng tùy theo đơn vị.",
    "forward_reference": "Chuyển dòng được nhắc tới lên trước, hoặc sửa điều kiện.",
    "missing_floor": "Chọn “Không thấp hơn 0 điểm” hoặc “Được thấp hơn 0 điểm” ở ô Điểm thấp nhất.",
    "no_evidence_list": "Ghi tài liệu kiểm chứng để đơn vị biết phải nộp gì.",
    "no_unit": "Ghi đơn vị tính để các đơn vị cùng báo một loại số liệu.",
    "slot_compares_units": "Đổi sang cách tính theo tỷ lệ phần trăm đạt chỉ tiêu.",
    "uncapped_bonus": "Ghi mức tối đa cho dòng này, cho mục chứa nó hoặc cho điểm thưởng ở quy "
    "định chung.",
    "unknown_reference": "Chọn lại số liệu hoặc dòng trong điều kiện, hoặc khai báo số liệu đó.",
    "wrong_sign": "Kiểm tra dấu của điểm, hoặc chuyển dòng sang đúng phần thưởng, trừ.",
}


def _marks(findings: Sequence[DeskLint]) -> dict[str, str]:
    marks: dict[str, str] = {}
    for one in findings:
        place = one.key or f"?{one.part}"
        if one.level == "error":
            marks[place] = "bad"
        elif one.level == "warning":
            marks.setdefault(place, "warn")
    return marks


def _by_level(findings: Sequence[DeskLint]) -> tuple[DeskLint, ...]:
    order = {"error": 0, "warning": 1, "notice": 2}
    return tuple(sorted(findings, key=lambda one: order[one.level]))


def _totals(scale: CoreScale) -> Totals:
    sections = scale.sections
    bonus = [full_maximum(one) for one in sections if one.part == "bonus"]
    return Totals(
        base=sum((share(one) for one in sections), ZERO),
        stated=scale.header.base,
        bonus=sum(bonus, ZERO),
        bonus_cap=scale.header.bonus_cap,
        deduct_cap=scale.header.deduct_cap,
        has_bonus=bool(bonus),
        has_deduct=any(one.part == "deduct" for one in sections),
    )
