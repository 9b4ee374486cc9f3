"""The public at its pages: looks at them, reads an article or the map, asks for a status, some 200 times a minute."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, ClassVar, Final

from locust import HttpUser, constant_pacing, task

from bench.probe import form_of

if TYPE_CHECKING:
    from collections.abc import Callable

A_MINUTE: Final = 200
PEOPLE: Final = 20


class Citizen(HttpUser):
    """Somebody without an account; ``proof`` makes what their browser would work out."""

    wait_time = constant_pacing(60 * PEOPLE / A_MINUTE)
    proof: ClassVar[Callable[[], str]]

    @task
    def visit(self) -> None:
        """The first page, what most people read, and a question of status."""
        self.client.get("/awam", name="public: read")
        self.client.get(random.choice(("/awam/peta", "/awam/ilmu", "/awam/bantuan")), name="public: read")
        self.client.get("/awam/semak", name="public: read")
        self.client.get("/awam/bukti", name="public: proof")
        number = f"{random.randrange(10**12):012}"
        self.client.post("/awam/semak", data=form_of(number, type(self).proof()), name="public: ask")

