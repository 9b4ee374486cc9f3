"""Decides on the rows of one delivery, each by the first rule that it meets; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from registry.aid.recipients import Found, identifies, look_up, recipient

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from sqlalchemy import Connection

    from registry.aid.lines import Line

ACCEPTED: Final = "accepted"
REVERSAL: Final = "reversal"
UNCHANGED: Final = "unchanged"
HELD: Final = "held"
REJECTED: Final = "rejected"
NOBODY: Final = Found()


@dataclass(frozen=True, slots=True)
class Original:
    """A line that the agency delivered before: what a later row with its reference, or against it, is compared with.

    ``line_id`` is none while it is held. ``reversal``: it takes back itself, and cannot be taken back.
    """

    content_key: bytes
    line_id: int | None
    reversal: bool
    day: date | None
    amount_rm: Decimal | None
    taken_back: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with what becomes of it; ``code`` says why where it is held or rejected."""

    line: Line
    fate: str
    code: str | None = None
    found: Found = NOBODY
    line_id: int | None = None
    """Of a reversal: the line that it takes back."""


def judge(connection: Connection, lines: Sequence[Line], known: Mapping[str, Original]) -> list[Judged]:
    """All rows of a delivery but for double aid, which the database judges, and the reversals of its own lines.

    A reversal that names no line of ``known`` is left as :data:`REVERSAL` without a line.
    """
    judged: list[Judged] = []
    open_: list[Line] = []
    seen: set[str] = set()
    gone = {reference for reference, original in known.items() if original.taken_back}
    for line in lines:
        fate = _by_reference(line, known, seen)
        seen.add(line.reference)
        if fate is None and line.wrong:
            fate = Judged(line, REJECTED, line.wrong)
        if fate is None and line.reversal and line.original in known:
            fate = judge_reversal(line, known[line.original], taken_back=line.original in gone)
            if fate.fate == REVERSAL:
                gone.add(line.original)
        if fate is None and line.reversal:
            fate = Judged(line, REVERSAL)
        if fate is None:
            open_.append(line)
        else:
            judged.append(fate)
    register = look_up(connection, open_)
    for line in open_:
        if identifies(line, register):
            judged.append(_by_recipient(line, recipient(line, register)))
        else:
            judged.append(Judged(line, REJECTED, "tiada_pengenalan"))
    return judged


def judge_reversal(line: Line, original: Original | None, *, taken_back: bool) -> Judged:
    """A row that takes back a line: of an earlier delivery, or of the same one."""
    if original is None or original.reversal:
        return Judged(line, REJECTED, "asal_tidak_ditemui")
    if original.line_id is None:
        return Judged(line, HELD, "asal_ditahan")
    if taken_back:
        return Judged(line, REJECTED, "sudah_dibatalkan")
    if line.amount_rm != original.amount_rm:
        return Judged(line, REJECTED, "amaun_batal_tidak_sama")
    if line.day and original.day and line.day < original.day:
        return Judged(line, REJECTED, "tarikh_sebelum_asal")
    return Judged(line, REVERSAL, line_id=original.line_id)


def _by_reference(line: Line, known: Mapping[str, Original], seen: set[str]) -> Judged | None:
    if not line.reference:
        return Judged(line, REJECTED, "rujukan_kosong")
    if line.reference in seen:
        return Judged(line, REJECTED, "rujukan_berulang")
    before = known.get(line.reference)
    if before is None:
        return None
    if before.content_key == line.content_key:
        return Judged(line, UNCHANGED)
    return Judged(line, REJECTED, "rujukan_bercanggah")


def _by_recipient(line: Line, found: Found) -> Judged:
    if found.problem:
        return Judged(line, HELD if found.held else REJECTED, found.problem, found)
    if line.kind and line.day and line.period and line.amount_rm is not None:
        ceiling = line.kind.ceiling(line.day, line.period)
        if ceiling is not None and line.amount_rm > ceiling:
            return Judged(line, HELD, "amaun_melebihi_kadar", found)
    return Judged(line, ACCEPTED, None, found)
