"""Score sheets: one per unit, an entry per line and stage. Nothing overwrites another stage."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from thidua.platform.files.models import StoredFile
from thidua.registry.models import Unit
from thidua.registry.owned import Owned
from thidua.year.bloc.models import BlocYear
from thidua.year.rulebook.models import Scale


class Stage(models.TextChoices):
    """The stages that keep their own numbers, in order; each is laid over the one before.

    A bloc-year uses two to seven of them (`Step`); a stage it does not use has no entries and
    passes on what stood before it.
    """

    SELF = "self", "Tự chấm"
    CROSS = "cross", "Chấm chéo"
    SECTOR = "sector", "Cơ quan phụ trách tiêu chí"
    TEAM = "team", "Tổ thẩm định"
    VERIFIED = "verified", "Khối thẩm định"
    OFFICE = "office", "Cơ quan thường trực"
    ADOPTED = "adopted", "Thông qua"


BEFORE_CONFERENCE = Stage.OFFICE  # the last stage before the conference: what stands there then
MIDDLE = (Stage.CROSS, Stage.SECTOR, Stage.TEAM, Stage.VERIFIED, Stage.OFFICE)


class Step(Owned):
    """One stage as a bloc-year uses it; a year without rows scores in the usual three steps.

    `opens`, `closes`: null takes the bloc's window of verification. `lines`: codes of lines or
    groups, empty for all. `team`: keys of units. `owners`: the key of a unit by code. `evidence`
    speaks on the step of the self-scores alone.
    """

    class Combine(models.TextChoices):
        ONE = "one", "Một con số chung, người sau thấy và sửa được số của người trước"
        MEAN = "mean", "Mỗi đơn vị ghi một số, lấy trung bình cộng"
        MEDIAN = "median", "Mỗi đơn vị ghi một số, lấy trung vị"

    class Evidence(models.TextChoices):
        MANDATORY = "mandatory", "Thiếu minh chứng thì chưa gửi được"
        EXPLAIN = "explain", "Thiếu minh chứng thì ghi lý do ở dòng đó"

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="steps")
    stage = models.CharField("Bước", max_length=10, choices=Stage.choices)
    name = models.CharField("Tên bước", max_length=60, blank=True)
    opens = models.DateTimeField("Mở từ", null=True, blank=True)
    closes = models.DateTimeField("Hạn", null=True, blank=True)
    lines = models.JSONField("Chỉ các dòng", default=list)
    blind = models.BooleanField("Các đơn vị không thấy điểm của nhau", default=False)
    combine = models.CharField(
        "Khi nhiều đơn vị chấm", max_length=10, choices=Combine.choices, default=Combine.ONE
    )
    team = models.JSONField("Các đơn vị trong tổ", default=list)
    owners = models.JSONField("Đơn vị phụ trách từng dòng", default=dict)
    evidence = models.CharField(
        "Khi thiếu minh chứng",
        max_length=10,
        choices=Evidence.choices,
        default=Evidence.MANDATORY,
    )

    class Meta:
        ordering = ("bloc_year", "id")
        constraints = [
            models.UniqueConstraint(fields=("bloc_year", "stage"), name="step_once"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="step_stage"),
            models.CheckConstraint(
                condition=Q(opens=None, closes=None) | Q(closes__gt=F("opens")), name="step_period"
            ),
        ]

    def __str__(self) -> str:
        return self.name or Stage(self.stage).label


class Sheet(Owned):
    """One unit's sheet of the year and where it stands.

    `at_stage`: the step between self-scores and conference that works on it now; empty before it is
    sent and after the last of them.
    """

    class State(models.TextChoices):
        SELF = "self", "Đơn vị đang tự chấm"
        SUBMITTED = "submitted", "Đã gửi, chờ thẩm định"
        RETURNED = "returned", "Bị trả lại một số dòng"
        VERIFIED = "verified", "Đã thẩm định"
        ADOPTED = "adopted", "Hội nghị đã thông qua"

    bloc_year = models.ForeignKey(BlocYear, models.PROTECT, related_name="sheets")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="Đơn vị")
    scale = models.ForeignKey(Scale, models.PROTECT, related_name="sheets")
    state = models.CharField("Tình trạng", max_length=10, choices=State.choices, default=State.SELF)
    at_stage = models.CharField(
        "Bước đang làm", max_length=10, choices=Stage.choices, blank=True, default=""
    )
    late = models.BooleanField("Gửi chậm", default=False)
    verified_late = models.BooleanField("Thẩm định muộn", default=False)
    submitted_at = models.DateTimeField("Gửi thẩm định lúc", null=True, blank=True)
    submitted_by = models.CharField("Người gửi", max_length=400, blank=True)
    verified_at = models.DateTimeField("Thẩm định xong lúc", null=True, blank=True)
    verified_by = models.CharField("Người thẩm định", max_length=400, blank=True)
    fields = models.JSONField("Thông tin của đơn vị dùng trong thang điểm", default=dict)
    fields_version = models.PositiveIntegerField("Lần ghi thông tin", default=0)

    class Meta:
        ordering = ("bloc_year", "unit", "id")
        constraints = [
            models.UniqueConstraint(fields=("bloc_year", "unit"), name="sheet_once"),
            models.CheckConstraint(
                condition=Q(state__in=("self", "submitted", "returned", "verified", "adopted")),
                name="sheet_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.get_state_display()}"


class Entry(Owned):
    """What one stage says of one line: inputs, or points set by hand, or a plain confirmation."""

    class Kind(models.TextChoices):
        INPUT = "input", "Số liệu, quy tắc tính điểm"
        POINTS = "points", "Điểm ghi tay kèm lý do"
        CONFIRMED = "confirmed", "Giữ nguyên số của bước trước"

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="entries")
    code = models.CharField("Dòng", max_length=60)
    stage = models.CharField("Bước", max_length=10, choices=Stage.choices)
    kind = models.CharField("Cách ghi", max_length=10, choices=Kind.choices, default=Kind.INPUT)
    inputs = models.JSONField("Số liệu", default=dict)
    points = models.BigIntegerField("Điểm ghi tay (phần nghìn)", null=True, blank=True)
    reason = models.TextField("Lý do", blank=True)
    author = models.CharField("Người ghi", max_length=400)
    at = models.DateTimeField("Ghi lúc")
    version = models.PositiveIntegerField("Lần ghi", default=1)

    class Meta:
        ordering = ("sheet", "code", "stage", "id")
        constraints = [
            models.UniqueConstraint(fields=("sheet", "code", "stage"), name="entry_once"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="entry_stage"),
            models.CheckConstraint(
                # a unit may type its figure first and say why until it sends the sheet
                condition=Q(kind="points", points__isnull=False) & (~Q(reason="") | Q(stage="self"))
                | Q(kind__in=("input", "confirmed"), points__isnull=True),
                name="entry_points_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.code} {self.stage}"


UNIT_FACTS = "@"  # in place of a line: "Thông tin đơn vị"; no code of a scale may hold this sign


class LineReturn(Owned):
    """A line sent back to the unit with a reason; only returned lines reopen.

    The facts of the unit are sent back the same way, under `UNIT_FACTS`. `seen_version` and
    `seen_citation` say what stood there then: the version of the unit's entry (or of its facts),
    the newest citation. Whatever is newer is the unit's answer.
    """

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="returns")
    code = models.CharField("Dòng", max_length=60)
    reason = models.TextField("Lý do trả lại")
    author = models.CharField("Người trả lại", max_length=400)
    at = models.DateTimeField("Trả lại lúc")
    seen_version = models.PositiveIntegerField("Lần ghi khi trả lại", default=0)
    seen_citation = models.BigIntegerField("Lượt dẫn mới nhất khi trả lại", default=0)
    answered_at = models.DateTimeField("Đơn vị gửi lại lúc", null=True, blank=True)
    late = models.BooleanField("Gửi lại muộn", default=False)

    class Meta:
        ordering = ("sheet", "at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("sheet", "code"),
                condition=Q(answered_at=None),
                name="line_return_open_once",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="line_return_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.reason}"


class Explanation(Owned):
    """What the unit says about a line whose verified number differs, and the answer to it."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="explanations")
    code = models.CharField("Dòng", max_length=60)
    text = models.TextField("Giải trình của đơn vị")
    author = models.CharField("Người giải trình", max_length=400)
    at = models.DateTimeField("Giải trình lúc")
    late = models.BooleanField("Giải trình muộn", default=False)
    answer = models.TextField("Trả lời", blank=True)
    answered_by = models.CharField("Người trả lời", max_length=400, blank=True)
    answered_at = models.DateTimeField("Trả lời lúc", null=True, blank=True)
    answered_late = models.BooleanField("Trả lời muộn", default=False)

    class Meta:
        ordering = ("sheet", "code", "at", "id")

    def __str__(self) -> str:
        return f"{self.code}: {self.text}"


