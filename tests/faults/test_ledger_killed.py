"""Random commands of the ledger, while whoever posts them and PostgreSQL are killed time and again: it balances.

`EKASIH_LEDGER_COMMANDS=10000 EKASIH_LEDGER_KILLS=60 pytest tests/faults/test_ledger_killed.py -s` is the whole of it.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import select
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from registry.db import OWNER_ROLE
from registry.ledger.posting import first_difference
from tests.faults.conftest import GATE, PROJECT, until
from tests.faults.test_killed import reachable
from tests.integration.ledger.conftest import open_books
from tests.integration.ledger.model import Command, Model
from tests.integration.ledger.test_model import BALANCES, VOTES, drawn

if TYPE_CHECKING:
    from tests.faults.conftest import Register

COMMANDS = int(os.environ.get("EKASIH_LEDGER_COMMANDS", "60"))
KILLS = int(os.environ.get("EKASIH_LEDGER_KILLS", "3"))
VICTIMS = ("program", "backend", "server")
_PATIENCE_SECONDS = 180
_POSTED = text("SELECT EXISTS (SELECT FROM ekasih.ledger_entry WHERE reference = :reference)")
_ENTRIES = text("SELECT count(*) FROM ekasih.ledger_entry")
_WAITING = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = :gate AND NOT granted")


class Poster:
    """Whoever posts commands, in a process of its own: one command in, what became of it out."""

    def __init__(self, register: Register) -> None:
        command = [sys.executable, "-m", "tests.faults.victim", str(register.cluster.home), "ledger", "{}"]
        self.process = subprocess.Popen(
            command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        register.processes.append(self.process)
        self.backend = int(self._line()["backend"])

    def tell(self, asked: Command) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(asdict(asked), default=str) + "\n")
        self.process.stdin.flush()

    def has_answered(self, seconds: float = 0) -> bool:
        return bool(select.select([self.process.stdout], [], [], seconds)[0])

    def answer(self) -> str | None:
        refused: str | None = self._line()["refused"]
        return refused

    def end(self) -> None:
        """It is told of no more, and ends; one whose server is gone has ended by itself."""
        with contextlib.suppress(BrokenPipeError):
            self.process.communicate(timeout=_PATIENCE_SECONDS)

    def _line(self) -> dict[str, Any]:
        assert self.process.stdout
        assert self.has_answered(_PATIENCE_SECONDS), "nothing was answered"
        return dict(json.loads(self.process.stdout.readline()))


class Ledger:
    """A ledger under fire, beside the model that says what it must hold."""

    def __init__(self, register: Register, draw: random.Random) -> None:
        self.register, self.draw, self.model = register, draw, Model()
        self.poster = Poster(register)
        self.met: Counter[str] = Counter()

    def post(self, asked: Command) -> None:
        """Post a command in peace."""
        self.poster.tell(asked)
        refused = self.model.post(asked)
        assert self.poster.answer() == refused, asked
        self.met[refused or "accepted"] += 1

    def post_under_fire(self, asked: Command, victim: str) -> None:
        """Kill while a command is being posted; it was carried out whole or not at all, and is posted again if not."""
        new = asked.reference not in self.model.entries
        stopped = self._struck(asked, victim, in_the_middle=self.draw.random() < 0.5)
        with self.register.connect() as connection:
            posted = new and connection.scalar(_POSTED, {"reference": asked.reference})
        assert not (posted and stopped), "what had not ended was committed"
        self.met[f"{victim} killed, {'carried out' if posted else 'nothing done'}"] += 1
        self.poster = Poster(self.register)
        if posted:
            assert self.model.post(asked) is None
        else:
            self.post(asked)
        self.holds()

    def holds(self) -> None:
        """The ledger balances, adds up, and holds what the model holds."""
        engine = self.register.engine(OWNER_ROLE)
        with engine.connect() as connection:
            held = {tuple(row[:5]): row.amount for row in connection.execute(BALANCES)}
            assert held == {key: amount for key, amount in self.model.balances.items() if amount}
            assert all(total == 0 for _, _, total in connection.execute(VOTES))
            assert first_difference(connection) is None
            assert connection.scalar(_ENTRIES) == len(self.model.entries)
        engine.dispose()

    def _struck(self, asked: Command, victim: str, *, in_the_middle: bool) -> bool:
        """Whether it stood still with its lines written when it was struck; what is refused has ended before."""
        gate = self.register.connect()
        if in_the_middle:
            gate.execute(text("SELECT pg_advisory_lock(:gate)"), {"gate": GATE})
        self.poster.tell(asked)
        if in_the_middle:
            until(lambda: self.poster.has_answered() or gate.scalar(_WAITING, {"gate": GATE}))
        else:
            self.poster.has_answered(self.draw.random() * 0.03)
        stopped = in_the_middle and not self.poster.has_answered()
        server = int((self.register.cluster.data / "postmaster.pid").read_text(encoding="utf-8").split()[0])
        struck = {"program": self.poster.process.pid, "backend": self.poster.backend, "server": server}[victim]
        os.kill(struck, signal.SIGKILL)
        if victim == "program":
            gate.close()
        else:
            gate.invalidate()
        self.poster.end()
        if victim == "server":
            until(lambda: not self.register.cluster.status().running)
            self.register.cluster.up()
        until(lambda: reachable(self.register))
        self.register.gone(self.poster.backend)
        return stopped


def test_a_ledger_under_fire_always_balances_and_holds_what_the_model_holds(register: Register) -> None:
    draw = random.Random(COMMANDS + KILLS)
    engine = register.engine(OWNER_ROLE)
    with engine.begin() as owner:
        open_books(owner)
    engine.dispose()
    ledger = Ledger(register, draw)
    struck = dict(zip(draw.sample(range(COMMANDS), KILLS), VICTIMS * KILLS, strict=False))
    for number in range(COMMANDS):
        asked = drawn(draw, ledger.model, number, COMMANDS)
        if number in struck:
            ledger.post_under_fire(asked, struck[number])
        else:
            ledger.post(asked)
    ledger.holds()
    ledger.poster.end()
    sys.stdout.writelines(f"{found}: {times}\n" for found, times in sorted(ledger.met.items()))
    assert sum(ledger.met[name] for name in ledger.met if name.startswith(VICTIMS)) == KILLS
    assert ledger.met["accepted"] > COMMANDS / 20
