"""Lời báo lỗi khi đọc YAML: what the parser stumbled over, in words an official can act on."""

from __future__ import annotations

import yaml

from thidua.scalefile.problem import Mark, Problem, Words, problem_at, shown

MANY_DOCUMENTS = Words(
    'Tệp có nhiều phần cách nhau bằng dấu "---". Mỗi tệp chỉ ghi một thang điểm hoặc một bộ phiếu '
    "điểm; tách phần sau ra tệp khác.",
    'The file holds several documents separated by "---". Put each in a file of its own.',
)
MERGE_KEY = Words(
    'Không dùng "<<". Ghi đầy đủ các khóa ngay tại chỗ này.',
    'Merge keys ("<<") are not allowed. Write the keys out here.',
)
COMPLEX_KEY = Words(
    "Khóa phải là một từ. Nếu đây là một chuỗi có dấu ngoặc, đặt cả chuỗi trong ngoặc kép.",
    "A key must be a single word. Put text that begins with a bracket in double quotes.",
)


def alias(name: str) -> Words:
    """An alias (*name)."""
    return Words(
        f'Không dùng tham chiếu "*{name}". Ghi lại đầy đủ nội dung tại chỗ này. '
        f"Nếu đó là chữ, đặt trong ngoặc kép.",
        f'The alias "*{name}" is not allowed. Write the content out here, or quote it if it is '
        "text.",
    )


def anchor(name: str) -> Words:
    """An anchor (&name)."""
    return Words(
        f'Không dùng dấu neo "&{name}". Xóa dấu này. Nếu đó là chữ, đặt trong ngoặc kép.',
        f'The anchor "&{name}" is not allowed. Delete it, or quote it if it is text.',
    )


def tag(name: str) -> Words:
    """A tag (!name)."""
    return Words(
        f"Không dùng nhãn kiểu {shown(name)}. Xóa nhãn này. "
        "Muốn một số được hiểu là chữ thì đặt số trong ngoặc kép.",
        f"The tag {shown(name)} is not allowed. Delete it. To make a number text, quote it.",
    )


def syntax_problem(error: yaml.MarkedYAMLError, text: str) -> Problem:
    """Put the parser's complaint into a sentence that says what to do."""
    place = error.problem_mark or error.context_mark
    mark = Mark(place.line + 1, place.column + 1) if place else Mark(1, 1)
    said = f"{error.context or ''} / {error.problem or ''}"
    if _has_tab_indent(text, mark.line):
        return problem_at(mark, "", "tab", _TAB)
    words = next((words for part, words in _KNOWN if part in said), _UNKNOWN)
    start = error.context_mark if words in _POINT_TO_START and error.context_mark else None
    if start is not None:
        mark = Mark(start.line + 1, start.column + 1)
    return problem_at(mark, "", "syntax", words)


def character_problem(error: yaml.reader.ReaderError, text: str) -> Problem:
    """A character that may not stand in YAML text (control characters)."""
    position = _position(error, text)
    line = text.count("\n", 0, position) + 1
    column = position - text.rfind("\n", 0, position)
    words = Words(
        "Dòng này có ký tự điều khiển không nhìn thấy được. Xóa ký tự đó hoặc gõ lại cả dòng.",
        "This line holds an invisible control character. Delete it or type the line again.",
    )
    return problem_at(Mark(line, column), "", "control_character", words)


def _position(error: yaml.reader.ReaderError, text: str) -> int:
    character = error.character
    wanted = chr(character) if isinstance(character, int) else str(character)
    found = text.find(wanted)
    return max(found, 0)


def _has_tab_indent(text: str, line: int) -> bool:
    lines = text.splitlines()
    near = lines[max(line - 2, 0) : line]
    return any("\t" in one[: len(one) - len(one.lstrip())] for one in near)


