"""Foreign keys follow the same order as imports; as text they escape the import contract."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.db import models

from thidua.year import STAGES

ORDER = ["accounts", "ledger", "files", "mail", "registry", *STAGES, "web"]
PLATFORM = {"accounts", "ledger", "files", "mail"}


def against_the_order(arrows: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The arrows (from, to) that point to a later app."""
    return [
        (here, there)
        for here, there in arrows
        if ORDER.index(there) > ORDER.index(here) and not {here, there} <= PLATFORM
    ]


def arrows() -> list[tuple[str, str]]:
    ours = [model for model in apps.get_models() if model._meta.app_label in ORDER]
    return [
        (model._meta.app_label, field.related_model._meta.app_label)
        for model in ours
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and isinstance(field.related_model, type)
    ]


def test_no_foreign_key_points_to_a_later_stage() -> None:
    found = arrows()

    assert ("scoring", "rulebook") in found
    assert against_the_order(found) == []


def test_a_planted_arrow_is_found() -> None:
    assert against_the_order([("bloc", "scoring")]) == [("bloc", "scoring")]


def test_every_stage_stands_in_the_list() -> None:
    labels = {config.label for config in apps.get_app_configs() if ".year." in config.name}

    assert labels == set(STAGES)
