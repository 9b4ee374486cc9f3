"""Tries a whole ledger out from its files: every command is judged as it would be, and nothing of it stays."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from registry.errors import InvalidInput, RegistryError
from registry.ledger.answers import REQUIRED, taken
from registry.ledger.posting import Entry, post_as_system
from registry.ledger.tables import Folder, Row, amount_of, day_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sqlalchemy import Connection, Engine

_COLUMNS: Final = ("urutan", "tarikh", "arahan", "tahun", "kod_program", "pejabat", "kes", "amaun", "rujukan")
_LISTED: Final = ("no_senarai", "no_bayaran", "tarikh_senarai")
# what is tried stands apart from what the register has under the same codes
_APART: Final = "~"
_PROGRAMMES = text("""
    WITH tried AS (
        INSERT INTO ekasih.agency (code, name_ms, name_en, kind, fiscal_month)
        SELECT '~' || c, c, c, 'persekutuan', coalesce((
            SELECT a.fiscal_month FROM ekasih.aid_programme AS p JOIN ekasih.agency AS a ON a.id = p.agency_id
            WHERE p.code = c), 1)
        FROM unnest(CAST(:codes AS text[])) AS c
        RETURNING id, code
    )
    INSERT INTO ekasih.aid_programme (agency_id, code, name_ms, name_en, has_ledger, state)
    SELECT id, code, code, code, true, 'dibuka' FROM tried
""")
_OFFICES = text("""
    INSERT INTO ekasih.office (code, agency_id, name_ms, name_en, territory)
    SELECT '~' || c, (SELECT min(id) FROM ekasih.agency WHERE code LIKE '~%'), c, c, '{}'
    FROM unnest(CAST(:codes AS text[])) AS c
""")
_LIST = text("""
    INSERT INTO ekasih.payment_list (number, programme, state, listed_on)
    SELECT :number, min(code), 'dilepaskan', :day FROM ekasih.aid_programme WHERE code LIKE '~%'
""")
_ON_LIST = text("""
    UPDATE ekasih.payment AS p SET list_id = (SELECT id FROM ekasih.payment_list WHERE number = :number)
    WHERE p.number = ANY (CAST(:payments AS text[]))
""")
_FILE = text("INSERT INTO ekasih.payment_answer_file (name, received_on) VALUES (:name, :received) RETURNING id")
_ANSWER = text("""
    SELECT ekasih.keep_answer(f, :row, CAST(:given AS jsonb)) FROM ekasih.payment_answer_file AS f WHERE f.id = :file
""")
_BALANCES = text("""
    SELECT b.year, substr(b.programme, 2) AS programme, substr(b.office, 2) AS office, b.account,
        sum(b.amount) AS amount
    FROM ekasih.ledger_balance AS b WHERE b.programme LIKE '~%'
    GROUP BY b.year, b.programme, b.office, b.account
""")
_SETTLE = text("SET CONSTRAINTS ALL IMMEDIATE")


def try_ledger(engine: Engine, path: Path) -> dict[str, Any]:
    """Carry out ``lejar/lejar.csv`` of a folder or zip in the order of ``urutan``; the report, and nothing else, stays.

    Raises:
        UnreadableDelivery: the files cannot be read, lack a column, or a row of the ledger says no place in its order.
        InvalidInput: there is no ledger in them, or it names a file of answers that is not there.

    """
    folder = Folder(path)
    commands = folder.rows("lejar/lejar.csv", _COLUMNS, order="urutan")
    if not commands:
        raise InvalidInput({"path": "ledger_none"})
    with engine.connect() as connection, connection.begin() as transaction:
        trial = _Trial(connection, folder)
        trial.prepare(commands)
        for row in commands:
            trial.carry_out(row)
        connection.execute(_SETTLE)
        report = trial.report()
        transaction.rollback()
    return {"ledger": report}


class _Trial:
    """A ledger that is being tried, in a transaction that does not stay."""

    def __init__(self, connection: Connection, folder: Folder) -> None:
        self._connection, self._folder = connection, folder
        self._lists: dict[str, tuple[str, list[str]]] = {}
        for row in folder.rows("lejar/senarai.csv", _LISTED):
            # a list has one day, in whatever writing each of its rows says it
            _, payments = self._lists.setdefault(_apart(row["no_senarai"]), (row["tarikh_senarai"], []))
            payments.append(_apart(row["no_bayaran"]))
        self._commands = self._accepted = 0
        self._refused: Counter[str] = Counter()
        self._answers: dict[str, dict[str, int]] = {}

    def prepare(self, commands: Sequence[Row]) -> None:
        """Open the programmes, offices and lists that the files name."""
        programmes = sorted({row["kod_program"].upper() for row in commands} - {""})
        self._connection.execute(_PROGRAMMES, {"codes": programmes})
        self._connection.execute(_OFFICES, {"codes": sorted({row["pejabat"].upper() for row in commands} - {""})})
        for number, (day, _) in self._lists.items():
            self._connection.execute(_LIST, {"number": number, "day": day_of(day)})

    def carry_out(self, row: Row) -> None:
        """Carry out a command, or take in the file of answers that it names."""
        command = row["arahan"].lower()
        if command == "jawapan":
            self._take_answers(row)
            return
        entry = Entry(
            command=command,
            day=day_of(row["tarikh"]),
            year=int(row["tahun"]) if row["tahun"].isdecimal() else None,
            programme=_apart(row["kod_program"]),
            office=_apart(row["pejabat"]),
            case_no=row["kes"].upper(),
            amount=amount_of(row["amaun"]),
            reference=_apart(row["rujukan"]),
            original=_apart(row.get("rujukan_asal", "")),
        )
        self._commands += 1
        try:
            post_as_system(self._connection, entry)
        except RegistryError as refusal:
            self._refused[refusal.key] += 1
        else:
            self._accepted += 1

    def report(self) -> dict[str, Any]:
        """What came of it, with the keys of the report of aid."""
        balances: Counter[str] = Counter()
        offices: Counter[str] = Counter()
        for row in self._connection.execute(_BALANCES):
            balances[f"{row.year}/{row.programme}/{row.account}"] += row.amount
            if row.office:
                offices[f"{row.year}/{row.programme}/{row.office}/{row.account}"] += row.amount
        return {
            "commands": self._commands,
            "accepted": self._accepted,
            "refused": dict(sorted(self._refused.items())),
            "answers": self._answers,
            "balances": _amounts(balances),
            "offices": _amounts(offices),
        }

    def _take_answers(self, row: Row) -> None:
        rows = self._folder.rows(f"lejar/{row['fail']}", REQUIRED)
        received = day_of(row["tarikh"])
        if not rows or received is None:
            raise InvalidInput({"path": "ledger_answers_none"}, file=row["fail"])
        for number, (_, payments) in self._lists.items():
            self._connection.execute(_ON_LIST, {"number": number, "payments": payments})
        file_id = self._connection.execute(_FILE, {"name": row["fail"], "received": received}).scalar_one()

        def take(number: int, given: str) -> str:
            return str(self._connection.scalar(_ANSWER, {"file": file_id, "row": number, "given": given}))

        apart = [answer | {name: _apart(answer[name]) for name in ("no_senarai", "no_bayaran")} for answer in rows]
        self._answers[row["fail"]] = taken(apart, take)


def _apart(code: str) -> str:
    """A reference or code as it is compared, in capitals; apart from those of the register."""
    return _APART + code.upper() if code else ""


def _amounts(found: Counter[str]) -> dict[str, str]:
    return {key: f"{amount:.2f}" for key, amount in sorted(found.items()) if amount}
