"""Which lines of a sheet rest on sample values, so that ° stands wherever they are shown."""

from __future__ import annotations

from thidua.year.scoring.facts import SheetFacts, YearFacts
from thidua.year.scoring.lines import Ask

FROM_ELSEWHERE = (Ask.PAIR, Ask.NUMBER)


def made_up_keys(facts: YearFacts, sheet: SheetFacts) -> frozenset[str]:
    """Lines with a made-up entry, result or target, and the groups they are counted in."""
    own = {code for (code, _), entry in facts.entries_of(sheet.pk).items() if entry.synthetic}
    results = facts.results.get(sheet.unit_id, {})
    targets = facts.targets.get(sheet.unit_id, {})
    found: set[str] = set()
    for line in facts.scale_of(sheet).lines:
        given = line.ask in FROM_ELSEWHERE and (
            (line.key in results and results[line.key].synthetic)
            or (line.key in targets and targets[line.key].synthetic)
        )
        if given or line.key in own:
            found.update((line.key, *line.above))
    return frozenset(found)


def rests_on_samples(facts: YearFacts, sheet: SheetFacts) -> bool:
    """Whether a total of the sheet counts a made-up figure."""
    return sheet.synthetic or bool(made_up_keys(facts, sheet))