_TAB = Words(
    "Dòng này thụt lề bằng phím Tab. Thay mỗi dấu Tab bằng hai dấu cách.",
    "This line is indented with a tab. Replace each tab with two spaces.",
)
_UNKNOWN = Words(
    "Không đọc được dòng này. Kiểm tra thụt lề, dấu hai chấm sau khóa (có một dấu cách theo sau) "
    "và dấu ngoặc.",
    "This line cannot be read. Check indentation, the colon after the key (followed by a space) "
    "and brackets.",
)
_COLON = Words(
    "Dấu hai chấm đứng sai chỗ. Nếu nó nằm trong câu chữ, đặt cả câu trong ngoặc kép; nếu nó đứng "
    "sau khóa, kiểm tra thụt lề của dòng này và dòng trên.",
    "A colon is out of place. If it belongs to a text, put the text in double quotes; if it "
    "follows a key, check the indentation of this line and the one above.",
)
_OPEN_QUOTE = Words(
    "Ngoặc kép hoặc ngoặc đơn mở ở đây mà không đóng. Thêm dấu đóng ở cuối câu chữ.",
    "The quote opened here is never closed. Close it at the end of the text.",
)
_OPEN_BRACKET = Words(
    "Dấu ngoặc mở ở đây thiếu dấu phẩy giữa các phần hoặc thiếu dấu đóng } hay ]. "
    "Câu chữ có dấu phẩy hay dấu hai chấm phải đặt trong ngoặc kép.",
    "The bracket opened here lacks a comma between its parts or the closing } or ]. "
    "Text with a comma or colon must be quoted.",
)
_INDENT = Words(
    "Dòng này thụt lề không khớp các dòng trên. Cho các khóa cùng cấp thẳng cột với nhau.",
    "This line does not line up with the lines above. Align keys of the same level.",
)
_NO_COLON = Words(
    'Thiếu dấu hai chấm sau khóa, hoặc thiếu dấu cách sau dấu hai chấm. Viết "khóa: giá trị".',
    'A colon or the space after it is missing. Write "key: value".',
)
_ESCAPE = Words(
    "Dấu \\ trong ngoặc kép dùng sai. Thay ngoặc kép bằng ngoặc đơn, hoặc viết \\\\ cho mỗi \\.",
    "A backslash in double quotes is misused. Use single quotes, or write \\\\ for one backslash.",
)
_START_CHARACTER = Words(
    "Câu chữ không được bắt đầu bằng ký tự này khi không có ngoặc. Đặt câu chữ trong ngoặc kép.",
    "Text cannot begin with this character unquoted. Put the text in double quotes.",
)
_DIRECTIVE = Words(
    'Dòng bắt đầu bằng "%" không dùng ở đây. Xóa dòng, hoặc đặt câu chữ trong ngoặc kép.',
    'A line that begins with "%" is not used here. Delete it, or quote the text.',
)
_KNOWN = (
    ("mapping values are not allowed", _COLON),
    ("while scanning a quoted scalar / found unknown escape", _ESCAPE),
    ("while parsing a quoted scalar / found unknown escape", _ESCAPE),
    ("escape", _ESCAPE),
    ("quoted scalar", _OPEN_QUOTE),
    ("while parsing a flow", _OPEN_BRACKET),
    ("could not find expected ':'", _NO_COLON),
    ("while scanning a simple key", _NO_COLON),
    ("cannot start any token", _START_CHARACTER),
    ("scanning an alias", _START_CHARACTER),
    ("scanning an anchor", _START_CHARACTER),
    ("scanning a tag", _START_CHARACTER),
    ("block scalar", _START_CHARACTER),
    ("directive", _DIRECTIVE),
    ("block mapping", _INDENT),
    ("block collection", _INDENT),
    ("block sequence", _INDENT),
    ("block entries", _INDENT),
    ("<document start>", _INDENT),
    ("document start", _INDENT),
)
_POINT_TO_START = (_OPEN_QUOTE, _OPEN_BRACKET)
