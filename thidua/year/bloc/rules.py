"""Rules of the bloc stage: every id a finding of this stage may carry, with its sentence."""

from __future__ import annotations

RULES: dict[str, str] = {
    "YEAR-1": "Năm đã khép chỉ còn để xem.",
    "YEAR-2": "Bảng điểm đã thông qua thì mở lại, có lý do, rồi mới sửa điều làm nên bảng điểm.",
    "BLOC-1": "Khối có từ 2 đến 20 đơn vị thành viên.",
    "BLOC-2": "Mỗi đơn vị là thành viên một lần trong một năm thi đua.",
    "BLOC-3": "Mỗi khối có một năm thi đua cho mỗi năm.",
    "BLOC-4": "Văn bản thành lập khối không ghi ngày sau hôm nay.",
    "BLOC-5": "Năm thi đua kết thúc sau ngày bắt đầu và kéo dài nhiều nhất hai năm.",
    "BLOC-6": "Tên chỉ một đơn vị; trùng tên thì phải chọn đơn vị trong danh bạ.",
    "BLOC-7": "Đơn vị rời khối sau ngày tham gia.",
    "OFFICE-1": "Trưởng khối, Phó khối là đơn vị thành viên của khối.",
    "OFFICE-2": "Trưởng khối và Phó khối là hai đơn vị khác nhau.",
    "OFFICE-3": "Nhiệm kỳ mới bắt đầu không trước nhiệm kỳ đang giữ.",
    "OFFICE-4": "Trưởng khối rời khối sau khi đơn vị khác đã được cử.",
    "WINDOW-1": "Mỗi mốc có ngày mở và hạn, hạn sau lúc mở.",
    "WINDOW-2": "Mốc nằm quanh năm thi đua: không quá một năm trước, không quá hai năm sau.",
    "WINDOW-3": "Đổi hạn của việc đã mở phải ghi lý do.",
    "WINDOW-4": "Việc đã mở thì không bỏ mốc.",
    "SETTING-1": "Số đơn vị dự tối thiểu là phân số từ 1/100 tới 1/1.",
    "CHECK-1": "Không đơn vị nào thẩm định bảng điểm của chính mình.",
    "CHECK-2": "Chỉ phân công giữa các đơn vị thành viên của khối.",
}
