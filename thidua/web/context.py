"""What every page needs around it: bloc and year switches, stages, person, notices."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from thidua.platform import clock


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of base.html."""
    return {"today": clock.today()}
