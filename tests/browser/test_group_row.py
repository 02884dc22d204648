"""What is answered for a whole group saves like every cell and holds up nothing behind it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.live import log_in

pytestmark = pytest.mark.browser


def test_a_group_marked_as_reviewed_is_saved_and_the_next_cells_too(desk: Page) -> None:
    log_in(desk, "officer")
    desk.click("a:has-text('Chấm tiếp')")
    box = desk.get_by_label("Đã rà soát, không có vi phạm nào khác").first
    box.set_checked(not box.is_checked())
    expect(box.locator("xpath=ancestor::th").locator(".sc-word")).to_contain_text("Đã lưu")

    field = desk.locator("input[data-field=result]").first
    field.fill("181")
    field.press("Enter")
    expect(field.locator("xpath=ancestor::td").locator(".sc-word")).to_contain_text("Đã lưu")
    desk.reload()
    assert field.input_value() == "181"


def test_a_fault_in_showing_one_answer_does_not_hold_up_the_next(desk: Page) -> None:
    log_in(desk, "officer")
    desk.click("a:has-text('Chấm tiếp')")
    first, second = (desk.locator("input[data-field=result]").nth(place) for place in (0, 1))
    desk.wait_for_load_state()  # the scripts that are to be broken have run
    desk.evaluate(
        """() => {
          const hear = thidua.hear;
          window.broken = 0;
          thidua.hear = (...all) => {
            if (!window.broken++) { window.onerror = () => true; throw new Error("mẫu"); }
            return hear(...all);
          };
        }"""
    )
    first.fill("182")
    first.press("Enter")
    second.fill("51")
    second.press("Enter")
    expect(second.locator("xpath=ancestor::td").locator(".sc-word")).to_contain_text("Đã lưu")
    assert desk.evaluate("window.broken") >= 2
