"""Trợ giúp theo việc: the topics, and which of them a page's "Trợ giúp" leads to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Topic:
    """One page of help; its words stand in templates/thidua/help/<slug>.html."""

    slug: str
    title: str

    @property
    def template(self) -> str:
        """The page itself."""
        return f"thidua/help/{self.slug}.html"


@dataclass(frozen=True, slots=True)
class Part:
    """Topics that belong together, as the index shows them."""

    title: str
    topics: tuple[Topic, ...]


PARTS: tuple[Part, ...] = (
    Part(
        "Làm quen",
        (
            Topic("nam-thi-dua", "Một năm thi đua trong phần mềm"),
            Topic("cac-con-so", "Các con số trong bảng điểm"),
            Topic("hay-hoi", "Hay hỏi"),
        ),
    ),
    Part(
        "Thang điểm",
        (
            Topic("soan-thang-diem", "Soạn thang điểm trên màn hình"),
            Topic("thang-diem-tu-bang", "Thang điểm từ bảng Excel, Word hoặc tệp thang điểm"),
            Topic("thang-theo-loai", "Thang điểm riêng theo loại đơn vị"),
            Topic("phien-ban", "Phiên bản trong năm và điểm đã chấm"),
            Topic("tieu-chi-dot-xuat", "Tiêu chí đột xuất, phát sinh trong năm"),
            Topic("chay-thu", "Chạy thử thang điểm và ghép dòng"),
        ),
    ),
    Part(
        "Chấm điểm",
        (
            Topic("bang-tu-cham", "Bảng tự chấm"),
            Topic("kho-minh-chung", "Kho minh chứng"),
            Topic("cham-bang-excel", "Chấm điểm bằng Excel"),
            Topic("cac-buoc", "Các bước chấm điểm"),
            Topic("boc-tham", "Bốc thăm thẩm định chéo"),
            Topic("tham-dinh", "Thẩm định và trả lại"),
            Topic("giai-trinh", "Giải trình"),
            Topic("do-vung", "Thứ hạng vững đến đâu"),
        ),
    ),
)
TOPICS: Mapping[str, Topic] = {one.slug: one for part in PARTS for one in part.topics}

# The topic of a page by its URL name, else that of all pages of its stage, else the index.
TOPIC_OF: Mapping[str, str] = {
    "year": "nam-thi-dua",
    "history": "nam-thi-dua",
    "bloc": "nam-thi-dua",
    "bloc:kinds": "thang-theo-loai",
    "bloc:checkers": "boc-tham",
    "bloc:draw": "boc-tham",
    "bloc:draw_word": "boc-tham",
    "bloc:draw_pdf": "boc-tham",
    "bloc:draw_file": "boc-tham",
    "bloc:conflicts": "boc-tham",
    "rulebook": "soan-thang-diem",
    "rulebook:import": "thang-diem-tu-bang",
    "rulebook:table": "thang-diem-tu-bang",
    "rulebook:columns": "thang-diem-tu-bang",
    "rulebook:lines": "thang-diem-tu-bang",
    "rulebook:adopt": "phien-ban",
    "rulebook:new_version": "phien-ban",
    "rulebook:difference": "phien-ban",
    "rulebook:criterion": "tieu-chi-dot-xuat",
    "progress": "kho-minh-chung",
    "scoring": "bang-tu-cham",
    "scoring:rehearsal": "chay-thu",
    "scoring:matching": "chay-thu",
    "scoring:table": "cac-con-so",
    "scoring:why": "cac-con-so",
    "scoring:why_total": "cac-con-so",
    "scoring:new_version": "phien-ban",
    "scoring:steps": "cac-buoc",
    "scoring:firmness": "do-vung",
    "scoring:workbook": "cham-bang-excel",
    "scoring:workbook_compare": "cham-bang-excel",
    "scoring:verify": "tham-dinh",
    "scoring:verify_line": "tham-dinh",
    "scoring:confirm_rest": "tham-dinh",
    "scoring:finish": "tham-dinh",
    "scoring:explanations": "giai-trinh",
    "scoring:answer": "giai-trinh",
    "scoring:explain": "giai-trinh",
    "conference": "nam-thi-dua",
    "conference:firmness": "do-vung",
    "registration": "nam-thi-dua",
    "record": "nam-thi-dua",
}


def help_url(view_name: str) -> str:
    """Where "Trợ giúp" on a page leads; `view_name` is the page's URL name, empty for none."""
    stage = view_name.partition(":")[0]
    slug = TOPIC_OF.get(view_name) or TOPIC_OF.get(stage)
    return reverse("help_topic", args=[slug]) if slug else reverse("help")
