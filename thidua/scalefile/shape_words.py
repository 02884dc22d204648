"""Lời báo khi giá trị không đúng khuôn: every message says what to write instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from fractions import Fraction

from thidua.scalefile.problem import Words, shown
from thidua.scalefile.tree import Listing, Tree, Value
from thidua.scalefile.vocabulary import KEY_WORDS, number_example, word_of

_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_TRUTHS = {"yes": "true", "có": "true", "on": "true", "1": "true", "đúng": "true"}
_FALSEHOODS = {"no": "false", "không": "false", "off": "false", "0": "false", "sai": "false"}

BAD_CODE = Words(
    'Mã không được có dấu cách hay dấu "@". Dùng dấu chấm hoặc gạch nối, ví dụ I.1.',
    'A code has no spaces and no "@". Use points or hyphens, such as I.1.',
)
BAD_NAME = Words(
    "Tên chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối, ví dụ so-nganh-2026.",
    "A name has only lower case letters, digits and hyphens, such as so-nganh-2026.",
)
ZERO_STEP = Words(
    "Bước tính bằng 0 thì không chia được. Viết một số khác 0, ví dụ 1.",
    "A step of 0 cannot be divided by. Write another number, such as 1.",
)
NOT_A_CONDITION = Words(
    "Điều kiện viết là tên một số liệu (da_nop), một so sánh ({field: so_tre, le: 3}) hoặc "
    "{all: [...]}, {any: [...]}, {not: ...}.",
    "A condition is the name of a field (da_nop), a comparison ({field: so_tre, le: 3}) or "
    "{all: [...]}, {any: [...]}, {not: ...}.",
)


def found_words(tree: Tree) -> Words:
    """What stands in the file, for "not …"."""
    if isinstance(tree, Listing):
        return Words("một danh sách", "a list")
    if not isinstance(tree, Value):
        return Words("một nhóm khóa", "a mapping")
    if tree.value is None:
        return Words("chỗ trống", "nothing")
    return Words(shown(tree.text), shown(tree.text))


def not_text(tree: Tree, key: str) -> Words:
    """A number, truth value, list or nothing where a text belongs."""
    if isinstance(tree, Value) and tree.value is not None:
        return Words(
            f'Ở đây phải là chữ. Đặt trong ngoặc kép: "{tree.text}".',
            f'A text is needed here. Put it in double quotes: "{tree.text}".',
        )
    found, word = found_words(tree), word_of(key)
    return Words(
        f"Ở đây phải là chữ ({word.vi}), không phải {found.vi}. Viết như {word.example}.",
        f"A text ({word.en}) is needed here, not {found.en}. Write for example {word.example}.",
    )


def empty_text(key: str) -> Words:
    """An empty text where something must be said."""
    word = word_of(key)
    return Words(
        f"Chưa ghi {word.vi}. Viết như {word.example}.",
        f"The {word.en} is empty. Write for example {word.example}.",
    )


def needs_number(key: str) -> Words:
    """A list or mapping where a number belongs."""
    example = number_example(key)
    return Words(
        f"Ở đây chỉ ghi một số. Viết như {example}.",
        f"A single number is needed here. Write for example {example}.",
    )


def negative_cap(tree: Value, number: Fraction) -> Words:
    """A cap below 0."""
    wanted = tree.text.lstrip("-") if number else tree.text
    return Words(
        f"Mức trần là số không âm, kể cả mức trần của điểm trừ. Viết {wanted}, hoặc null nếu không "
        "giới hạn.",
        f"A cap is never negative, not even of deductions. Write {wanted}, or null for none.",
    )


def not_whole(tree: Tree, low: int, high: int | None) -> Words:
    """Anything but a whole number of a range."""
    found = found_words(tree)
    vi = f"từ {low} đến {high}" if high is not None else f"từ {low} trở lên"
    en = f"from {low} to {high}" if high is not None else f"of at least {low}"
    return Words(
        f"Ở đây phải là số nguyên {vi}, không có ngoặc kép, không phải {found.vi}.",
        f"A whole number {en} without quotes is needed here, not {found.en}.",
    )


def not_a_choice(tree: Tree, values: Sequence[str]) -> Words:
    """A word that is not on the list, with the nearest one that is."""
    found = found_words(tree)
    options = ", ".join(values)
    near = nearest(tree.text, values) if isinstance(tree, Value) else None
    if len(values) == 1:
        return Words(
            f"Ở đây chỉ được ghi {options}, không phải {found.vi}.",
            f"Only {options} may stand here, not {found.en}.",
        )
    hint_vi = f" Có phải là {near}?" if near else ""
    hint_en = f" Did you mean {near}?" if near else ""
    return Words(
        f"Không dùng được {found.vi}.{hint_vi} Chọn một trong các từ: {options}.",
        f"{found.en} is not allowed.{hint_en} Choose one of: {options}.",
    )


def not_truth(tree: Tree) -> Words:
    """yes, có, 1 where only true and false count."""
    word = tree.text.lower() if isinstance(tree, Value) else ""
    wanted = _TRUTHS.get(word) or _FALSEHOODS.get(word)
    found = found_words(tree)
    vi, en = (wanted, wanted) if wanted else ("true (có) hoặc false (không)", "true or false")
    return Words(
        f"Không dùng được {found.vi}. Viết {vi}, không có ngoặc kép.",
        f"{found.en} is not allowed. Write {en}, without quotes.",
    )


def not_a_date(tree: Tree) -> Words:
    """31/12/2026 or a day that does not exist."""
    found = found_words(tree)
    day_first = _DAY_FIRST.fullmatch(tree.text) if isinstance(tree, Value) else None
    wanted = "2026-12-31"
    if day_first:
        wanted = f"{day_first[3]}-{int(day_first[2]):02}-{int(day_first[1]):02}"
    return Words(
        f"{found.vi} không phải là ngày có trong lịch theo dạng năm-tháng-ngày. Viết như {wanted}.",
        f"{found.en} is not a day written as year-month-day. Write for example {wanted}.",
    )


def not_a_list(key: str) -> Words:
    """A single value where a list belongs."""
    word = word_of(key)
    example = word.example if word.example.startswith("[") else f"[{word.example}]"
    return Words(
        f"Ở đây phải là một danh sách ({word.vi}). Viết như {example}.",
        f"A list ({word.en}) is needed here. Write for example {example}.",
    )


def empty_list(key: str) -> Words:
    """A list without parts where at least one is needed."""
    word = word_of(key)
    return Words(
        f"Danh sách ({word.vi}) đang trống. Thêm ít nhất một phần, ví dụ {word.example}.",
        f"The list ({word.en}) is empty. Add at least one part, such as {word.example}.",
    )


def needs_value(key: str) -> Words:
    """Nothing, a list or a mapping where a value belongs."""
    del key
    return Words(
        "Ở đây phải là một số hoặc chữ. Viết như 90 hoặc đủ.",
        "A number or text is needed here. Write for example 90.",
    )


def not_a_table(key: str, example: str) -> Words:
    """A single value or list where keys belong."""
    word = KEY_WORDS.get(key)
    vi, en = (f" ({word.vi})", f" ({word.en})") if word else ("", "")
    return Words(
        f"Ở đây phải là một nhóm khóa{vi}. Viết như {example}.",
        f"A mapping{en} is needed here. Write for example {example}.",
    )


def missing_key(key: str, owner: Words) -> Words:
    """A key that must be there."""
    word = word_of(key)
    return Words(
        f'{owner.vi} thiếu khóa "{key}" ({word.vi}). Thêm “{key}: {word.example}”.',
        f'{owner.en} lacks the key "{key}" ({word.en}). Add “{key}: {word.example}”.',
    )


def unknown_key(key: str, known: Sequence[str], owner: Words) -> Words:
    """A key that does not belong here, with the nearest one that does."""
    if ":" in key:
        first, _, rest = key.partition(":")
        return Words(
            f'Thiếu dấu cách sau dấu hai chấm. Viết "{first}: {rest.strip()}".',
            f'A space after the colon is missing. Write "{first}: {rest.strip()}".',
        )
    near = nearest(key, known)
    if near:
        return Words(
            f'{owner.vi} không có khóa {shown(key)}. Có phải là "{near}"?',
            f'{owner.en} has no key {shown(key)}. Did you mean "{near}"?',
        )
    options = ", ".join(known)
    return Words(
        f"{owner.vi} không có khóa {shown(key)}. Xóa khóa này, hoặc dùng một trong các khóa: "
        f"{options}.",
        f"{owner.en} has no key {shown(key)}. Delete it, or use one of: {options}.",
    )


def nearest(word: str, known: Sequence[str]) -> str | None:
    """The known word closest to what was typed, if any is close."""
    found = get_close_matches(word.strip().lower(), known, n=1, cutoff=0.6)
    return found[0] if found else None
