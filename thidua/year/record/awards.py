"""Titles and commendation forms a unit can aim for or be nominated for (glossary).

Law on Emulation and Commendation 06/2022/QH15, chapters II and III. Conditions are not judged here.
"""

from __future__ import annotations

from django.db import models


class Award(models.TextChoices):
    """Danh hiệu thi đua và hình thức khen thưởng that appear on a bloc's path."""

    GOVERNMENT_FLAG = "government_flag", "Cờ thi đua của Chính phủ"
    PROVINCE_FLAG = "province_flag", "Cờ thi đua của UBND tỉnh"
    MERIT_CERTIFICATE = "province_merit_certificate", "Bằng khen của UBND tỉnh"
    EXCELLENT_COLLECTIVE = "excellent_collective", "Tập thể lao động xuất sắc"
    ADVANCED_COLLECTIVE = "advanced_collective", "Tập thể lao động tiên tiến"
    FIGHTER_NATIONAL = "emulation_fighter_national", "Chiến sĩ thi đua toàn quốc"
    FIGHTER_PROVINCE = "emulation_fighter_province", "Chiến sĩ thi đua cấp tỉnh"
    FIGHTER_BASE = "emulation_fighter_base", "Chiến sĩ thi đua cơ sở"
    ADVANCED_WORKER = "advanced_worker", "Lao động tiên tiến"


UNIT_AWARDS = (Award.GOVERNMENT_FLAG, Award.PROVINCE_FLAG, Award.MERIT_CERTIFICATE)
SUB_COLLECTIVE_AWARDS = (Award.EXCELLENT_COLLECTIVE, Award.ADVANCED_COLLECTIVE)
PERSON_AWARDS = (
    Award.FIGHTER_NATIONAL,
    Award.FIGHTER_PROVINCE,
    Award.FIGHTER_BASE,
    Award.ADVANCED_WORKER,
)
