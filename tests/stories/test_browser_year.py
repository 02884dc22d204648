"""One bloc, one year, in the browser: from the founding decision to the printed ranking.

Played by the standing office, the head, two officers and a verifier, by labels and names that they
read on the pages. The bloc is new; nothing of it exists before the story starts.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.live import Site
from tests.stories.chapter_conference import (
    close_the_year,
    decide_the_rest,
    end_explanations,
    hold_the_conference,
    open_why,
    read_the_papers,
)
from tests.stories.chapter_founding import (
    FARMING,
    JUSTICE,
    TRADE,
    found_the_bloc,
    give_positions,
    prepare_the_year,
)
from tests.stories.chapter_scoring import (
    OF_FARMING,
    OF_JUSTICE,
    OF_TRADE,
    explain,
    score_by_keyboard,
    send,
    upload_and_cite,
    verify,
    verify_the_others,
)
from tests.stories.official import office

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_one_bloc_from_the_founding_decision_to_the_printed_ranking(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    with office(browser, site) as rooms:
        standing = rooms.arrives("standing")
        found_the_bloc(standing)
        newcomer = give_positions(rooms, standing)
        head, officer, verifier = (rooms.arrives(one) for one in ("head", "officer", "verifier"))
        head.take_position(FARMING)
        officer.take_position(TRADE)
        verifier.take_position(JUSTICE)
        prepare_the_year(head, tmp_path)
        score_by_keyboard(officer, OF_TRADE)
        officer.picture("year-14-scored")
        upload_and_cite(officer)
        send(officer)
        for person, own in ((head, OF_FARMING), (newcomer, OF_JUSTICE)):
            score_by_keyboard(person, own)
            upload_and_cite(person)
            send(person)
        verify(verifier, officer)
        verify_the_others(officer, head)
        explain(officer, verifier)
        end_explanations(head)
        hold_the_conference(head)
        open_why(officer)
        decide_the_rest(head)
        read_the_papers(head, tmp_path)
        close_the_year(head, standing)
