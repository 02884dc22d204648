"""Rules of scoring: every id a finding of this stage may carry, with its sentence."""

from __future__ import annotations

RULES: dict[str, str] = {
    "SHEET-1": "Bảng chấm mở cho từng đơn vị thành viên theo thang điểm đã thông qua.",
    "SHEET-2": "Mỗi việc chấm điểm chỉ làm được khi bảng của đơn vị ở đúng bước.",
    "SHEET-3": "Mỗi việc chấm điểm làm trong thời gian Khối quy định cho việc đó.",
    "SHEET-4": "Bảng của đơn vị khác chỉ mở theo quy định về công khai điểm của Khối.",
    "SHEET-5": "Bảng đã gửi không rút lại được khi các đơn vị đã xem được bảng của nhau.",
    "LINE-1": "Chỉ chấm được dòng có trong thang điểm của bảng.",
    "LINE-2": "Mỗi dòng chỉ nhận loại số liệu mà quy tắc của dòng cần.",
    "LINE-3": "Điểm ghi tay nằm trong khung điểm của dòng.",
    "LINE-4": "Số đếm là số nguyên từ 0 trở lên, chỉ tiêu và kết quả so sánh không âm.",
    "LINE-5": "Ngày ghi theo ngày, tháng, năm có thật.",
    "LINE-6": "Dòng không áp dụng phải ghi lý do.",
    "LINE-7": "Khi bảng bị trả lại, chỉ các dòng bị trả lại mở ra để sửa.",
    "LINE-8": "Hai người sửa cùng một dòng thì không số nào bị ghi đè, người sau chọn một.",
    "FACT-1": "Thông tin của đơn vị dùng trong thang điểm phải đúng loại số, ngày, có hoặc không.",
    "FACT-2": "Sau khi gửi, đơn vị chỉ sửa thông tin của đơn vị khi thông tin đó bị trả lại.",
    "SUBMIT-1": "Chỉ gửi bảng tự chấm khi không còn dòng nào chưa chấm hoặc có lỗi.",
    "SUBMIT-2": "Dòng tự chấm khác điểm máy gợi ý phải có lý do.",
    "SUBMIT-3": "Dòng phải có minh chứng thì dẫn ít nhất một tài liệu.",
    "SUBMIT-4": "Dòng chấm theo nhận định phải có lý do hoặc dẫn một minh chứng.",
    "SUBMIT-5": "Điểm do cơ quan khác chấm phải ghi nguồn.",
    "RETURN-1": "Dòng trả lại phải ghi lý do và là dòng đơn vị đã chấm.",
    "RETURN-2": "Chỉ gửi lại khi mọi dòng bị trả lại đã được sửa, trả lời hoặc thêm minh chứng.",
    "RETURN-3": "Người làm bước đó và Trưởng khối rút lại được việc trả lại, kèm lý do; điều đơn "
    "vị đã ghi từ đó vẫn giữ.",
    "VERIFY-1": "Điểm thẩm định khác điểm tự chấm phải có lý do.",
    "VERIFY-2": "Chỉ kết thúc thẩm định khi mọi dòng đã được xem và không còn dòng bị trả lại.",
    "EXPLAIN-1": "Đơn vị giải trình về dòng có điểm thẩm định khác điểm tự chấm.",
    "EXPLAIN-2": "Mỗi giải trình được trả lời một lần bằng một câu trả lời có nội dung.",
    "EXPLAIN-3": "Giải trình được trả lời trước khi kết thúc thẩm định và trước khi thông qua.",
    "EXCEL-1": "Tệp Excel nạp vào phải là bảng tự chấm của đúng đơn vị, năm và thang điểm.",
    "EXCEL-2": "Dòng của tệp Excel chỉ nhận khi đọc được và đúng loại số liệu của tiêu chí.",
    "EXCEL-3": "Đơn vị tự chọn dòng nhận từ tệp Excel; các dòng đã chọn được nhận cùng một lúc.",
    "EXPLAIN-4": "Trả lời giải trình kèm sửa điểm thì người làm bước đó sửa.",
    "EXPLAIN-5": "Người trả lời giải trình chọn giữ nguyên điểm, hoặc ghi điểm mới.",
    "STEP-1": "Các bước chấm điểm đặt trước khi đơn vị đầu tiên gửi bảng, sau đó chỉ đổi tên và "
    "thời gian.",
    "STEP-2": "Mỗi bước có người làm: tổ thẩm định có đơn vị, tiêu chí có cơ quan phụ trách.",
    "STEP-3": "Bước chỉ nêu dòng có trong thang điểm, mỗi dòng một cơ quan phụ trách.",
    "STEP-4": "Thời gian của bước có ngày mở và hạn, hạn sau ngày mở và sau hạn bước trước.",
    "STEP-5": "Người làm một bước chỉ ghi, trả lại dòng thuộc phần việc của mình ở bước đó.",
    "STEP-6": "Nhiều đơn vị ghi điểm riêng ở chấm chéo và tổ thẩm định; chấm kín thì phải ghi "
    "riêng.",
    "RATE-1": "Ở bước nhiều đơn vị cùng chấm, mỗi đơn vị chỉ ghi điểm của mình.",
    "RATE-2": "Điểm của một đơn vị khác số trước đó phải có lý do.",
    "RATE-3": "Kết thúc bước nhiều đơn vị cùng chấm khi mọi đơn vị đã chấm, hoặc Trưởng khối kết "
    "thúc kèm lý do, nêu tên đơn vị thiếu.",
    "RATE-4": "Chỉ giữ nguyên dòng đã có điểm; dòng không áp dụng thì giữ nguyên hoặc trả lại.",
    "ADOPTED-1": "Điểm hội nghị quyết khác điểm thẩm định phải có lý do.",
}
