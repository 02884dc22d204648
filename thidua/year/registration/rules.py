"""Rules of registration: every id a finding of this stage may carry, with its sentence."""

from __future__ import annotations

RULES: dict[str, str] = {
    "REG-1": "Bản đăng ký chỉ sửa được khi đang soạn hoặc bị trả lại.",
    "REG-2": "Hai người cùng sửa thì người lưu sau được báo trước khi thay.",
    "REG-3": "Chỉ tiêu gắn vào ô phải đúng mã ô của thang điểm đang áp dụng.",
    "REG-4": "Mỗi ô của thang điểm gắn một chỉ tiêu của đơn vị.",
    "REG-5": "Chỉ tiêu và kết quả năm trước là số không âm.",
    "REG-6": "Chỉ tiêu được giao là bắt buộc, đơn vị không sửa.",
    "REG-7": "Chỉ tiêu phải có tên, và có số hoặc có lời.",
    "REG-8": "Ô của thang điểm phải có chỉ tiêu, hoặc có lý do để trống, trước khi trình.",
    "REG-9": "Đăng ký trình và gửi trong thời gian Khối đặt; quá hạn thì theo quy định của Khối.",
    "REG-10": "Lãnh đạo đơn vị duyệt bản đăng ký đã trình.",
    "REG-11": "Trưởng khối nhận bản đăng ký lãnh đạo đơn vị đã duyệt.",
    "REG-12": "Trả lại bản đăng ký phải kèm lý do.",
    "REG-13": "Chỉ giao chỉ tiêu cho đơn vị thành viên của Khối.",
    "REG-14": "Số tập thể, cá nhân của danh hiệu là số nguyên từ 1 đến 1.000.000; "
    "số đơn vị đăng ký theo nguồn từ 0 đến 1.000.",
    "REG-15": "Mỗi bản đăng ký có nhiều nhất 30 nhiệm vụ trọng tâm và 60 chỉ tiêu.",
    "REG-16": "Số lượng theo nguồn phải ghi rõ nguồn.",
    "REG-17": "Chỉ tiêu được giao phải ghi văn bản giao hoặc mục, khoản.",
}
