"""A scale reads as a bảng điểm: a sentence for every kind, modifier, condition and general rule."""

from __future__ import annotations

from pathlib import Path

import pytest

import thidua.scalefile
from thidua.core.scale import Scale
from thidua.scalefile import load_scale
from thidua.year.rulebook.outline import outline, slots
from thidua.year.rulebook.words import (
    Names,
    class_words,
    gate_words,
    header_words,
    modifier_words,
    ranking_words,
    rule_words,
)

EXAMPLES = Path(thidua.scalefile.__file__).parent / "examples"
RULES = {
    "A": "Cộng điểm các dòng bên dưới.",
    "A1": "Đạt đúng chỉ tiêu được 5,0 điểm; chưa đạt thì tính theo tỷ lệ đạt; vượt chỉ tiêu được "
    "thêm theo mức vượt, đơn vị vượt cao nhất được tối đa 10,0 điểm.",
    "A2": "Theo tỷ lệ phần trăm đạt chỉ tiêu: cứ 100% được 10,0 điểm; tối đa 10,0 điểm; không thấp "
    "hơn 0 điểm.",
    "A3": "Xếp các đơn vị theo số liệu, cao nhất đứng đầu: thứ nhất 10,0 điểm; thứ nhì 8,0 điểm; "
    "thứ ba 6,0 điểm; thứ tư 4,0 điểm; các thứ hạng sau 2,0 điểm; bằng nhau thì lấy trung bình "
    "điểm của các thứ hạng đó.",
    "B1": "Lấy 10,0 điểm làm chuẩn, cộng điểm ở các dòng thưởng bên dưới (cộng tối đa 2,0), trừ "
    "điểm ở các dòng vi phạm bên dưới (trừ tối đa 4,0); không thấp hơn 0 điểm.",
    "B1.1": "Mỗi trường hợp bị trừ 0,5 điểm, trừ tối đa 2,0 điểm.",
    "B1.2": "Có thì bị trừ 3,0 điểm; không có thì không bị trừ.",
    "B1.3": "Mỗi trường hợp được 1,0 điểm, không giới hạn số điểm.",
    "B3.1": "Tùy “Số hồ sơ tiếp nhận”: dưới 1.000 thì chấm theo B3.1a; từ 1.000 thì chấm theo "
    "B3.1b; ngoài các mức đó được 0 điểm.",
    "B3.1a": "Theo “Tỷ lệ trước hạn”: từ 1 đến dưới 5 được 0,5 điểm; từ 5 được 2,0 điểm; ngoài các "
    "mức đó được 0 điểm.",
    "B4": "Chấm từng phương án bên dưới và lấy điểm của phương án cao nhất.",
    "B5": "Xét lần lượt các phương án bên dưới, phương án đầu tiên phù hợp được tính điểm.",
    "B6": "Khi “Ngày ban hành kế hoạch” chậm nhất ngày 31/01/2026 thì được 2,0 điểm; còn lại được "
    "1,5 điểm.",
    "C1": "Theo số liệu (%): trên 98 được 5,0 điểm; từ 97 đến dưới 98 được 4,0 điểm; từ 96 đến "
    "dưới 97 được 3,0 điểm; ngoài các mức đó thang điểm chưa quy định, người chấm quyết định.",
    "C3": "Lấy điểm do cơ quan khác chấm từ 0 đến 5,0, ghi rõ nguồn.",
    "C4": "Người chấm cho điểm từ 0 đến 3,0.",
    "D1": "Theo số liệu (%): ở mức 92% được 0 điểm; cứ đủ 1% cao hơn được thêm 0,1 điểm; thấp hơn "
    "thì bớt theo cùng tỷ lệ; phần lẻ không tính; tối đa 0,5 điểm; không thấp hơn 0 điểm.",
    "E1": "Mỗi ngày chậm so với hạn 15/12/2026 bị trừ 2,0 điểm, trừ tối đa 10,0 điểm.",
    "E2": "Người chấm cho điểm từ −20,0 đến 0.",
}
MODIFIERS = {
    "A4": "Khi dòng không áp dụng cho đơn vị: chấm theo nội dung thay thế mà đơn vị đăng ký, cùng "
    "cách tính.",
    "B1": "Không bị trừ các khoản trừ của nhóm này khi “Đơn vị tự phát hiện và xử lý” là có.",
    "B3.1": "Chỉ tính khi “Số hồ sơ trễ hạn” bằng 0 hồ sơ; nếu không thì được 0 điểm.",
    "B4.2": "Chỉ tính khi điểm của B4.1 Cách một từ 2,0 điểm trở lên; nếu không thì được 0 điểm.",
    "B7": "Chấm dòng này 12 lần trong năm, cộng điểm các lần.",
    "B8": "Chấm dòng này 4 lần trong năm, lấy điểm trung bình các lần.",
    "C3": "Hạn thực hiện: 20/12/2026.",
    "C4": "Chỉ áp dụng cho đơn vị loại so.",
    "C5": "Chỉ áp dụng đến hết ngày 30/06/2026. Khi dòng không áp dụng cho đơn vị: tính đủ điểm "
    "tối đa của dòng đó.",
    "D": "Là điểm thưởng.",
    "E": "Là điểm trừ.",
}


