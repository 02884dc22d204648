"""What the papers are made from: the adopted table and what the conference recorded beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from thidua.platform.documents.model import Letterhead
from thidua.year.bloc.models import Bloc
from thidua.year.bloc.paper import letterhead_of
from thidua.year.conference.models import Adoption, Election, Nomination
from thidua.year.conference.moves import Move, moves_between
from thidua.year.conference.queries import ConferenceFacts, names_of
from thidua.year.conference.quorum import Quorum
from thidua.year.conference.snapshot import Meeting, Snapshot, read_snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """One line of the roll call; ``present`` None: nobody noted it."""

    unit: str
    present: bool | None
    representative: str
    position: str
    synthetic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """An office or an award that the conference gave, with the method and the votes in words."""

    what: str
    unit: str
    method: str
    votes: str
    synthetic: bool
    ground: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """The adopted version in force, with its marks."""

    snapshot: Snapshot
    fingerprint: str
    ledger_root: str
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFacts:
    """Everything printed in the papers of one conference."""

    letterhead: Letterhead
    body: str  # abbreviation of the issuing body for the number line
    place: str
    standing_office: str
    bloc: str
    year: int
    held_on: date
    starts_at: time | None
    ends_at: time | None
    venue: str
    chair: str
    secretary: str
    guests: tuple[str, ...]
    remarks: tuple[str, ...]
    seats: tuple[Present, ...]
    quorum: Quorum
    elected: tuple[Decided, ...]
    nominated: tuple[Decided, ...]
    frozen: Frozen | None
    synthetic: bool

    @property
    def is_trial(self) -> bool:
        """Printed as "Bản thử": made-up values in it, or nothing adopted yet."""
        return self.frozen is None or self.synthetic or self.frozen.snapshot.has_synthetic


def paper_facts(facts: ConferenceFacts) -> PaperFacts:
    """Gather the papers' facts; raises LookupError before the meeting is recorded."""
    conference, quorum = facts.conference, facts.quorum
    if conference is None or quorum is None:
        raise LookupError("no conference recorded")
    year, frozen = facts.bloc_year, frozen_of(facts)
    decided = [row.unit for row in facts.elections] + [row.unit for row in facts.nominations]
    names = names_of(conference, decided)
    return PaperFacts(
        letterhead=letterhead_of(year),
        body="CTĐ" if year.bloc.kind == Bloc.Kind.CLUSTER else "KTĐ",
        place=year.jurisdiction.place,
        standing_office=year.jurisdiction.standing_office,
        bloc=year.bloc.name,
        year=year.year,
        held_on=conference.held_on,
        starts_at=conference.starts_at,
        ends_at=conference.ends_at,
        venue=conference.place,
        chair=conference.chair,
        secretary=conference.secretary,
        guests=_lines(conference.guests),
        remarks=_lines(conference.remarks),
        seats=seats_of(facts),
        quorum=quorum if frozen is None else _quorum_then(frozen.snapshot.meeting),
        elected=tuple(_elected(row, names[row.unit_id]) for row in facts.elections),
        nominated=tuple(_nominated(row, names[row.unit_id]) for row in facts.nominations),
        frozen=frozen,
        synthetic=_has_synthetic(facts),
    )


def _quorum_then(meeting: Meeting) -> Quorum:
    """As it stood when the table was adopted; settings and members may have changed since."""
    return Quorum(
        present=meeting.present,
        members=meeting.members,
        num=meeting.quorum_num,
        den=meeting.quorum_den,
    )


def frozen_of(facts: ConferenceFacts, *, version: int | None = None) -> Frozen | None:
    """The version in force, or an earlier one; None before the first adoption."""
    wanted = [one for one in facts.adoptions if version in (None, one.version)]
    if not wanted:
        return None
    adoption = wanted[0]
    snapshot = read_snapshot(adoption.snapshot)
    return Frozen(
        snapshot=snapshot,
        fingerprint=adoption.fingerprint,
        ledger_root=adoption.ledger_root,
        moves=_moves(facts, adoption, snapshot),
    )


def _moves(facts: ConferenceFacts, adoption: Adoption, snapshot: Snapshot) -> tuple[Move, ...]:
    before = [one for one in facts.adoptions if one.version == adoption.version - 1]
    if not before:
        return ()
    return moves_between(read_snapshot(before[0].snapshot), snapshot)


def seats_of(facts: ConferenceFacts) -> tuple[Present, ...]:
    """The roll call, one line per member of the day."""
    found: list[Present] = []
    for unit_id, name in facts.members:
        row = facts.attendance.get(unit_id)
        found.append(
            Present(
                unit=name,
                present=None if row is None else row.present,
                representative=row.representative if row else "",
                position=row.position if row else "",
                synthetic=row.synthetic if row else False,
            )
        )
    return tuple(found)


def _elected(row: Election, name: str) -> Decided:
    return Decided(
        what=row.get_office_display(),
        unit=name,
        method=row.get_method_display(),
        votes=votes_words(row),
        synthetic=row.synthetic,
    )


def _nominated(row: Nomination, name: str) -> Decided:
    return Decided(
        what=row.get_award_display(),
        unit=name,
        method=row.get_method_display(),
        votes=votes_words(row),
        synthetic=row.synthetic,
        ground=row.ground,
    )


def votes_words(row: Election | Nomination) -> str:
    """How many of how many were for it; empty where nothing was counted."""
    if row.votes_for is None or row.voters is None:
        return ""
    few = ", chưa quá nửa" if row.lacks_majority else ""
    return f"{row.votes_for}/{row.voters} phiếu thuận{few}"


def _has_synthetic(facts: ConferenceFacts) -> bool:
    rows = (*facts.attendance.values(), *facts.elections, *facts.nominations)
    whole = facts.conference is not None and facts.conference.synthetic
    return whole or facts.bloc_year.synthetic or any(row.synthetic for row in rows)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
