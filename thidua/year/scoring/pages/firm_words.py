"""Sentences about the draws of a ranking: what changes places how often, and what was drawn."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from thidua.core.points import show
from thidua.core.rounding import round_whole

if TYPE_CHECKING:
    from thidua.year.scoring.draws.tally import PairTally, Tally, UnitTally

FIRM, FAIRLY_FIRM = Fraction(5, 100), Fraction(20, 100)
LIMITS = (
    f"Vững: hai đơn vị đầu đổi chỗ trong dưới {100 * FIRM}% phép thử. Tương đối vững: từ "
    f"{100 * FIRM}% tới dưới {100 * FAIRLY_FIRM}%. Chưa vững: từ {100 * FAIRLY_FIRM}% trở lên."
)
DEFINITION = (
    "Mỗi dòng chấm theo nhận định của từng đơn vị được cho điểm lại một cách ngẫu nhiên, theo bước "
    "0,5 điểm, mọi mức có khả năng như nhau.",
    "Điểm lệch nhiều nhất bằng mức chênh trung bình giữa thẩm định và tự chấm ở dòng đó, tính trên "
    "các đơn vị đã được thẩm định; mức này ít nhất là 0,5 điểm.",
    "Điểm không xuống dưới 0 (hoặc mức thấp nhất của dòng) và không vượt điểm tối đa của dòng.",
    "Các dòng khác giữ nguyên. Tổng điểm, các mức trần và cách phân hạng khi bằng điểm theo đúng "
    "thang điểm.",
)
SEED = (
    "Hạt giống lấy từ chính các số trong bảng: cùng bảng điểm thì ai thử lại cũng ra đúng các tỷ "
    "lệ này, đổi một số thì hạt giống khác đi."
)
RECIPE = (
    "Để thử lại bằng chương trình khác: số ngẫu nhiên thứ n của một ô là từ 32 bit thứ n, byte "
    "thấp trước, của SHAKE-128 trên chuỗi gồm hạt giống, tên đơn vị và mã dòng, mỗi phần một dòng; "
    "từ w cho mức thứ ⌊w × k / 2³²⌋ trong k mức."
)


def share_text(count: int, draws: int) -> str:
    """A share of the draws in whole percent; a few are never "0%", nearly all never "100%"."""
    if 0 < 200 * count < draws:
        return "dưới 1%"
    if draws > count and 200 * (draws - count) < draws:
        return "trên 99%"
    return f"{round_whole(100 * count, draws, 'half_up')}%"


def share_cell(count: int, draws: int) -> str:
    """A share for a table, with one decimal: "38,4%"; empty where there is none."""
    if not count:
        return ""
    tenths = round_whole(1000 * count, draws, "half_up")
    if not tenths:
        return "dưới 0,1%"
    return "trên 99,9%" if tenths == 1000 and count < draws else f"{tenths // 10},{tenths % 10}%"


def margin_text(pair: PairTally, tally: Tally) -> str:
    """How far two units are apart: "0,5 điểm"."""
    unit = "điểm phần trăm" if tally.by_percent else "điểm"
    return f"{show(pair.margin, decimals=tally.decimals)} {unit}"


def pair_sentence(pair: PairTally, tally: Tally) -> str:
    """What the draws say of two units that follow each other in the ranking."""
    one, other = pair.first, pair.second
    if one.rank == other.rank:
        apart = share_text(tally.draws - pair.level, tally.draws)
        return f"{one.unit} và {other.unit} cùng hạng {one.rank}: khác hạng trong {apart} phép thử."
    ranks = f"Hạng {one.rank} và {other.rank}"
    distance = f"cách nhau {margin_text(pair, tally)}" if pair.margin else "bằng điểm nhau"
    if not pair.swapped:
        return f"{ranks} {distance}: không đổi chỗ trong phép thử nào."
    return f"{ranks} {distance}: đổi chỗ trong {share_text(pair.swapped, tally.draws)} phép thử."


def lead_sentence(tally: Tally) -> str:
    """The one sentence of a table: how firm the first place is."""
    return pair_sentence(tally.neighbours[0], tally)


def unit_sentence(unit: UnitTally, tally: Tally) -> str:
    """How often a unit keeps its rank: "Giữ hạng 2 trong 55% phép thử."."""
    return f"Giữ hạng {unit.rank} trong {share_text(unit.kept, tally.draws)} phép thử."


def verdict(tally: Tally) -> str:
    """The heading: the margin at the top, and whether it is firm."""
    pair = tally.neighbours[0]
    if pair.first.rank == pair.second.rank:
        return f"Hai đơn vị cùng hạng {pair.first.rank}"
    lead = f"Dẫn đầu {margin_text(pair, tally)}" if pair.margin else "Dẫn đầu nhờ tiêu chí phụ"
    share = Fraction(pair.swapped, tally.draws)
    if share < FIRM:
        return f"{lead}, vững"
    return f"{lead}, tương đối vững" if share < FAIRLY_FIRM else f"{lead}, chưa vững"
