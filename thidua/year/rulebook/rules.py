"""Rules of the rulebook: every id a finding of this stage may carry, with its sentence."""

from __future__ import annotations

RULES: dict[str, str] = {
    "SCALE-1": "Tệp thang điểm phải đọc được và đúng khuôn; sai ở dòng nào thì báo đúng dòng đó.",
    "SCALE-2": "Nội dung giống hệt một phiên bản đã có thì không nạp thêm lần nữa.",
    "SCALE-3": "Thang điểm còn lỗi khi soát thì chưa thông qua được.",
    "SCALE-4": "Phiên bản đã thông qua được giữ nguyên; sửa thì nạp phiên bản mới.",
    "SCALE-5": "Ngày thông qua không muộn hơn ngày ghi nhận.",
    "SCALE-6": "Hai nội dung khác nhau không mang cùng ký hiệu và phiên bản.",
    "SCALE-7": "Ký hiệu, phiên bản, tên thang điểm, mã và nội dung dòng có độ dài giới hạn; "
    "chữ trong tệp không có ký tự không đọc được.",
    "SCALE-8": "Hai người cùng sửa một ô thì người sau thấy điều người trước ghi, "
    "không ai bị ghi đè.",
    "SCALE-10": "Chép được thang điểm đã thông qua của Khối mình, "
    "của Khối khác khi năm đó đã khép.",
    "SCALE-11": "Bảng Excel, Word thành dự thảo khi người soạn đã chọn cột và xem từng dòng.",
    "SCALE-12": "Bản sửa trong năm nói rõ lý do, và điểm đã chấm được giữ hay chuyển thế nào.",
    "SCALE-9": "Việc sửa phải để lại một thang điểm đọc được: mục không trống, dòng còn đó.",
}
