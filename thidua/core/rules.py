"""Danh mục quy tắc: every rule id a finding may carry, with its sentence for people.

`docs/rules.md` and the "vì sao?" panel are made from this list; ids never change their meaning.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule id, its sentence in Vietnamese, and the section of the format it comes from."""

    id: str
    sentence: str
    section: str


_RULES = (
    Rule("SCORE-SUM", "Điểm của nhóm bằng tổng điểm các dòng trong nhóm.", "4"),
    Rule(
        "SCORE-LEDGER",
        "Lấy điểm chuẩn, cộng điểm thưởng và trừ điểm phạt, mỗi bên có mức tối đa riêng.",
        "4",
    ),
    Rule("SCORE-PICK", "Chỉ một phương án được tính điểm.", "4"),
    Rule("SCORE-SWITCH", "Số liệu của đơn vị quyết định cách chấm nào được dùng.", "4"),
    Rule("SCORE-COUNT", "Mỗi trường hợp được cộng hoặc trừ một mức điểm.", "4"),
    Rule("SCORE-FLAG", "Có hoặc không đạt thì được mức điểm tương ứng.", "4"),
    Rule("SCORE-STEPS", "Số liệu thuộc mức nào thì được điểm của mức đó.", "4"),
    Rule("SCORE-LINEAR", "Điểm tăng hoặc giảm đều theo số liệu.", "4"),
    Rule(
        "SCORE-LEADER",
        "Điểm tính theo mức đạt chỉ tiêu, phần vượt so với đơn vị vượt cao nhất.",
        "4",
    ),
    Rule("SCORE-RANK", "Điểm tính theo thứ hạng của đơn vị trong khối ở dòng này.", "4"),
    Rule("SCORE-JUDGED", "Người chấm cho điểm trong khung điểm của dòng.", "4"),
    Rule("SCORE-IMPORTED", "Điểm do cơ quan khác chấm và cung cấp.", "4"),
    Rule("STATE-MISSING", "Dòng chưa có số liệu nên chưa được chấm, không tính là 0 điểm.", "4"),
    Rule("STATE-UNDECIDED", "Thang điểm chưa quy định điểm cho số liệu này.", "4"),
    Rule("STATE-ERROR", "Số liệu nhập chưa đúng nên chưa chấm được.", "4"),
    Rule("STATE-OPEN", "Còn dòng chưa chấm nên nhóm chưa có điểm.", "8"),
    Rule("REVIEWED-1", "Đã rà soát và không ghi nhận trường hợp nào.", "4"),
    Rule("WHEN-1", "Điều kiện để tính dòng này không thỏa nên dòng được 0 điểm.", "5"),
    Rule("WHEN-2", "Chưa đủ thông tin để biết dòng này có được tính hay không.", "5"),
    Rule("EXEMPT-1", "Đơn vị được miễn trừ điểm ở dòng này.", "5"),
    Rule("EXEMPT-2", "Chưa đủ thông tin để biết đơn vị có được miễn trừ điểm hay không.", "5"),
    Rule("RECUR-1", "Điểm của các kỳ được cộng lại.", "5"),
    Rule("RECUR-2", "Điểm là trung bình của các kỳ được chấm.", "5"),
    Rule("ROUND-1", "Điểm của dòng được làm tròn.", "3"),
    Rule("OVERRIDE-1", "Điểm do người chấm quyết định và ghi rõ lý do.", "5"),
    Rule("NA-1", "Dòng không áp dụng cho đơn vị, điểm tối đa được bỏ khỏi tổng điểm tối đa.", "6"),
    Rule("NA-2", "Dòng không áp dụng cho đơn vị và được tính đủ điểm.", "6"),
    Rule("NA-3", "Dòng không áp dụng cho đơn vị và được tính 0 điểm.", "6"),
    Rule("NA-4", "Dòng không áp dụng, chấm theo nội dung thay thế.", "6"),
    Rule(
        "NA-5", "Không được giao chỉ tiêu nhưng có kết quả, so với kết quả cao nhất của khối.", "6"
    ),
    Rule(
        "NA-6",
        "Không được giao chỉ tiêu nhưng có kết quả, so với các đơn vị cùng không được giao.",
        "6",
    ),
    Rule("CAP-BONUS", "Tổng điểm thưởng không vượt mức tối đa.", "7.1"),
    Rule("CAP-DEDUCT", "Tổng điểm trừ không vượt mức tối đa.", "7.1"),
    Rule("CAP-TOTAL", "Tổng điểm nằm trong giới hạn của thang điểm.", "7.1"),
    Rule("TOTAL-1", "Tổng điểm bằng điểm các phần cộng điểm thưởng và trừ điểm phạt.", "7.1"),
    Rule("PERCENT-1", "Tỷ lệ bằng tổng điểm chia cho tổng điểm tối đa áp dụng cho đơn vị.", "7.1"),
    Rule("GATE-1", "Điều kiện xét không đạt, có hệ quả ghi trong quy chế.", "7.3"),
    Rule("GATE-2", "Chưa đủ thông tin để xét điều kiện này.", "7.3"),
    Rule("CLASS-1", "Đơn vị được xếp vào mức cao nhất mà mọi yêu cầu đều đạt.", "7.4"),
    Rule("CLASS-2", "Đơn vị chưa được xếp loại.", "7.4"),
    Rule("CLASS-3", "Mức xếp loại bị hạ theo điều kiện xét.", "7.3"),
    Rule("RANK-1", "Đơn vị có điểm cao hơn xếp trước.", "7.5"),
    Rule("RANK-2", "Đơn vị chưa được xếp hạng.", "7.5"),
    Rule("RANK-3", "Các đơn vị bằng nhau ở mọi tiêu chí thì xếp cùng hạng.", "7.5"),
    Rule("TIE-1", "Các đơn vị bằng điểm được phân hạng theo tiêu chí phụ.", "7.5"),
    Rule("FIGURE-1", "Số nhập vào phải là chữ số.", "2"),
    Rule("FIGURE-2", "Số nhập vào không được hiểu theo hai cách.", "2"),
    Rule("FIGURE-3", "Phần nguyên của số có nhiều nhất 15 chữ số.", "2"),
    Rule("FIGURE-4", "Số nhập vào có nhiều nhất 3 chữ số sau dấu phẩy.", "2"),
)
RULES = {rule.id: rule for rule in _RULES}
