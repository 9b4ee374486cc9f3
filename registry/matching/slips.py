"""What goes wrong when somebody is written down a second time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

_SPELLINGS: Final[dict[str, Sequence[str]]] = {
    "Mohd": ("Muhammad", "Mohamad", "Mohamed", "Md"), "Abdul": ("Abd",), "Ahmad": ("Ahmed",), "Hassan": ("Hasan",),
    "Yusof": ("Yusoff", "Yusuf"), "Osman": ("Othman",), "Salleh": ("Saleh",), "Yaakob": ("Yakob",),
    "Letchumy": ("Letchumi",), "Subramaniam": ("Subramanian",), "bin": ("b.", "B", ""), "binti": ("bt", "Bte", ""),
    "a/l": ("A/L", "al", ""), "a/p": ("A/P", ""), "anak": ("ak", "Anak", ""),
}  # fmt: skip


def misspelt(name: str, rng: np.random.Generator) -> str:
    """A name as another hand writes it: spelt otherwise, in another order, with a slip; often as it was."""
    words = [str(rng.choice(_SPELLINGS[word])) if word in _SPELLINGS and rng.random() < 0.6 else word
             for word in name.split()]  # fmt: skip
    words = [word for word in words if word]
    chance = rng.random()
    if chance < 0.08:
        words.insert(0, str(rng.choice(["Hj.", "Haji", "Hajah"])))
    elif chance < 0.2 and len(words) > 2:
        words = [*words[1:], words[0]]
    if rng.random() < 0.25:
        place = int(rng.integers(len(words)))
        words[place] = _slipped(words[place], "aeiouhnrlst", rng)
    written = " ".join(words)
    return written.upper() if rng.random() < 0.5 else written


def mistyped_number(number: str | None, rng: np.random.Generator) -> str | None:
    """An identity number as it is typed again: mostly right, sometimes left out or one digit wrong."""
    chance = rng.random()
    if not isinstance(number, str) or chance < 0.06:
        return None
    return _slipped(number, "0123456789", rng, keep_length=True) if chance < 0.18 else number


def misdated(born: str, rng: np.random.Generator) -> str | None:
    """A date of birth (YYYYMMDD) as it is typed again: mostly right, else unknown, turned round, or another day."""
    chance = rng.random()
    if chance < 0.03:
        return None
    if chance < 0.07 and int(born[6:]) <= 12:
        return f"{born[:4]}{born[6:]}{born[4:6]}"
    if chance < 0.11:
        return f"{born[:6]}{int(rng.integers(1, 29)):02}"
    return born


def abbreviated(address: str, rng: np.random.Generator) -> str:
    """An address as another hand writes it: shortened, now and then with a slip."""
    if rng.random() < 0.4:
        address = re.sub(r"Jalan", "Jln", re.sub(r"Lorong", "Lrg", address.replace("No. ", "")))
    return _slipped(address, "aeiou", rng) if rng.random() < 0.1 else address


def _slipped(text: str, letters: str, rng: np.random.Generator, *, keep_length: bool = False) -> str:
    """The text with one slip of the hand: a wrong letter, two that changed places, one left out or one too many."""
    place, kind = int(rng.integers(len(text))), int(rng.integers(2 if keep_length else 4))
    letter = str(rng.choice(list(letters)))
    if kind == 0 or len(text) < 2:
        return text[:place] + letter + text[place + 1 :]
    if kind == 1:
        place = min(place, len(text) - 2)
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    return text[:place] + text[place + 1 :] if kind == 2 else text[:place] + letter + text[place:]
