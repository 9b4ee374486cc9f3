"""References, secrets and codes that are read out and typed again: Crockford's base 32, and what is kept of them."""

from __future__ import annotations

import hmac
import secrets
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O and U."""
_READ_AS: Final = str.maketrans("ILO", "110")


def new_reference(kind: str) -> str:
    """A reference such as ``S-7K3F-Q2XD``: 40 random bits behind the letter of what it is of."""
    return f"{kind}-{new_code(8)}"


def new_code(length: int) -> str:
    """A random code of so many characters, in groups of four: 8 are 40 bits, 12 are 60."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(length))
    return "-".join(drawn[at : at + 4] for at in range(0, length, 4))


def as_typed(code: str) -> str:
    """A code without what people add when they type it: spaces, dashes, small letters, O for 0, I and L for 1."""
    return "".join(code.upper().split()).replace("-", "").translate(_READ_AS)


def kept_of(key: str, purpose: str, *parts: str) -> bytes:
    """What is kept in place of a secret: its keyed hash (HMAC-SHA-256), 32 bytes.

    ``purpose`` keeps the hashes of one use from those of another; ``key`` is the installation's own and not in the
    database, so that nobody finds a short secret by trying them all on a copy of it.
    """
    said = "\x1f".join((purpose, *parts))
    return hmac.digest(key.encode(), said.encode(), "sha256")
