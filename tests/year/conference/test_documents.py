"""Papers of the conference: every figure as adopted, on paper and in the spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from io import BytesIO

import docx
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.build import World
from tests.year.conference.build import ROWS, adopted, by_hands, meet, ready, unit, year_of
from tests.year.conference.test_adoption import decide
from thidua.core.points import read_points
from thidua.platform.documents.model import Cell as PaperCell
from thidua.platform.documents.model import Document, Profile, Table
from thidua.platform.documents.pdf import to_pdf
from thidua.platform.documents.word import to_word
from thidua.platform.workbook.model import Formula, Number, Sheet, Workbook
from thidua.platform.workbook.xlsx import to_xlsx
from thidua.registry.models import Jurisdiction
from thidua.year.bloc.models import BlocYear, Office
from thidua.year.conference.documents.facts import PaperFacts, paper_facts
from thidua.year.conference.documents.figures import in_groups, points_text
from thidua.year.conference.documents.minutes import minutes
from thidua.year.conference.documents.score_table import score_table
from thidua.year.conference.documents.workbook import column_letter, score_workbook
from thidua.year.conference.models import Adoption, Method
from thidua.year.conference.queries import conference_facts
from thidua.year.conference.services import (
    Outcome,
    adopt_again,
    adopt_scores,
    elect_office,
    mark_not_ranked,
    nominate,
    record_remarks,
    reopen_scores,
)
from thidua.year.record.awards import Award
from thidua.year.scoring.models import Entry
from thidua.year.scoring.models import Sheet as ScoreSheet


def facts_of(world: World) -> PaperFacts:
    return paper_facts(conference_facts(year_of(world)))


def pdf_text(document: Document) -> str:
    pages = PdfReader(BytesIO(to_pdf(document))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def word_text(document: Document) -> str:
    read = docx.Document(BytesIO(to_word(document)))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([*(one.text for one in read.paragraphs), *cells]).split())


def decided(world: World) -> None:
    """Everything a conference can record, once."""
    ready(world)
    meet(world, secretary="Chánh Văn phòng Sở Số 1", guests="Đại biểu tỉnh")
    decide(world, 1, "I.1", points=read_points("29"), reason="Hội nghị trừ 1 điểm")
    adopt_scores(world.head, bloc_year=world.bloc_year)
    secret = Outcome(method=Method.SECRET, votes_for=2, voters=3)
    for office, number in ((Office.Kind.HEAD, 3), (Office.Kind.DEPUTY, 1)):
        elect_office(
            world.head,
            bloc_year=world.bloc_year,
            office=office,
            unit=unit(world, number),
            outcome=secret,
        )
    nominate(
        world.head,
        bloc_year=world.bloc_year,
        unit=unit(world, 1),
        award=Award.PROVINCE_FLAG,
        outcome=by_hands(3, 3),
    )
    record_remarks(
        world.head,
        bloc_year=world.bloc_year,
        guests="Đại biểu tỉnh",
        remarks="Khen thưởng kịp thời",
    )


@pytest.mark.parametrize("reading", [pdf_text, word_text])
def test_the_minutes_say_everything_the_conference_recorded(world: World, reading: object) -> None:
    decided(world)
    text = reading(minutes(facts_of(world)))  # type: ignore[operator]  # one of the two readers

    for said in [
        "Hôm nay, vào hồi …… giờ …… phút, ngày 20 tháng 11 năm 2026, tại Hội trường Sở Số 1",
        "Hội nghị kết thúc vào hồi …… giờ …… phút cùng ngày.",
        "Giám đốc Sở Số 1",
        "Chánh Văn phòng Sở Số 1",
        "Đại biểu tỉnh",
        "Có mặt 3 trong 3 đơn vị, cần ít nhất 2 (2/3 số đơn vị): đủ điều kiện họp.",
        "98,5",
        "95,0",
        "84,0",
        "Sở Số 1 dẫn đầu, hơn Sở Số 2 3,5 điểm.",
        "Hội nghị trừ 1 điểm",
        "Trưởng khối: Sở Số 3 (bỏ phiếu kín bằng phiếu giấy, 2/3 phiếu thuận).",
        "Phó khối: Sở Số 1 (bỏ phiếu kín bằng phiếu giấy, 2/3 phiếu thuận).",
        "Suy tôn đề nghị tặng Cờ thi đua của UBND tỉnh:",
        "Sở Số 1 (biểu quyết, 3/3 phiếu thuận).",
        "Khen thưởng kịp thời",
        "Biên bản ghi đúng diễn biến và kết luận của hội nghị./.",
        "THƯ KÝ",
        "CHỦ TRÌ",
    ]:
        assert said in text, said


def test_the_minutes_carry_the_fingerprint_and_the_ledger_root(world: World) -> None:
    adopted(world)
    adoption = Adoption.objects.get()
    text = pdf_text(minutes(facts_of(world))).replace(" ", "")

    assert adoption.fingerprint in text
    assert adoption.ledger_root in text


@pytest.mark.parametrize("reading", [pdf_text, word_text])
def test_the_score_table_holds_every_figure_of_every_unit(world: World, reading: object) -> None:
    adopted(world)
    facts = facts_of(world)
    assert facts.frozen is not None
    snapshot = facts.frozen.snapshot
    words = reading(score_table(facts)).split()  # type: ignore[operator]  # one of the two readers

    for line in snapshot.scales[0].lines:
        assert line.code in words
        for row in snapshot.units:
            assert points_text(row.cells[line.key].points, snapshot.scales[0]) in words
    assert {"99,5", "95,0", "84,0"} <= set(words)


def text_of(cell: PaperCell | str) -> str:
    text = cell.text if isinstance(cell, PaperCell) else cell
    assert isinstance(text, str)
    return text


def test_the_rows_of_the_table_are_the_lines_of_the_scale_in_order(world: World) -> None:
    adopted(world)
    facts = facts_of(world)
    (table,) = [one for one in score_table(facts).blocks if isinstance(one, Table)]

    texts = [[text_of(cell) for cell in row.cells] for row in table.rows]
    assert texts[0] == ["I", "Nhiệm vụ chuyên môn", "60", "57,5", "55,0", "50,0"]
    assert [row[0] for row in texts[:10]] == [
        "I", "I.1", "I.2", "II", "II.1", "II.2", "II.2.a", "II.2.b", "III", "IV",
    ]  # fmt: skip
    assert texts[10:] == [
        ["", "Tổng điểm", "100", "99,5", "95,0", "84,0"],
        ["", "Xếp thứ", "", "1", "2", "3"],
        ["", "Xếp loại", "", "Xuất sắc", "Xuất sắc", "Tốt"],
    ]


def test_a_unit_without_a_place_stands_in_both_papers_with_its_reason(world: World) -> None:
    ready(world)
    meet(world)
    mark_not_ranked(
        world.head, bloc_year=world.bloc_year, unit=unit(world, 3), reason="Chưa đủ năm"
    )
    adopt_scores(world.head, bloc_year=world.bloc_year)
    facts = facts_of(world)

    for document in (minutes(facts), score_table(facts)):
        assert "Sở Số 3 không xếp hạng: Chưa đủ năm." in pdf_text(document)


def test_a_correction_is_told_in_the_minutes(world: World) -> None:
    adopted(world)
    reopen_scores(world.head, bloc_year=world.bloc_year, reason="Sai số liệu I.2")
    decide(world, 1, "I.2", inputs={"value": "20"}, reason="Sai số liệu")
    adopt_again(world.head, bloc_year=world.bloc_year, reason="Sai số liệu I.2")
    text = pdf_text(minutes(facts_of(world)))

    assert "Hội nghị thông qua lần 2" in text
    assert "Lý do thông qua lại: Sai số liệu I.2" in text
    assert "Sở Số 1: tổng điểm từ 99,5 thành 92,0; từ thứ 1 thành thứ 2." in text


def test_minutes_without_an_adopted_table_are_a_trial_without_ranking(world: World) -> None:
    meet(world)
    document = minutes(facts_of(world))
    text = pdf_text(document)

    assert document.trial
    assert "Bản thử" in text
    assert "Kết quả chấm điểm" not in text
    with pytest.raises(LookupError):
        score_table(facts_of(world))


def test_made_up_values_make_a_trial_with_the_mark(world: World) -> None:
    ready(world)
    ScoreSheet.objects.filter(unit=unit(world, 2)).update(synthetic=True)
    Entry.objects.filter(sheet__unit=unit(world, 2), code="I.2").update(synthetic=True)
    meet(world)
    adopt_scores(world.head, bloc_year=world.bloc_year)
    facts = facts_of(world)

    assert minutes(facts).trial
    assert "95,0°" in pdf_text(minutes(facts))
    assert "99,5°" not in pdf_text(minutes(facts))
    words = pdf_text(score_table(facts)).split()
    assert "28,0°" in words
    assert "55,0°" in words  # the section above the made-up line
    assert "27,5°" not in words


def test_real_values_are_no_trial(world: World) -> None:
    adopted(world)

    assert not minutes(facts_of(world)).trial
    assert "Bản thử" not in pdf_text(minutes(facts_of(world)))


def test_the_number_of_the_minutes_is_left_to_the_register(world: World) -> None:
    adopted(world)
    document = minutes(facts_of(world))

    assert document.number_line is not None
    assert document.number_line.number == ""


def test_a_party_committee_prints_its_own_letterhead(world: World) -> None:
    Jurisdiction.objects.filter(pk=world.jurisdiction.pk).update(letterhead="party")
    adopted(world)
    document = minutes(facts_of(world))

    assert document.letterhead.profile == Profile.PARTY
    assert "CỘNG HÒA" not in pdf_text(document)


def test_the_same_adoption_prints_the_same_bytes(world: World) -> None:
    adopted(world)

    assert to_pdf(minutes(facts_of(world))) == to_pdf(minutes(facts_of(world)))
    assert to_word(score_table(facts_of(world))) == to_word(score_table(facts_of(world)))


# --- the spreadsheet


def places(sheet: Sheet) -> Iterator[tuple[str, object]]:
    for number, row in enumerate(sheet.rows, 1):
        column = 0
        for cell in row.cells:
            yield f"{column_letter(column)}{number}", cell.value
            column += cell.span


class Calculator:
    """Works out the formulas of one sheet in exact numbers, as a spreadsheet would."""

    def __init__(self, sheet: Sheet) -> None:
        self.values = dict(places(sheet))

    def at(self, place: str) -> Fraction:
        value = self.values[place]
        if isinstance(value, Number):
            return value.value
        if isinstance(value, Formula):
            return self.work_out(value.text)
        assert value is None
        return Fraction(0)

    def work_out(self, text: str) -> Fraction:
        spelled = re.sub(r"\b([A-Z]{1,2}[0-9]+)\b", r"at('\1')", text)
        spelled = re.sub(r"(?<![A-Z'0-9])([0-9]+)(?![0-9]*')", r"F(\1)", spelled)
        names = {
            "at": self.at,
            "F": Fraction,
            "SUM": lambda *terms: sum(terms, Fraction(0)),
            "MIN": min,
            "MAX": max,
            "ROUND": lambda value, digits: rounded(value, int(digits)),
        }
        return eval(spelled, {"__builtins__": {}}, names)  # type: ignore[no-any-return]


def rounded(value: Fraction, digits: int) -> Fraction:
    scaled = abs(value) * 10**digits + Fraction(1, 2)
    whole = Fraction(scaled.numerator // scaled.denominator, 10**digits)
    return whole if value >= 0 else -whole


def row_of(sheet: Sheet, words: str) -> int:
    """The number of the row that begins with these words, empty cells aside."""
    for number, row in enumerate(sheet.rows, 1):
        if words in [cell.value for cell in row.cells[:2]]:
            return number
    raise LookupError(words)


def book(world: World) -> Workbook:
    return score_workbook(facts_of(world))


def test_live_totals_give_exactly_the_figures_of_the_engine(world: World) -> None:
    adopted(world)
    (table, *_rest) = book(world).sheets
    sheet = Calculator(table)

    formulas = {at: value for at, value in places(table) if isinstance(value, Formula)}
    assert len(formulas) == 3 * 4  # I, II, II.2 and the total, for three units
    assert {at: sheet.work_out(one.text) for at, one in formulas.items()} == {
        at: one.value for at, one in formulas.items()
    }
    total = row_of(table, "Tổng điểm")
    assert [sheet.at(f"{letter}{total}") for letter in "DEF"] == [Fraction("99.5"), 95, 84]


def test_a_changed_cell_changes_the_total_as_the_rule_would(world: World) -> None:
    adopted(world)
    (table, *_rest) = book(world).sheets
    sheet = Calculator(table)
    sheet.values[f"D{row_of(table, 'I.2')}"] = Number(Fraction("26.5"))

    assert sheet.at(f"D{row_of(table, 'Tổng điểm')}") == Fraction("98.5")


def test_a_group_set_by_hand_is_a_plain_figure(world: World) -> None:
    ready(world)
    meet(world)
    decide(world, 1, "II", points=read_points("30"), reason="Hội nghị quyết")
    adopt_scores(world.head, bloc_year=world.bloc_year)
    (table, *_rest) = book(world).sheets
    row = next(row for row in table.rows if row.cells[0].value == "II")

    assert isinstance(row.cells[3].value, Number)
    assert isinstance(row.cells[4].value, Formula)
    assert Calculator(table).at(f"D{row_of(table, 'Tổng điểm')}") == Fraction("90.5")


def test_the_file_holds_the_formulas_and_their_values(world: World) -> None:
    adopted(world)
    made = book(world)
    live = load_workbook(BytesIO(to_xlsx(made)))["Bảng tổng hợp"]
    shown = load_workbook(BytesIO(to_xlsx(made)), data_only=True)["Bảng tổng hợp"]
    total = f"D{row_of(made.sheets[0], 'Tổng điểm')}"

    assert live[total].value == f"={formula_at(made.sheets[0], total).text}"
    assert shown[total].value == 99.5


def formula_at(sheet: Sheet, place: str) -> Formula:
    found = dict(places(sheet))[place]
    assert isinstance(found, Formula)
    return found


def test_the_workbook_tells_ranking_deviations_and_marks(world: World) -> None:
    decided(world)
    _table, ranking, deviating, marks = book(world).sheets

    assert [cell.value for cell in ranking.rows[3].cells][1] == "Sở Số 1"
    assert [cell.value for cell in deviating.rows[2].cells][:2] == ["Sở Số 1", "I.1"]
    told = {row.cells[0].value: row.cells[1].value for row in marks.rows[1:]}
    assert told["Dấu của bảng điểm"] == in_groups(Adoption.objects.get().fingerprint)


def test_papers_follow_the_scale_not_a_fixed_number_of_units(world: World) -> None:
    adopted(world, {**ROWS, 3: ROWS[2]})
    facts = facts_of(world)
    assert facts.frozen is not None
    lonely = replace(facts.frozen.snapshot, units=facts.frozen.snapshot.units[:1])

    table = score_table(replace(facts, frozen=replace(facts.frozen, snapshot=lonely)))
    assert "99,5" in pdf_text(table)


def test_the_minutes_keep_the_quorum_by_which_the_table_was_adopted(world: World) -> None:
    ready(world)
    meet(world, present=2)
    adopt_scores(world.head, bloc_year=world.bloc_year)
    BlocYear.objects.filter(pk=world.bloc_year.pk).update(quorum_num=1, quorum_den=1)

    assert facts_of(world).quorum.words == (
        "Có mặt 2 trong 3 đơn vị, cần ít nhất 2 (2/3 số đơn vị): đủ điều kiện họp."
    )
