"""Rules of the progress stage: every id a finding of it may carry, with its sentence."""

from __future__ import annotations

RULES: dict[str, str] = {
    "PROGRESS-1": "Kết quả chỉ ghi cho dòng có trong thang điểm và lấy được con số.",
    "PROGRESS-2": "Kết quả ghi đến một ngày trong năm thi đua, không ở sau hôm nay.",
    "PROGRESS-3": "Kết quả không âm.",
    "PROGRESS-4": "Kết quả ghi từ ngày mở báo cáo; quá hạn thì ghi thêm nếu Khối nhận chậm.",
    "EVIDENCE-1": "Minh chứng phải có trích yếu; ngày ban hành không ở sau hôm nay.",
    "EVIDENCE-2": "Minh chứng chỉ dẫn ở dòng có trong thang điểm, mỗi trang một lần.",
    "EVIDENCE-3": "Minh chứng đang được dẫn thì không bỏ khỏi kho.",
    "EVIDENCE-4": (
        "Minh chứng đã gửi kèm bảng chấm thì giữ lại; được trả lại dòng đó thì mới gỡ được."
    ),
    "EVIDENCE-5": "Văn bản, lượt dẫn đã bỏ đi thì không dẫn, không gỡ lại lần nữa.",
    "EVIDENCE-6": "Một tệp nạp hai lần vẫn là một văn bản trong kho của đơn vị.",
    "EVIDENCE-7": (
        "Văn bản đã gửi kèm bảng chấm thì giữ nguyên; được trả lại dòng dẫn thì mới sửa được."
    ),
    "EVIDENCE-8": "Thông tin lấy từ tên tệp phải có người xác nhận rồi văn bản mới được dẫn.",
    "EVIDENCE-9": "Hai người cùng sửa một văn bản thì người sau được báo, không ghi đè.",
}
