"""The price of bulk: a proof of work (ALTCHA) or, without a script, half a minute of waiting; each serves once."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import altcha
from itsdangerous import BadSignature, URLSafeTimedSerializer

_ALGORITHM: Final = "PBKDF2/SHA-256"
_COST: Final = 1_000
_LEAST: Final = 200
_MOST: Final = 600
"""Tries of a proof at its cheapest: about a second on an old phone, a tenth on a computer."""
VALID: Final = timedelta(minutes=10)
WAIT_SECONDS: Final = 30
_TICKET_SECONDS: Final = 3600
_LONGEST: Final = 4_000


@dataclass(frozen=True, slots=True)
class Proof:
    """What entitles to send a form, once: ``digest`` is how it is known again, until ``expires_at``."""

    digest: bytes
    expires_at: datetime
    waited: bool = False


class Prover:
    """Makes and judges proofs with the installation's key; keeps nothing.

    ``cost`` is what one try costs, ``least`` and ``most`` how many there are at the cheapest price.
    """

    def __init__(self, key: str, *, cost: int = _COST, least: int = _LEAST, most: int = _MOST) -> None:
        self._cost, self._least, self._most = cost, least, most
        self._challenge_key = _derived(key, "challenge")
        self._answer_key = _derived(key, "answer")
        self._tickets = URLSafeTimedSerializer(key, salt="ekasih.portal.ticket")

    def challenge(self, dearness: int) -> dict[str, Any]:
        """A signed challenge for the browser's script, good for ten minutes; each step dearer takes twice as long."""
        tries = (self._least + secrets.randbelow(self._most - self._least)) << dearness
        made = altcha.create_challenge(
            algorithm=_ALGORITHM,
            cost=self._cost,
            counter=tries,
            expires_at=datetime.now(UTC) + VALID,
            hmac_secret=self._challenge_key,
            hmac_key_secret=self._answer_key,
        )
        return made.to_dict()

    def judged(self, payload: str) -> Proof | None:
        """The proof in what a script sent; ``None`` where it is none, or too old."""
        if not payload or len(payload) > _LONGEST:
            return None
        try:
            read = altcha.Payload.from_base64(payload)
            result = altcha.verify_solution(read, self._challenge_key, hmac_key_secret=self._answer_key)
        except (ValueError, KeyError, TypeError, AttributeError):
            return None
        if not result.verified or read.challenge.signature is None:
            return None
        return Proof(hashlib.sha256(read.challenge.signature.encode()).digest(), datetime.now(UTC) + VALID)

    def ticket(self) -> str:
        """What a page that waits holds."""
        return str(self._tickets.dumps(secrets.token_hex(8)))

    def waited(self, ticket: str) -> Proof | None:
        """The proof in a ticket whose half minute is over; ``None`` before, and an hour later."""
        if not ticket or len(ticket) > _LONGEST:
            return None
        try:
            _, made_at = self._tickets.loads(ticket, max_age=_TICKET_SECONDS, return_timestamp=True)
        except BadSignature:
            return None
        now = datetime.now(UTC)
        if now - made_at < timedelta(seconds=WAIT_SECONDS):
            return None
        digest = hashlib.sha256(ticket.encode()).digest()
        return Proof(digest, made_at + timedelta(seconds=_TICKET_SECONDS), waited=True)


def _derived(key: str, purpose: str) -> bytes:
    return hashlib.sha256(f"ekasih.portal.{purpose}\x1f{key}".encode()).digest()