class SheetUpload(Owned):
    """A workbook a unit filled in and sent back; it waits until its lines are accepted."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="uploads")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    file_name = models.CharField("Tên tệp", max_length=200)
    author = models.CharField("Người nạp", max_length=400)
    at = models.DateTimeField("Nạp lúc")
    taken_lines = models.PositiveIntegerField("Số dòng đã nhận", default=0)
    taken_at = models.DateTimeField("Nhận lúc", null=True, blank=True)
    taken_by = models.CharField("Người nhận", max_length=400, blank=True)

    class Meta:
        ordering = ("sheet", "-at", "-id")

    def __str__(self) -> str:
        return self.file_name


class Rating(Owned):
    """What one unit says of one line at a step where several units rate.

    Either `points` of its own with a reason, or `kept`: the exact number it leaves as it stood
    ("18", "20/3"; `SET_ASIDE` for a line set aside).
    """

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="ratings")
    code = models.CharField("Dòng", max_length=60)
    stage = models.CharField("Bước", max_length=10, choices=Stage.choices)
    rater = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="Đơn vị chấm")
    points = models.BigIntegerField("Điểm (phần nghìn)", null=True, blank=True)
    kept = models.CharField("Số được giữ nguyên", max_length=120, blank=True)
    reason = models.TextField("Lý do", blank=True)
    author = models.CharField("Người ghi", max_length=400)
    at = models.DateTimeField("Ghi lúc")
    version = models.PositiveIntegerField("Lần ghi", default=1)

    class Meta:
        ordering = ("sheet", "code", "stage", "id")
        constraints = [
            models.UniqueConstraint(fields=("sheet", "code", "stage", "rater"), name="rating_once"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="rating_stage"),
            models.CheckConstraint(
                condition=(Q(points__isnull=False, kept="") & ~Q(reason=""))
                | (Q(points__isnull=True) & ~Q(kept="")),
                name="rating_points_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.code} {self.stage} {self.rater_id}"


SET_ASIDE = "na"


class StepClosing(Owned):
    """A step ended on a sheet: who, when; without which units' ratings, and why."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="closings")
    stage = models.CharField("Bước", max_length=10, choices=Stage.choices)
    author = models.CharField("Người kết thúc", max_length=400)
    at = models.DateTimeField("Kết thúc lúc")
    late = models.BooleanField("Kết thúc muộn", default=False)
    missing = models.TextField("Thiếu điểm của", blank=True)
    reason = models.TextField("Lý do không chờ", blank=True)

    class Meta:
        ordering = ("sheet", "at", "id")
        constraints = [
            models.UniqueConstraint(fields=("sheet", "stage"), name="step_closing_once"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="step_closing_stage"),
            models.CheckConstraint(
                condition=Q(missing="") | ~Q(reason=""), name="step_closing_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.stage}"
