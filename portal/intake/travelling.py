"""What was answered so far, as it travels in the page: signed, and nowhere on the server until it is sent."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from itsdangerous import BadData, URLSafeSerializer

if TYPE_CHECKING:
    from collections.abc import Sequence

_SALT: Final = "ekasih.portal.intake"
_LONGEST: Final = 16_000
LEAST_SECONDS: Final = 5
"""Nobody answers a whole form in less; who does is marked, not refused."""


@dataclass(slots=True)
class Travelling:
    """A form under way: its nonce, from which its codes are made, when it was begun, its answers, the pages done.

    ``marking`` is what the map of its place shows.
    """

    kind: str
    nonce: str = field(default_factory=lambda: secrets.token_hex(16))
    begun: int = field(default_factory=lambda: int(time.time()))
    answers: dict[str, Any] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    marking: list[Any] = field(default_factory=list)

    def next_of(self, asked: Sequence[str]) -> str | None:
        """The first page that was not answered; ``None`` where all were."""
        return next((name for name in asked if name not in self.done), None)

    @property
    def hurried(self) -> bool:
        """Whether it was filled in faster than anybody does."""
        return time.time() - self.begun < LEAST_SECONDS


def packed(form: Travelling, *, key: str) -> str:
    """A form as its page holds it."""
    said = [form.kind, form.nonce, form.begun, form.answers, form.done, form.marking]
    return str(URLSafeSerializer(key, salt=_SALT).dumps(said))


def unpacked(kind: str, given: str, *, key: str) -> Travelling | None:
    """The form that a page held; ``None`` where it is none of ours, or of another kind."""
    if not given or len(given) > _LONGEST:
        return None
    try:
        found = URLSafeSerializer(key, salt=_SALT).loads(given)
    except BadData:
        return None
    return Travelling(*found) if found[0] == kind else None
