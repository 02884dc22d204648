"""A rehearsal as tables: the same heads, rows and sentences on screen, in Excel and on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import get_args

from thidua.core.node import Node, NotApplicable, NotAssignedWithResult
from thidua.core.points import MINUS, show, show_figure
from thidua.core.rehearsal.matching import Match, taken_twice
from thidua.core.rehearsal.moves import Mover, Reason, most_points
from thidua.core.rehearsal.reach import KindReach
from thidua.core.rehearsal.treatments import Treatment
from thidua.core.rounding import round_to
from thidua.year.rulebook.words.modifier import NOT_APPLICABLE, NOT_ASSIGNED
from thidua.year.scoring.known import Known
from thidua.year.scoring.rehearsal import Rehearsal

NO_LIMIT = "không giới hạn"
BY_YEAR = (
    "Số sau mỗi dòng là điểm phần trăm của cả thang: so với {when}, đơn vị lợi thêm (+) hay mất "
    "đi (−) ở dòng đó so với đơn vị đã đổi chỗ, hoặc so với mức trung bình nếu không đổi chỗ."
)
BY_SAMPLE = (
    "Số sau mỗi dòng là điểm phần trăm của cả thang: đơn vị hơn (+) hay kém (−) mức trung bình của "
    "các đơn vị ở dòng đó."
)
PAIRED = {"same": "cùng mã, cùng tên", "code": "cùng mã, tên khác"}
REACHABLE = {"yes": "đạt được", "bonus": "chỉ khi có điểm thưởng", "no": "không đạt được"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a cell says; `figure` is the exact number behind it, for a spreadsheet."""

    text: str = ""
    figure: Fraction | None = None
    decimals: int = 0
    synthetic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of a column; `width` is its share of a page."""

    text: str
    right: bool = False
    width: int = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One table with what it is about; without rows only its sentences stand."""

    name: str
    title: str
    lead: tuple[str, ...]
    heads: tuple[Head, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()

    @property
    def table_name(self) -> str:
        """What a screen reader calls the table, apart from its section."""
        return f"Bảng: {self.title}"


def sections_of(found: Rehearsal) -> tuple[Section, ...]:
    """Every table of a rehearsal, in the order people ask."""
    return (_moves(found), _flat(found), _gaps(found), _reach(found), *_treatments(found))


def filed_sections_of(found: Rehearsal) -> tuple[Section, ...]:
    """The same with which line fed which, which has a page of its own on screen."""
    listed = sections_of(found)
    return listed if found.known is None else (*listed, _fed(found, found.known))


def summary(found: Rehearsal) -> str:
    """One sentence: on what, and how many go up or down."""
    count = len(found.movers)
    if found.known is None:
        return f"Chạy thử bằng số liệu mẫu của {count} đơn vị mẫu, mẫu số {found.wish.sample}."
    up = sum(1 for one in found.movers if one.climbed > 0)
    down = sum(1 for one in found.movers if one.climbed < 0)
    year = found.known.bloc_year.year
    return (
        f"Chạy thử trên số liệu năm {year} của {count} đơn vị: {up} đơn vị lên hạng, "
        f"{down} đơn vị xuống hạng, {count - up - down} đơn vị không đổi hạng."
    )


def basis(found: Rehearsal) -> tuple[str, ...]:
    """What the figures rest on: lines matched, converted, filled or counted 0."""
    return tuple(_basis(found))


def _basis(found: Rehearsal) -> Iterator[str]:
    known = found.known
    if known is None:
        yield (
            "Đơn vị mẫu không phải cơ quan có thật. Số liệu sinh từ hạt giống nên ai chạy lại cũng "
            "ra như vậy; không dùng để kết luận về một đơn vị nào."
        )
        return
    leaves = sum(1 for _ in found.scale.leaves())
    yield f"{len(found.pairs)} trên {leaves} dòng của dự thảo lấy được số liệu {known.when}."
    waiting = [one for one in found.matches if one.how == "name"]
    if waiting and not found.wish.confirmed:
        yield f"{len(waiting)} dòng cùng tên nhưng khác mã, chờ người xem xác nhận cách ghép."
    if found.converted:
        lines = len({key for _, key in found.converted})
        yield f"{lines} dòng khác cách tính hoặc khác điểm tối đa, điểm quy đổi theo tỷ lệ."
    if found.run.filled:
        lines = len({key for _, key in found.run.filled})
        yield f"{lines} dòng chưa có số liệu được điền số liệu mẫu, có dấu °."
    yield from doubles(found)
    if found.run.zeroed:
        lines = len({key for _, key in found.run.zeroed})
        yield f"{lines} dòng chưa có số liệu tạm tính 0 điểm cho đơn vị chưa có."
    if known.absent:
        yield f"Chưa có số liệu {known.when}: {', '.join(known.absent)}."


def double_words(pairs: Mapping[str, str], when: str) -> tuple[str, ...]:
    """A warning for every line of the earlier scale that feeds several lines of the draft."""
    return tuple(
        f"Dòng {old} của {when} được lấy cho {len(codes)} dòng của dự thảo ({', '.join(codes)}), "
        "nên số liệu của dòng đó được tính nhiều lần."
        for old, codes in taken_twice(pairs).items()
    )


def doubles(found: Rehearsal) -> tuple[str, ...]:
    """Which figures of a rehearsal count more than once."""
    return () if found.known is None else double_words(found.pairs, found.known.when)


def _moves(found: Rehearsal) -> Section:
    by_year = found.known is not None
    when = "" if found.known is None else found.known.when
    before = (
        (Head(text=f"Tổng {when}", right=True), Head(text=f"Hạng {when}", right=True, width=9))
        if by_year
        else ()
    )
    after = (
        Head(text="Tổng trên dự thảo", right=True),
        Head(text="Hạng trên dự thảo", right=True, width=9),
    )
    change = (Head(text="Lên, xuống", width=11),) if by_year else ()
    why = "Vì những dòng nào" if by_year else "Dòng làm nên khác biệt"
    lead = (BY_YEAR.format(when=when) if by_year else BY_SAMPLE,)
    return Section(
        name="thu-hang",
        title="Ai lên, ai xuống, vì sao" if by_year else "Thứ hạng trên dự thảo",
        lead=lead,
        heads=(Head(text="Đơn vị", width=30), *before, *after, *change, Head(text=why, width=50)),
        rows=tuple(_moved(found, one, by_year=by_year) for one in found.movers),
    )


def _moved(found: Rehearsal, one: Mover, *, by_year: bool) -> tuple[Cell, ...]:
    synthetic = one.unit in found.synthetic
    decimals = max(1, found.scale.header.decimals)
    before = (_points(one.old_total, 1, synthetic), _place(one.old_place, synthetic))
    after = (_points(one.new_total, decimals, synthetic), _place(one.new_place, synthetic))
    change = (Cell(text=_climbed(one)),) if by_year else ()
    reasons = one.reasons if by_year else found.strengths.get(one.unit, ())
    return (
        Cell(text=one.unit, synthetic=synthetic and not by_year),
        *(before if by_year else ()),
        *after,
        *change,
        Cell(text=_reasons(found, reasons, one), synthetic=synthetic and bool(reasons)),
    )


def _climbed(one: Mover) -> str:
    if one.old_place is None or one.new_place is None:
        return "chưa so được"
    if not one.climbed:
        return "giữ hạng"
    return f"lên {one.climbed}" if one.climbed > 0 else f"xuống {-one.climbed}"


def _reasons(found: Rehearsal, reasons: Iterable[Reason], one: Mover) -> str:
    listed = "; ".join(_reason(found, reason) for reason in reasons)
    if not one.rival or not listed:
        return listed
    word = "Vượt" if one.climbed > 0 else "Đổi chỗ với" if not one.climbed else "Sau"
    return f"{word} {one.rival}: {listed}"


def _reason(found: Rehearsal, one: Reason) -> str:
    if one.new or found.known is None:
        return f"{_name(found, one.new)} {change_text(one.change)}"
    return f"bỏ dòng {one.old} của {found.known.when} {change_text(one.change)}"


def change_text(change: Fraction) -> str:
    """A movement in two decimals, a half upwards as totals are: "+0,13"."""
    sign = "+" if change > 0 else MINUS
    return sign + show(round_to(abs(change), decimals=2, rounding="half_up"), decimals=2)


def _name(found: Rehearsal, key: str) -> str:
    code, _, copy = key.partition("@")
    node = found.scale.index().get(code)
    label = f"{code} {'' if node is None else node.label}".strip()
    return f"{label}, kỳ {copy}" if copy else label


def _flat(found: Rehearsal) -> Section:
    flat = [one for one in found.uses if one.equal or one.full]
    most = sum((one.maximum for one in flat), Fraction(0))
    counted = len(found.uses)
    if not flat:
        lead = f"Cả {counted} dòng có số liệu đều tách được các đơn vị."
    else:
        lead = (
            f"{len(flat)} trên {counted} dòng có số liệu không tách được đơn vị nào; các dòng này "
            f"chiếm {show_figure(most)} trên {show_figure(most_points(found.scale))} điểm."
        )
    rows = tuple(
        (
            Cell(text=_name(found, one.key)),
            Cell(text=show_figure(one.maximum), figure=one.maximum, decimals=1),
            Cell(text=str(one.units), figure=Fraction(one.units)),
            Cell(
                text=f"Cả {one.units} đơn vị đạt tối đa"
                if one.full
                else f"Cả {one.units} đơn vị bằng nhau: {show(one.lowest)}",
                synthetic=bool(found.synthetic),
            ),
        )
        for one in flat
    )
    heads = (
        Head(text="Dòng", width=46),
        Head(text="Tối đa", right=True),
        Head(text="Số đơn vị", right=True),
        Head(text="Kết quả", width=30),
    )
    return Section(
        name="khong-tach",
        title="Dòng không tách được đơn vị nào",
        lead=(lead,),
        heads=heads if rows else (),
        rows=rows,
    )


def _gaps(found: Rehearsal) -> Section:
    some = [one for one in found.gaps if one.set_aside]
    much = sum(1 for one in some if one.is_much)
    if not some:
        lead = "Mọi dòng đều áp dụng cho mọi đơn vị."
    elif much:
        lead = f"{much} đơn vị có từ một phần năm điểm tối đa trở lên không áp dụng."
    else:
        lead = "Không đơn vị nào có tới một phần năm điểm tối đa không áp dụng."
    rows = tuple(
        (
            Cell(text=one.unit),
            Cell(text=f"{one.set_aside} trên {one.lines}", figure=Fraction(one.set_aside)),
            Cell(text=show_figure(one.lost), figure=one.lost, decimals=1),
            Cell(text="nhiều" if one.is_much else ""),
            Cell(text=", ".join(one.codes), synthetic=one.unit in found.synthetic),
        )
        for one in some
    )
    heads = (
        Head(text="Đơn vị", width=30),
        Head(text="Dòng không áp dụng", right=True),
        Head(text="Điểm tối đa không áp dụng", right=True),
        Head(text="Mức", width=8),
        Head(text="Các dòng", width=40),
    )
    return Section(
        name="khong-ap-dung",
        title="Đơn vị có nhiều dòng không áp dụng",
        lead=(lead,),
        heads=heads if rows else (),
        rows=rows,
    )


def _reach(found: Rehearsal) -> Section:
    kinds = found.reach
    classes = kinds[0].classes if kinds else ()
    heads = (
        Head(text="Loại đơn vị", width=24),
        Head(text="Số dòng", right=True),
        Head(text="Tổng tối đa", right=True),
        Head(text="Thấp nhất", right=True),
        Head(text="Cao nhất không kể thưởng", right=True, width=14),
        Head(text="Cao nhất", right=True),
        *(Head(text=one.label or one.code, width=16) for one in classes),
    )
    return Section(
        name="khoang-diem",
        title="Mỗi loại đơn vị có thể đạt từ đâu tới đâu",
        lead=tuple(_reach_words(kinds)),
        heads=heads,
        rows=tuple(_kind(one) for one in kinds),
    )


def _reach_words(kinds: Iterable[KindReach]) -> Iterator[str]:
    listed = list(kinds)
    never = [
        f"{one.label or one.code}{f' ({kind.kind})' if kind.kind else ''}"
        for kind in listed
        for one in kind.classes
        if one.reachable == "no"
    ]
    if never:
        yield f"Mức không đạt được dù mọi dòng tối đa: {', '.join(never)}."
    elif any(kind.classes for kind in listed):
        yield (
            "Mức xếp loại nào cũng có thể đạt được; yêu cầu từng phần và điều kiện kèm theo chưa "
            "xét ở đây."
        )
    else:
        yield "Thang điểm này không xếp loại."


def _kind(one: KindReach) -> tuple[Cell, ...]:
    return (
        Cell(text=one.kind or "mọi đơn vị"),
        Cell(text=str(one.lines), figure=Fraction(one.lines)),
        Cell(text=show_figure(one.denominator), figure=one.denominator, decimals=1),
        _limit(one.least),
        _limit(one.most_without_bonus),
        _limit(one.most),
        *(Cell(text=REACHABLE[found.reachable]) for found in one.classes),
    )


def _limit(figure: Fraction | None) -> Cell:
    return Cell(text=NO_LIMIT) if figure is None else _points(figure, 1)


def _treatments(found: Rehearsal) -> Iterator[Section]:
    title = "Nếu đổi cách xử lý dòng không áp dụng cho đơn vị"
    if not found.treatments:
        lead = (
            "Trong số liệu này không có dòng nào không áp dụng, nên cách xử lý nào cũng như nhau.",
        )
        yield Section(name="xu-ly", title=title, lead=lead)
        return
    words = [NOT_APPLICABLE[one] for one in get_args(NotApplicable)]
    said = "Dòng không áp dụng gồm cả dòng mà đơn vị không được giao chỉ tiêu."
    yield _treated(found, found.treatments, words, name="xu-ly", title=title, first=said)
    if any(_differs(one, found.unassigned[0]) for one in found.unassigned):
        title = "Nếu đổi cách xử lý khi không giao chỉ tiêu nhưng có kết quả"
        words = [NOT_ASSIGNED[one] for one in get_args(NotAssignedWithResult)]
        yield _treated(found, found.unassigned, words, name="khong-giao", title=title)


def _treated(
    found: Rehearsal,
    treatments: tuple[Treatment, ...],
    words: Sequence[str],
    *,
    name: str,
    title: str,
    first: str = "",
) -> Section:
    heads = tuple(
        Head(text=_heading(text, now=one.now), width=20)
        for one, text in zip(treatments, words, strict=True)
    )
    rows = tuple(
        (
            Cell(text=unit.unit, synthetic=found.known is None),
            *(_outcome(found, one, unit.unit) for one in treatments),
        )
        for unit in found.movers
    )
    said = "Mỗi ô là tổng điểm, tỷ lệ và thứ hạng nếu mọi dòng đều xử lý theo cách ghi ở đầu cột."
    lead = (first, said) if first else (said,)
    return Section(
        name=name, title=title, lead=lead, heads=(Head(text="Đơn vị", width=30), *heads), rows=rows
    )


def _fed(found: Rehearsal, known: Known) -> Section:
    """Which line of the earlier scale every line of the draft takes its figures from."""
    old = {node.code: node for one in known.units for node in one.scale.leaves()}
    converted = {key.partition("@")[0] for _, key in found.converted}
    rows = tuple(
        _fed_row(one, old.get(found.pairs.get(one.new.code, "")), one.new.code in converted)
        for one in found.matches
    )
    heads = (
        Head(text="Dòng của dự thảo", width=40),
        Head(text="Tối đa", right=True, width=9),
        Head(text=f"Lấy số liệu từ dòng nào của {known.when}", width=40),
        Head(text="Tối đa dòng đó", right=True, width=9),
        Head(text="Vì sao ghép", width=18),
        Head(text="Cách lấy", width=18),
    )
    return Section(
        name="ghep-dong",
        title="Dòng nào lấy số liệu từ dòng nào",
        lead=doubles(found),
        heads=heads,
        rows=rows,
    )


def _fed_row(match: Match, old: Node | None, is_converted: bool) -> tuple[Cell, ...]:  # noqa: FBT001  # a fact of the row
    if old is None:
        how, taken = "", "không lấy"
    else:
        unasked = match.holds_unasked and match.old is not None and match.old.code == old.code
        how = PAIRED[match.how] if unasked else "người xem chọn"
        taken = "quy đổi theo tỷ lệ" if is_converted else "giữ nguyên"
    return (
        Cell(text=f"{match.new.code} {match.new.label}"),
        _stated(match.new),
        Cell(text="" if old is None else f"{old.code} {old.label}"),
        Cell() if old is None else _stated(old),
        Cell(text=how),
        Cell(text=taken),
    )


def _stated(node: Node) -> Cell:
    most = node.stated_max
    return Cell() if most is None else Cell(text=show_figure(most), figure=most, decimals=1)


def _heading(words: str, *, now: bool) -> str:
    text = words[:1].upper() + words[1:]
    return f"{text} (dự thảo đang ghi)" if now else text


def _outcome(found: Rehearsal, one: Treatment, name: str) -> Cell:
    unit, header = one.result.of(name), found.scale.header
    if unit.total is None:
        return Cell(text="cần nội dung thay thế")
    text = show(unit.total, decimals=header.decimals)
    if unit.percent is not None:
        text += f"; {show(unit.percent, decimals=header.percent_decimals)}%"
    text += f"; hạng {unit.rank}" if unit.rank is not None else "; không xếp hạng"
    return Cell(text=text, synthetic=name in found.synthetic)


def _differs(one: Treatment, other: Treatment) -> bool:
    pairs = zip(one.result.units, other.result.units, strict=True)
    return any((a.total, a.rank) != (b.total, b.rank) for a, b in pairs)


def _points(figure: Fraction | None, decimals: int, synthetic: bool = False) -> Cell:  # noqa: FBT001, FBT002  # the mark of the row
    if figure is None:
        return Cell(text="chưa có")
    return Cell(
        text=show(figure, decimals=decimals), figure=figure, decimals=decimals, synthetic=synthetic
    )


def _place(rank: int | None, synthetic: bool) -> Cell:  # noqa: FBT001  # the mark of the row
    if rank is None:
        return Cell(text="không xếp")
    return Cell(text=str(rank), figure=Fraction(rank), synthetic=synthetic)
