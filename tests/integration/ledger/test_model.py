"""The database and an independent model of the rule agree on every one of many random commands."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import text

from registry.errors import RegistryError
from registry.ledger.posting import Entry, first_difference, post_as_system
from tests.integration.ledger.model import Command, Model

if TYPE_CHECKING:
    from sqlalchemy import Connection

COMMANDS = int(os.environ.get("EKASIH_LEDGER_COMMANDS", "600"))
BALANCES = text("SELECT year, programme, office, case_no, account, amount FROM ekasih.ledger_balance WHERE amount <> 0")
VOTES = text("""
    SELECT year, programme, sum(sumber + peruntukan + waran + tanggungan + dalam_bayaran + belanja + luput + pulangan)
    FROM ekasih.ledger_vote GROUP BY 1, 2
""")
WEIGHTS = {
    "peruntukan": 4, "kurang": 2, "waran": 6, "waran_pulang": 2, "tanggungan": 14, "lepas": 4, "bayar": 18, "sah": 12,
    "gagal": 6, "pulang": 6, "batal": 6, "tutup": 1,
}  # fmt: skip


def drawn(draw: random.Random, model: Model, number: int, total: int) -> Command:
    """A command that is likely to be near something: days go on, and every tenth part of it is of another."""
    day = date(2024, 11, 1) + timedelta(days=number * 900 // total)
    name = draw.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
    programme = draw.choice(("RMH", "SEWA"))
    year = day.year - (draw.random() < (0.9 if name == "tutup" else 0.15))
    scale = {"peruntukan": 9000, "kurang": 900, "waran": 3000, "tanggungan": 800}.get(name, 500)
    asked = Command(
        day=day,
        name=name,
        year=year,
        programme=programme,
        office=draw.choice(("BG", "IPOH")),
        case=f"K-{draw.randrange(6)}",
        amount=Decimal(draw.randrange(-100, scale * 100)) / 100,
        reference=f"R-{number if draw.random() < 0.97 else draw.randrange(number + 1)}",
    )
    known = list(model.payments) if name in {"sah", "gagal", "pulang"} else list(model.entries)
    if name in {"sah", "gagal", "pulang", "batal"} and known:
        asked = replace(asked, original=draw.choice(known[-40:] if draw.random() < 0.8 else known))
        paid = model.payments.get(asked.original)
        if paid and draw.random() < 0.9:
            asked = replace(asked, amount=paid.amount, year=paid.year, programme=paid.programme)
        elif name == "batal" and draw.random() < 0.9:
            was = model.entries[asked.original].command
            asked = replace(asked, year=was.year, programme=was.programme)
    return asked


def posted(connection: Connection, asked: Command) -> str | None:
    try:
        post_as_system(
            connection,
            Entry(
                command=asked.name,
                day=asked.day,
                year=asked.year,
                programme=asked.programme,
                office=asked.office,
                case_no=asked.case,
                amount=asked.amount,
                reference=asked.reference,
                original=asked.original,
            ),
        )
    except RegistryError as refusal:
        return refusal.key
    return None


def test_random_commands_are_judged_and_summed_as_the_model_does(books: Connection) -> None:
    draw, model, refused = random.Random(COMMANDS), Model(), set()
    for number in range(COMMANDS):
        asked = drawn(draw, model, number, COMMANDS)
        expected = model.post(asked)
        assert posted(books, asked) == expected, asked
        refused.add(expected)
        if number % 50 == 0:  # within one transaction each change of a row makes the next one slower
            books.commit()
    held = {tuple(row[:5]): row.amount for row in books.execute(BALANCES)}
    assert held == {key: amount for key, amount in model.balances.items() if amount}
    assert all(total == 0 for _, _, total in books.execute(VOTES))
    assert first_difference(books) is None
    # the draw is no use where it meets only the first rules
    assert model.closed
    assert {
        None,
        "baki_tidak_cukup",
        "sudah_dijawab",
        "sudah_dibatalkan",
        "tahun_ditutup",
        "amaun_tidak_sama",
    } <= refused
    books.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
