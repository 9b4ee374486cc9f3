"""The number that an answered check is known by: the number of its entry in the log, written so that it tells nothing.

An entry's own number would tell an agency how much is done in the register, and the next one could be guessed. It is
shuffled among all numbers of its length by the installation's secret (a Feistel network of four rounds), and back.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Final

_LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Thirty-two, without those that are taken for one another."""
_HALF_BITS: Final = 20
_HALF: Final = (1 << _HALF_BITS) - 1
_ROUNDS: Final = 4
_FORM: Final = re.compile(rf"[{_LETTERS}]{{8}}")


def reference_of(entry: int, *, secret: str) -> str:
    """What the check of a log entry is called: ``7KQ4-M2XW``."""
    left, right = entry >> _HALF_BITS & _HALF, entry & _HALF
    for turn in range(_ROUNDS):
        left, right = right, left ^ _shuffled(right, turn, secret)
    number = left << _HALF_BITS | right
    letters = "".join(_LETTERS[number >> 5 * place & 31] for place in reversed(range(8)))
    return f"{letters[:4]}-{letters[4:]}"


def entry_of(reference: str, *, secret: str) -> int | None:
    """The log entry that a reference stands for, however it was typed; ``None`` where it is no reference."""
    letters = re.sub(r"[\s-]", "", reference).upper()
    if not _FORM.fullmatch(letters):
        return None
    number = 0
    for letter in letters:
        number = number << 5 | _LETTERS.index(letter)
    left, right = number >> _HALF_BITS, number & _HALF
    for turn in reversed(range(_ROUNDS)):
        left, right = right ^ _shuffled(left, turn, secret), left
    return left << _HALF_BITS | right


def _shuffled(half: int, turn: int, secret: str) -> int:
    said = f"{turn} {half}".encode()
    key = hashlib.sha256(f"ekasih check reference {secret}".encode()).digest()
    return int.from_bytes(hmac.new(key, said, hashlib.sha256).digest()[:4]) & _HALF
