"""The adopted table as a spreadsheet: the same figures, with live totals where the rule adds up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from thidua.platform.workbook.model import (
    Cell,
    Column,
    Formula,
    Number,
    Row,
    Sheet,
    Style,
    Workbook,
)
from thidua.year.conference.documents.facts import Frozen, PaperFacts
from thidua.year.conference.documents.figures import in_groups, lead_text
from thidua.year.conference.documents.formulas import (
    Live,
    children_of,
    group_formula,
    matching,
    terms,
    total_formula,
)
from thidua.year.conference.snapshot import Deviation, Line, ScaleTable, Snapshot, UnitRow

HEADER_ROWS = 3
FIRST_UNIT = 3  # columns before the units: code, criterion, maximum


def score_workbook(facts: PaperFacts) -> Workbook:
    """Table, ranking, deviations and marks. Raises LookupError before an adoption."""
    frozen = facts.frozen
    if frozen is None:
        raise LookupError("nothing adopted")
    snapshot = frozen.snapshot
    tables = [_table(facts, snapshot, index) for index in range(len(snapshot.scales))]
    sheets = (*tables, _ranking(facts, snapshot), _deviations(snapshot), _marks(frozen))
    return Workbook(
        title=f"Bảng tổng hợp điểm năm {facts.year}, {facts.bloc}",
        author=facts.bloc,
        dated=facts.held_on,
        sheets=sheets,
    )


def _table(facts: PaperFacts, snapshot: Snapshot, index: int) -> Sheet:
    scale = snapshot.scales[index]
    units = [row for row in snapshot.units if row.scale == index]
    places = {line.key: number for number, line in enumerate(scale.lines, HEADER_ROWS + 1)}
    several = len(snapshot.scales) > 1
    name = f"Bảng tổng hợp {index + 1}" if several else "Bảng tổng hợp"
    rows = (
        Row(cells=(Cell(_title(facts), span=FIRST_UNIT + len(units)),), style=Style.TITLE),
        Row(cells=(Cell(_note(facts, scale), span=FIRST_UNIT + len(units)),), style=Style.NOTE),
        Row(
            cells=tuple(
                Cell(text) for text in ("Mã", "Tiêu chí", "Tối đa", *(u.name for u in units))
            ),
            style=Style.HEADER,
        ),
        *(_line(scale, line, units, places) for line in scale.lines),
        *_sums(scale, units, places),
    )
    return Sheet(
        name=name,
        columns=(Column(9), Column(52), Column(10), *(Column(18) for _ in units)),
        rows=rows,
        header_rows=HEADER_ROWS,
        frozen_columns=FIRST_UNIT,
    )


def _title(facts: PaperFacts) -> str:
    return f"Bảng tổng hợp điểm năm {facts.year}, {facts.bloc}"


def _note(facts: PaperFacts, scale: ScaleTable) -> str:
    trial = "Bản thử. Giá trị có dấu ° là giá trị mẫu. " if facts.is_trial else ""
    return f"{trial}{scale.title}. Thông qua ngày {facts.held_on:%d/%m/%Y}. Đơn vị tính: điểm."


def _line(scale: ScaleTable, line: Line, units: Sequence[UnitRow], places: dict[str, int]) -> Row:
    below = children_of(scale).get(line.key, [])
    cells = [Cell(line.code), Cell(line.label), Cell(Number(line.max, _decimals(line.max)))]
    for column, row in enumerate(units, FIRST_UNIT):
        cell = row.cells.get(line.key)
        if cell is None or cell.points is None:
            cells.append(Cell(None))
            continue
        letter = column_letter(column)
        spots = {one.key: f"{letter}{places[one.key]}" for one in below}
        settled = cell.state == "scored"
        live = group_formula(line, terms(row, below, spots)) if settled else None
        cells.append(
            _figure(scale, cell.points, matching(live, cell.points), synthetic=cell.synthetic)
        )
    return Row(cells=tuple(cells), style=Style.PLAIN if line.leaf else Style.SECTION)


def _sums(scale: ScaleTable, units: Sequence[UnitRow], places: dict[str, int]) -> Iterator[Row]:
    total = [Cell(""), Cell("Tổng điểm"), Cell(Number(scale.max_total, _decimals(scale.max_total)))]
    ranks = [Cell(""), Cell("Xếp thứ"), Cell(None)]
    classes = [Cell(""), Cell("Xếp loại"), Cell(None)]
    percents = [Cell(""), Cell("Tỷ lệ (%)"), Cell(None)]
    for column, row in enumerate(units, FIRST_UNIT):
        total.append(_total(scale, row, column_letter(column), places))
        rank = None if row.rank is None else Number(Fraction(row.rank), 0)
        ranks.append(Cell(rank, synthetic=row.synthetic and rank is not None))
        classes.append(Cell(row.result_class or None))
        percent = (
            None
            if row.result_percent is None
            else Number(row.result_percent, scale.percent_decimals)
        )
        percents.append(Cell(percent, synthetic=row.synthetic and percent is not None))
    yield Row(cells=tuple(total), style=Style.TOTAL)
    if scale.key == "percent":
        yield Row(cells=tuple(percents), style=Style.TOTAL)
    yield Row(cells=tuple(ranks), style=Style.TOTAL)
    if any(row.result_class for row in units):
        yield Row(cells=tuple(classes), style=Style.TOTAL)


def _total(scale: ScaleTable, row: UnitRow, letter: str, places: dict[str, int]) -> Cell:
    if row.result_total is None:
        return Cell(None)
    tops = children_of(scale).get("", [])
    spots = {line.key: f"{letter}{places[line.key]}" for line in tops}
    sections = {
        part: terms(row, [line for line in tops if line.part == part], spots)
        for part in ("base", "bonus", "deduct")
    }
    live = matching(total_formula(scale, sections), row.result_total)
    return _figure(scale, row.result_total, live, synthetic=row.synthetic)


def _figure(scale: ScaleTable, figure: Fraction, live: Live | None, *, synthetic: bool) -> Cell:
    decimals = max(scale.decimals, 1)
    if live is not None:
        return Cell(Formula(live.text, figure, decimals), synthetic=synthetic)
    return Cell(Number(figure, decimals), synthetic=synthetic)


def _ranking(facts: PaperFacts, snapshot: Snapshot) -> Sheet:
    lead = lead_text(snapshot)
    heads = ("Xếp thứ", "Đơn vị", "Tổng điểm", "Tỷ lệ (%)", "Xếp loại", "Điều quyết định thứ hạng")
    rows = [
        Row(cells=(Cell(f"Xếp hạng năm {facts.year}", span=len(heads)),), style=Style.TITLE),
        Row(cells=(Cell(f"{lead}." if lead else "", span=len(heads)),), style=Style.NOTE),
        Row(cells=tuple(Cell(text) for text in heads), style=Style.HEADER),
        *(_ranked(snapshot, row) for row in snapshot.ranking),
    ]
    widths = (9, 46, 12, 12, 22, 70)
    return Sheet(
        name="Xếp hạng",
        columns=tuple(Column(width) for width in widths),
        rows=tuple(rows),
        header_rows=HEADER_ROWS,
    )


def _ranked(snapshot: Snapshot, row: UnitRow) -> Row:
    decimals = 1 if row.scale is None else max(1, snapshot.scales[row.scale].decimals)
    places = 2 if row.scale is None else snapshot.scales[row.scale].percent_decimals
    rank = None if row.rank is None else Number(Fraction(row.rank), 0)
    return Row(
        cells=(
            Cell(rank, synthetic=row.synthetic and rank is not None),
            Cell(row.name),
            Cell(
                None if row.result_total is None else Number(row.result_total, decimals),
                synthetic=row.synthetic,
            ),
            Cell(
                None if row.result_percent is None else Number(row.result_percent, places),
                synthetic=row.synthetic,
            ),
            Cell(row.result_class or None),
            Cell(row.decided if row.is_ranked else f"Không xếp hạng: {row.why_not_ranked}"),
        )
    )


def _deviations(snapshot: Snapshot) -> Sheet:
    heads = (
        "Đơn vị",
        "Mã",
        "Dòng",
        "Theo thang điểm",
        "Bước trước",
        "Thông qua",
        "Lý do",
        "Bước",
        "Người ghi",
    )
    rows = [
        Row(
            cells=(Cell("Dòng khác với điểm theo thang điểm", span=len(heads)),), style=Style.TITLE
        ),
        Row(cells=tuple(Cell(text) for text in heads), style=Style.HEADER),
        *(_deviation(snapshot, one) for one in snapshot.deviations),
    ]
    if not snapshot.deviations:
        rows.append(Row(cells=(Cell("Không có dòng nào khác."),)))
    widths = (40, 9, 46, 14, 12, 12, 60, 14, 40)
    return Sheet(
        name="Khác thang điểm",
        columns=tuple(Column(width) for width in widths),
        rows=tuple(rows),
        header_rows=2,
    )


def _deviation(snapshot: Snapshot, one: Deviation) -> Row:
    row = snapshot.of(one.unit_id)
    decimals = (
        1 if row is None or row.scale is None else max(1, snapshot.scales[row.scale].decimals)
    )
    figures = [one.computed, one.before, one.points]
    return Row(
        cells=(
            Cell("" if row is None else row.name),
            Cell(one.key),
            Cell(one.label),
            *(
                Cell(
                    None if figure is None else Number(figure, decimals),
                    synthetic=one.synthetic and figure is not None,
                )
                for figure in figures
            ),
            Cell(one.reason),
            Cell(one.stage),
            Cell(one.author),
        )
    )


def _marks(frozen: Frozen) -> Sheet:
    pairs = (
        ("Lần thông qua", str(frozen.snapshot.version)),
        ("Dấu của bảng điểm", in_groups(frozen.fingerprint)),
        ("Gốc sổ cái trước khi thông qua", in_groups(frozen.ledger_root)),
        *(
            (
                f"Dấu của thang điểm: {scale.title}, phiên bản {scale.version}",
                in_groups(scale.fingerprint),
            )
            for scale in frozen.snapshot.scales
        ),
    )
    rows = [
        Row(cells=(Cell("Dấu để đối chiếu", span=2),), style=Style.TITLE),
        *(Row(cells=(Cell(name), Cell(text))) for name, text in pairs),
    ]
    return Sheet(
        name="Đối chiếu", columns=(Column(48), Column(90)), rows=tuple(rows), header_rows=1
    )


def _decimals(figure: Fraction) -> int:
    for places in range(4):
        if 10**places % figure.denominator == 0:
            return places
    return 3


def column_letter(column: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
