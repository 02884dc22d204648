"""Công thức của một dòng: the rule of a leaf as a spreadsheet formula, where one can say it.

A line that compares units, looks at facts of the unit, or has more bands than a formula may nest is
left to the software. Every formula gives what the core gives (FORMAT sections 4 to 6): nothing
while nothing is entered, words where the figure cannot be scored, the points otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.maximum import copy_maximum
from thidua.core.node import (
    Band,
    Bounds,
    Count,
    Flag,
    Linear,
    Node,
    NotApplicable,
    Steps,
)
from thidua.core.scale import Header
from thidua.year.scoring.lines import Ask, Line
from thidua.year.scoring.workbook.arithmetic import (
    LONGEST,
    NO_RULE,
    NOT_APPLICABLE,
    READ_LATER,
    WRONG_FIGURE,
    clamped,
    number,
    quoted,
    rounded,
)

MOST_BANDS = 50  # a spreadsheet nests 64 conditions; some are used around the bands
YES, NO = "Có", "Không"
Score = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spots:
    """Where a line's figures stand: target or day due, figure, "không áp dụng".

    `words`: the cells that hold the words of its bands; `reviewed`: the cells that say that a group
    around it was reviewed; `is_reviewed`: it was, whatever the file says.
    """

    target: str
    figure: str
    aside: str
    words: Sequence[str] = ()
    reviewed: Sequence[str] = ()
    reviewed_word: str = ""
    is_reviewed: bool = False


def rule_formula(line: Line, header: Header, spots: Spots) -> str | None:
    """What the rule of a leaf gives; None where a spreadsheet cannot reckon it."""
    inside = _by_ask(line, header, spots)
    if inside is None:
        return None
    policy = policy_of(line.node, header)
    text = f'IF({spots.aside}="{YES}",{_aside(policy, copy_maximum(line.node))},{inside})'
    return text if len(text) <= LONGEST else None


def judged_formula(line: Line, header: Header, spots: Spots, typed: str) -> str:
    """The points a person gives, unless the line is set aside."""
    policy = policy_of(line.node, header)
    aside = _aside(policy, copy_maximum(line.node))
    points = _leaf(typed, header)
    given = typed if points == typed else f"IF(ISNUMBER({typed}),{points},{typed})"
    return f'IF({spots.aside}="{YES}",{aside},IF({typed}="","",{given}))'


def policy_of(node: Node, header: Header) -> NotApplicable:
    """What becomes of the line when it does not apply (FORMAT section 6)."""
    return node.not_applicable or header.not_applicable


def aside_words(policy: NotApplicable) -> str:
    """What stands in place of points on a line that does not apply and gets none."""
    return NOT_APPLICABLE if policy == "drop_denominator" else ""


def _aside(policy: NotApplicable, maximum: Fraction) -> str:
    given = {"full_marks": number(maximum), "zero": "0"}.get(policy)
    return given or quoted(aside_words(policy))


def _by_ask(line: Line, header: Header, spots: Spots) -> str | None:
    match line.node:
        case Flag() as flag if flag.condition is None:
            return _flag(flag, spots, header)
        case Steps() as steps if line.ask is Ask.WORD:
            return _words(steps, spots, header)
        case Steps() | Count() | Linear() as node:
            score = _score_of(node, header)
            return None if score is None else _by_x(line, header, spots, score)
    return None


def _flag(node: Flag, spots: Spots, header: Header) -> str:
    hit, miss = (_leaf(number(points), header) for points in (node.hit, node.miss))
    typed = spots.figure
    blank = _blank(spots, miss)
    chosen = f'IF({typed}="{YES}",{hit},IF({typed}="{NO}",{miss},{quoted(WRONG_FIGURE)}))'
    return f'IF({typed}="",{blank},{chosen})'


def _words(node: Steps, spots: Spots, header: Header) -> str | None:
    """Bands that name words; a band of figures among them is left to the software."""
    if not all(isinstance(band.bounds.eq, str) for band in node.bands):
        return None
    if len(node.bands) > MOST_BANDS or len(spots.words) != len(node.bands) or node.whole:
        return None
    otherwise = node.otherwise
    text = quoted(NO_RULE) if not isinstance(otherwise, Fraction) else _points(otherwise, header)
    for band, word in reversed(list(zip(node.bands, spots.words, strict=True))):
        text = f"IF(EXACT({spots.figure},{word}),{_points(band.points, header)},{text})"
    return f'IF({spots.figure}="","",{text})'


def _score_of(node: Steps | Count | Linear, header: Header) -> Score | None:
    match node:
        case Count():
            return lambda x: _count(node, x, header)
        case Linear():
            return lambda x: _leaf(_linear(node, x), header)
        case Steps():
            figures = all(not isinstance(band.bounds.eq, str) for band in node.bands)
            if not figures or len(node.bands) > MOST_BANDS:
                return None
            return lambda x: _steps(node, x, header)


def _count(node: Count, x: str, header: Header) -> str:
    each = f"{number(node.each)}*{x}"
    floor = None if node.cap is None else -node.cap
    points = _leaf(clamped(each, cap=node.cap, floor=floor), header)
    return f"IF(OR({x}<0,{x}<>INT({x})),{quoted(WRONG_FIGURE)},{points})"


def _linear(node: Linear, x: str) -> str:
    quotient = f"({x}-{number(node.origin)})/{number(node.per)}"
    steps = f"INT(ROUND({quotient},9))" if node.whole else quotient
    return clamped(f"{number(node.at)}+{number(node.each)}*{steps}", cap=node.cap, floor=node.floor)


def _steps(node: Steps, x: str, header: Header) -> str:
    otherwise = node.otherwise
    text = quoted(NO_RULE) if not isinstance(otherwise, Fraction) else _points(otherwise, header)
    for band in reversed(node.bands):
        text = _band(band, x, header, text)
    return f"IF({x}<>INT({x}),{quoted(WRONG_FIGURE)},{text})" if node.whole else text


def _band(band: Band, x: str, header: Header, otherwise: str) -> str:
    points, held = _points(band.points, header), _within(band.bounds, x)
    return f"IF({held},{points},{otherwise})" if held else points


def _within(bounds: Bounds, x: str) -> str:
    tests = [
        f"{x}{sign}{number(bound)}"
        for sign, bound in (
            (">=", bounds.ge), (">", bounds.gt), ("<=", bounds.le), ("<", bounds.lt),
            ("=", bounds.eq),
        )
        if isinstance(bound, Fraction)
    ]  # fmt: skip
    return tests[0] if len(tests) == 1 else f"AND({','.join(tests)})" if tests else ""


def _by_x(line: Line, header: Header, spots: Spots, score: Score) -> str | None:
    """The figure the rule looks at: as typed, as a percent of the target, or in days late."""
    target, typed = spots.target, spots.figure
    if line.ask is Ask.NUMBER:
        blank = _blank(spots, score("0")) if isinstance(line.node, Count) else '""'
        return f'IF({typed}="",{blank},{_if_figure(typed, score(typed))})'
    if line.ask is Ask.PAIR:
        aside = _aside(policy_of(line.node, header), copy_maximum(line.node))
        points = _if_figure(typed, score(f"ROUND(100*{typed}/{target},10)"))
        given = f'IF(N({target})=0,{aside},IF({typed}="","",{points}))'
        return f'IF(AND({target}="",{typed}=""),"",{given})'
    if line.ask is Ask.DATE:
        points = _if_figure(typed, _if_figure(target, score(f"MAX(0,{typed}-{target})")))
        return f'IF(OR({target}="",{typed}=""),"",{points})'
    return None


def _if_figure(typed: str, text: str) -> str:
    """Letters in the cell ("80; 90", "961,5") are read when the file comes back."""
    return f"IF(ISNUMBER({typed}),{text},{quoted(READ_LATER)})"


def _blank(spots: Spots, none: str) -> str:
    """What an empty cell means: nothing yet, or no case where the group was reviewed."""
    if spots.is_reviewed:
        return none
    tests = [f'{cell}="{spots.reviewed_word}"' for cell in spots.reviewed]
    if not tests:
        return '""'
    test = tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"
    return f'IF({test},{none},"")'


def _points(points: Fraction, header: Header) -> str:
    return _leaf(number(points), header)


def _leaf(expression: str, header: Header) -> str:
    """Points of a leaf, rounded where the scale rounds each line."""
    if header.round_at != "leaf":
        return expression
    return rounded(expression, decimals=header.decimals, rounding=header.rounding)
