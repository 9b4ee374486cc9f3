"""The two codes of a form: a reference and a secret, forty random bits each.

They are made from a nonce of the form and the portal's key: who sends one form twice, because the answer was lost, is
told the same codes. The database keeps a keyed hash of the secret, never the secret, nor the key.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from registry.portal.codes import ALPHABET, as_typed, kept_of

PREFIX: Final = {"daftar": "D", "maklum": "P"}
_USE: Final = "intake"
_SIGNS: Final = 8


@dataclass(frozen=True, slots=True)
class Codes:
    """What a sender is given, once."""

    reference: str
    secret: str


def codes_of(kind: str, nonce: str, *, key: str, turn: int = 0) -> Codes:
    """The codes of a form; another ``turn`` where the reference was another form's already."""
    said = (kind, str(turn), nonce)
    return Codes(
        f"{PREFIX[kind]}-{_written(kept_of(key, f'{_USE} reference', *said))}",
        _written(kept_of(key, f"{_USE} secret", *said)),
    )


def read_reference(typed: str) -> str | None:
    """A reference however it was typed; ``None`` where it is none."""
    plain = as_typed(typed)
    signs = plain[1:]
    known = plain[:1] in PREFIX.values() and re.fullmatch(rf"[{ALPHABET}]{{{_SIGNS}}}", signs)
    return f"{plain[0]}-{signs[:4]}-{signs[4:]}" if known else None


def secret_hash(reference: str, typed: str, *, key: str) -> bytes:
    """What the database knows a secret by; of what is no secret as well, so that both are asked for alike."""
    return kept_of(key, f"{_USE} kept", reference, as_typed(typed))


def _written(digest: bytes) -> str:
    number = int.from_bytes(digest[:5])
    signs = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(_SIGNS)))
    return f"{signs[:4]}-{signs[4:]}"
