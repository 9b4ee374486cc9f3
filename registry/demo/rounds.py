"""Rounds of cleansing of the sample's office of Batu Gajah: one that is done, and one that is under way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select, text

from registry.accounts.models import AppUser
from registry.db import writing
from registry.errors import RegistryError
from registry.principals import Principal, Role
from registry.rounds.rounds import DecideRound, FreezeRound, decide_round, freeze_round, keep_unmarked

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Engine

OFFICE: Final = "PPKB-BG"
FIRST, SECOND = "ppkb.batugajah", "ppkb.lulus"
_REASONS: Final = {
    "meninggal": "Ketua isi rumah telah meninggal", "pindah_keluar": "Telah berpindah dari kawasan",
    "gugur_daftar": "Telah gugur daripada daftar", "terkeluar": "Pendapatan melebihi garis kemiskinan",
}  # fmt: skip
"""Findings for which the sample drops a household."""
_LISTED: Final = text("""
    SELECT h.household_id, h.findings
    FROM ekasih.round_household AS h JOIN ekasih.cleansing_round AS r ON r.id = h.round_id
    WHERE r.number = :number AND NOT EXISTS (
        SELECT FROM ekasih.round_decision AS d WHERE d.round_id = r.id AND d.household_id = h.household_id)
    ORDER BY h.household_id
""")


def load_rounds(engine: Engine, *, today: date) -> None:
    """Take a round to its end and begin another one; nothing where there is any."""
    with engine.connect() as connection:
        if connection.scalar(text("SELECT EXISTS (SELECT FROM ekasih.cleansing_round)")):
            return
        accounts = select(AppUser.login, AppUser.id, AppUser.territory).where(AppUser.login.in_((FIRST, SECOND)))
        found = connection.execute(accounts)
        staff = {r.login: Principal(r.id, r.login, r.login, Role.COUNCIL, tuple(r.territory)) for r in found}
    done = _frozen(engine, staff, (today.year,))
    if done is not None:
        _decided(engine, staff, done, every=True)
    running = _frozen(engine, staff, (today.year - 1, today.year))
    if running is not None:
        _decided(engine, staff, running, every=False)


def _frozen(engine: Engine, staff: dict[str, Principal], years: tuple[int, ...]) -> str | None:
    try:
        with writing(engine, staff[FIRST]) as session:
            return freeze_round(session, FreezeRound(office=OFFICE, years=years))
    except RegistryError:  # a small sample may have aided nobody there
        return None


def _decided(engine: Engine, staff: dict[str, Principal], number: str, *, every: bool) -> None:
    """Decide on those with findings, all of them or every other one, and keep the others of a round that ends."""
    with engine.connect() as connection:
        listed = [(row.household_id, row.findings) for row in connection.execute(_LISTED, {"number": number})]
    marked = [one for one in listed if one[1]]
    for place, (household, findings) in enumerate(marked):
        if not every and place % 2:
            continue
        reason = next((_REASONS[name] for name in findings if name in _REASONS), None)
        decision = "gugur" if reason else "siasat" if place % 4 == 0 else "kekal"
        asked = DecideRound(
            number=number, household_id=household, decision=decision, reason=reason or "Perlu dilawati semula"
        )
        with writing(engine, staff[FIRST]) as session:
            decide_round(session, asked)
        if decision == "gugur" and (every or place % 4 == 0):
            with writing(engine, staff[SECOND]) as session:
                decide_round(session, DecideRound(number=number, household_id=household, decision="sahkan"))
    if every:
        with writing(engine, staff[FIRST]) as session:
            keep_unmarked(session, number)
