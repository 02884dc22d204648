"""Rules of the registry: every id a finding of this part may carry, with its sentence."""

from __future__ import annotations

RULES: dict[str, str] = {
    "RIGHT-1": "Việc này thuộc cương vị khác.",
    "TEXT-1": "Ô bắt buộc phải được ghi.",
    "TEXT-2": "Chữ ghi vào không dài hơn mức cho phép.",
    "TEXT-3": "Chữ ghi vào không chứa ký tự không đọc được.",
    "UNIT-1": "Văn bản về đơn vị không ghi ngày sau hôm nay.",
    "UNIT-2": "Tên mới có hiệu lực sau ngày bắt đầu của tên đang dùng và không sau hôm nay.",
    "UNIT-3": "Đơn vị đã giải thể không đổi tên, không nhận thêm người.",
    "UNIT-4": "Tên mới phải khác tên đang dùng.",
    "POST-1": "Chuyên viên, lãnh đạo, thư ký, người thẩm định thuộc một đơn vị; "
    "cơ quan thường trực và quản trị hệ thống không thuộc đơn vị nào.",
    "POST-2": "Cương vị kết thúc không trước ngày bắt đầu.",
    "POST-3": "Một người không giữ hai lần cùng một cương vị trong cùng thời gian.",
    "POST-4": "Cương vị đã kết thúc thì không kết thúc lại.",
    "POST-5": "Luôn còn ít nhất một người quản trị hệ thống đăng nhập được.",
    "INVITE-1": "Chỉ mời vào cương vị chưa kết thúc, của người chưa có tài khoản.",
    "INVITE-2": "Mỗi lời mời nhận một lần, trong 7 ngày, khi chưa bị thu hồi hoặc trả lại.",
    "INVITE-3": "Lời mời chỉ nhận được bằng tài khoản có thư mà lời mời gửi tới.",
    "INVITE-4": "Liên kết mời không đổi được mật khẩu của tài khoản đã có.",
    "INVITE-5": "Mật khẩu có ít nhất 12 ký tự.",
    "FOUND-1": "Tên địa phương, ngành không trùng nhau trong một bản cài đặt.",
    "FOUND-2": "Thư của người quản trị đầu tiên chưa thuộc tài khoản nào.",
    "FOUND-3": "Lệnh cài đặt chỉ in liên kết mới cho người đang là quản trị hệ thống.",
}
