"""The two codes of a form: a reference and a secret, forty random bits each, in Crockford's base 32.

They are made from a nonce of the form and the installation's secret: who sends one form twice, because the answer was
lost, is told the same codes. The database keeps a keyed hash of the secret, never the secret, nor the key.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import Final

_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
"""What is taken for another sign, as Crockford reads it."""
_SIGNS: Final = 8
PREFIX: Final = {"daftar": "D", "maklum": "P"}


@dataclass(frozen=True, slots=True)
class Codes:
    """What a sender is given, once."""

    reference: str
    secret: str


def codes_of(kind: str, nonce: str, *, key: str, turn: int = 0) -> Codes:
    """The codes of a form; another ``turn`` where the reference was another form's already."""
    return Codes(
        f"{PREFIX[kind]}-{_written(_keyed(key, f'reference {kind} {turn} {nonce}'))}",
        _written(_keyed(key, f"secret {kind} {turn} {nonce}")),
    )


def read_reference(typed: str) -> str | None:
    """A reference however it was typed; ``None`` where it is none."""
    plain = re.sub(r"[\s-]", "", typed).upper()
    signs = _signs(plain[1:])
    return f"{plain[0]}-{signs}" if plain[:1] in PREFIX.values() and signs else None


def secret_hash(reference: str, typed: str, *, key: str) -> bytes:
    """What the database knows a secret by; of what is no secret as well, so that both are asked for alike."""
    plain = re.sub(r"[\s-]", "", typed).upper().translate(_READ_AS)
    return _keyed(key, f"kept {reference} {plain}")


def _signs(typed: str) -> str | None:
    plain = typed.translate(_READ_AS)
    return f"{plain[:4]}-{plain[4:]}" if re.fullmatch(rf"[{_LETTERS}]{{{_SIGNS}}}", plain) else None


def _written(digest: bytes) -> str:
    number = int.from_bytes(digest[:5])
    signs = "".join(_LETTERS[number >> 5 * place & 31] for place in reversed(range(_SIGNS)))
    return f"{signs[:4]}-{signs[4:]}"


def _keyed(key: str, said: str) -> bytes:
    own = hashlib.sha256(f"ekasih intake {key}".encode()).digest()
    return hmac.new(own, said.encode(), hashlib.sha256).digest()
