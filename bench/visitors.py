"""The public at its pages: looks at them, reads an article or the map, asks for a status, some 200 times a minute."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, ClassVar, Final

from locust import HttpUser, task

from bench.probe import form_of

if TYPE_CHECKING:
    from collections.abc import Callable

A_MINUTE: Final = 200
PEOPLE: Final = 20


class Citizen(HttpUser):
    """Somebody without an account; ``proof`` makes what their browser would work out."""

    proof: ClassVar[Callable[[], str]]

    def on_start(self) -> None:
        """The first visit is due now; those after it have times of their own."""
        self.due = time.monotonic()

    def until_the_next(self) -> float:
        """Seconds from one visit to the next; nobody knows of the others."""
        return random.expovariate(A_MINUTE / 60 / PEOPLE)

    def wait_time(self) -> float:
        """Seconds until the next visit is due, which does not wait for a slow one before it."""
        return max(0.0, self.due - time.monotonic())

    @task
    def visit(self) -> None:
        """The first page, what most people read, and a question of status."""
        self.due += self.until_the_next()
        self.client.get("/awam", name="public: read")
        self.client.get(random.choice(("/awam/peta", "/awam/ilmu", "/awam/bantuan")), name="public: read")
        self.client.get("/awam/semak", name="public: read")
        self.client.get("/awam/bukti", name="public: proof")
        number = f"{random.randrange(10**12):012}"
        self.client.post("/awam/semak", data=form_of(number, type(self).proof()), name="public: ask")
