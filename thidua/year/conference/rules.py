"""Rules of the conference: every id a finding of this stage may carry, with its sentence."""

from __future__ import annotations

RULES: dict[str, str] = {
    "QUORUM-1": "Hội nghị đủ điều kiện họp khi số đơn vị có mặt đạt tỷ lệ tối thiểu của Khối.",
    "CONF-1": "Thông tin hội nghị và điểm danh chỉ sửa được trước khi thông qua bảng điểm.",
    "CONF-2": "Ngày họp không sớm hơn ngày bắt đầu năm thi đua.",
    "CONF-3": "Phải ghi thông tin hội nghị trước khi ghi quyết định của hội nghị.",
    "CONF-4": "Quyết định của hội nghị chỉ ghi được từ ngày họp.",
    "ATTEND-1": "Điểm danh ghi cho đúng các đơn vị thành viên của Khối vào ngày họp.",
    "UNRANKED-1": "Đơn vị không xếp hạng phải kèm lý do và được ghi trước khi thông qua.",
    "UNRANKED-2": "Chỉ đơn vị thành viên của Khối mới được ghi là không xếp hạng.",
    "ADOPT-1": "Không thông qua khi còn dòng chưa chấm, chưa quyết hoặc có lỗi.",
    "ADOPT-2": "Không thông qua khi còn bảng điểm chưa thẩm định xong.",
    "ADOPT-3": "Mỗi bảng điểm chỉ thông qua một lần. Sửa thì thông qua lại, kèm lý do.",
    "ADOPT-4": "Mỗi đơn vị thành viên phải có bảng điểm hoặc được ghi là không xếp hạng.",
    "CORRECT-1": "Chỉ thông qua lại bảng điểm đã thông qua và đã mở để sửa.",
    "CORRECT-2": "Mở lại và thông qua lại bảng điểm phải ghi lý do.",
    "CORRECT-3": "Bảng điểm không đổi thì không lập lần mới.",
    "CORRECT-4": "Chỉ khóa lại như cũ khi bảng điểm không khác lần đang có hiệu lực.",
    "VOTE-1": "Số phiếu thuận không vượt quá số phiếu, hai số ghi cùng nhau.",
    "VOTE-2": "Bỏ phiếu kín bằng phiếu giấy phải ghi số phiếu thuận và tổng số phiếu.",
    "ELECT-1": "Trưởng khối, Phó khối năm sau là đơn vị thành viên của Khối.",
    "ELECT-2": "Trưởng khối và Phó khối là hai đơn vị khác nhau.",
    "NOMINATE-1": "Đơn vị được suy tôn là đơn vị thành viên của Khối.",
    "NOMINATE-2": "Mỗi đơn vị được suy tôn một lần cho một hình thức khen.",
    "NOMINATE-3": "Đơn vị thuộc điều kiện không xét thì không được suy tôn.",
    "NOMINATE-4": "Hội nghị của Khối chỉ suy tôn danh hiệu, hình thức khen dành cho đơn vị.",
    "CLOSE-1": "Chỉ khép năm khi bảng điểm đã được hội nghị thông qua.",
    "CLOSE-2": "Bảng điểm đang mở để sửa phải được thông qua lại trước khi khép năm.",
    "CLOSE-3": "Đơn vị thuộc điều kiện không xét không còn trong danh sách suy tôn khi khép năm.",
}