def example(name: str) -> Scale:
    return load_scale((EXAMPLES / name).read_bytes(), name=name).scale


@pytest.fixture(scope="module")
def scale() -> Scale:
    return example("demo-moi-loai.yaml")


@pytest.mark.parametrize(("code", "words"), RULES.items())
def test_the_rule_of_a_line_is_one_sentence(scale: Scale, code: str, words: str) -> None:
    assert rule_words(scale.index()[code], Names.of(scale)) == words


@pytest.mark.parametrize(("code", "words"), MODIFIERS.items())
def test_every_modifier_is_said(scale: Scale, code: str, words: str) -> None:
    assert " ".join(modifier_words(scale.index()[code], Names.of(scale))) == words


def test_conditions_that_exclude_or_demote_are_said(scale: Scale) -> None:
    assert [gate_words(gate, Names.of(scale)) for gate in scale.gates] == [
        "Khi “Đã nộp bảng tự chấm” là không thì đơn vị không được xếp hạng.",
        "Khi “Có tập thể bị kỷ luật” là có thì đơn vị bị hạ 1 mức xếp loại.",
        "Khi “Đang thanh tra” là có thì đơn vị không được xếp hạng, xếp loại và xét khen thưởng.",
        "Khi “Có khiếu nại chưa giải quyết” là có thì đơn vị vẫn xếp hạng nhưng không được xét "
        "khen thưởng.",
    ]


def test_classes_and_ranking_are_said(scale: Scale) -> None:
    names = Names.of(scale)
    assert scale.classification is not None
    assert [
        class_words(one, scale.classification, names) for one in scale.classification.classes
    ] == [
        "Cần tỷ lệ tổng điểm trên tổng điểm tối đa từ 90%; mọi nội dung lớn đạt ít nhất 85% điểm "
        "tối đa.",
        "Cần tỷ lệ tổng điểm trên tổng điểm tối đa từ 80%; A Chỉ tiêu, B Nhiệm vụ đạt ít nhất 70% "
        "điểm tối đa.",
        "Cần tỷ lệ tổng điểm trên tổng điểm tối đa từ 65%.",
        "Các trường hợp còn lại.",
    ]
    assert ranking_words(scale.ranking, names) == (
        "Xếp hạng theo tỷ lệ tổng điểm trên tổng điểm tối đa đã làm tròn, cao xếp trước.",
        "Nếu bằng nhau thì xét “Tổng số ngày trễ”, thấp hơn xếp trước.",
        "Nếu vẫn bằng nhau thì xét điểm của A Chỉ tiêu, cao hơn xếp trước.",
        "Nếu vẫn bằng nhau thì cùng hạng, đơn vị sau lùi xuống đủ số bậc.",
    )


def test_caps_rounding_and_lines_that_do_not_apply_are_said(scale: Scale) -> None:
    assert header_words(scale.header) == (
        "Tổng điểm tối đa, chưa kể điểm thưởng, là 100,0 điểm.",
        "Điểm thưởng cộng tối đa 10,0 điểm.",
        "Điểm trừ tính tối đa 15,0 điểm.",
        "Tổng điểm sau cùng không quá 105,0 điểm.",
        "Tổng điểm sau cùng không thấp hơn 0 điểm.",
        "Tổng điểm làm tròn 1 chữ số sau dấu phẩy, tỷ lệ làm tròn 2 chữ số sau dấu phẩy, phần nửa "
        "làm tròn lên.",
        "Điểm của từng dòng không làm tròn trước khi cộng.",
        "Khi một dòng không áp dụng cho đơn vị: không tính điểm dòng đó và bớt điểm tối đa của "
        "dòng khỏi tổng điểm tối đa.",
        "Khi không được giao chỉ tiêu mà vẫn có kết quả: chấm theo tỷ lệ so với kết quả cao nhất "
        "trong các đơn vị không được giao.",
    )


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.yaml")), ids=lambda file: file.stem)
def test_every_line_of_the_collected_scales_has_its_sentences(file: Path) -> None:
    found = example(file.name)
    names = Names.of(found)
    for row in outline(found):
        said = (rule_words(row.node, names), *modifier_words(row.node, names))
        assert all(words[-1] in ".?…" for words in said), row.code
        assert not any("None" in words or "Fraction" in words for words in said), row.code


def test_the_outline_keeps_the_order_and_depth_of_the_file(scale: Scale) -> None:
    rows = outline(scale)
    assert [(row.code, row.depth, row.parent) for row in rows[:3]] == [
        ("A", 0, ""),
        ("A1", 1, "A"),
        ("A2", 1, "A"),
    ]
    assert [row.code for row in rows] == [node.code for node in scale.walk()]
    assert slots(scale) == ()
