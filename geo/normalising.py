"""Folds the spellings of a Malaysian place name into one key, the same in Python and in PostgreSQL."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from functools import lru_cache

_UPPER = str.maketrans(string.ascii_lowercase, string.ascii_uppercase)


@dataclass(frozen=True)
class Step:
    """One replacement, made everywhere it fits: of a text, or of a pattern that Python and PostgreSQL read alike."""

    find: str
    replacement: str
    pattern: bool = False


def _words(replacement: str, *spellings: str) -> tuple[Step, ...]:
    return tuple(Step(f" {spelling} ", f" {replacement} ") for spelling in spellings)


_SEPARATORS: tuple[Step, ...] = (
    *(Step(mark, "") for mark in "'`\u2019\u2018\u00b4"),
    Step("&", " DAN "),
    Step("[^A-Z0-9]+", " ", pattern=True),
    # Neighbouring words would share their blank in the rules below; with two each word matches on its own.
    Step(" ", "  "),
)
_WORDS: tuple[Step, ...] = (
    *_words("DAN", "AND"),
    *_words("KAMPUNG", "KG", "KGS", "KPG", "KPNG", "KAMP", "KAMPONG"),
    *_words("TAMAN", "TMN"),
    *_words("SUNGAI", "SG", "SGI", "SUNGEI"),
    *_words("HULU", "ULU"),
    *_words("BUKIT", "BKT", "BUKET"),
    *_words("TANJUNG", "TG", "TJ", "TJG", "TANJONG"),
    *_words("TELUK", "TLK", "TELOK"),
    *_words("PADANG", "PDG"),
    *_words("PARIT", "PRT"),
    *_words("PULAU", "PLU"),
    *_words("PERMATANG", "PMTG"),
    *_words("CHANGKAT", "CKT"),
    *_words("BANDAR", "BDR", "BNDR"),
    *_words("PEKAN", "PKN"),
    *_words("LUBUK", "LUBOK"),
    *_words("TASIK", "TASEK"),
    *_words("AIR", "AYER"),
    *_words("EMPAT", "AMPAT"),
    *_words("BARU", "BAHRU", "BHARU", "BAHARU"),
    *_words("SERI", "SRI"),
    *_words("PUTIH", "PUTEH"),
    *_words("PERAI", "PRAI"),
    *_words("DATUK", "DATOK", "DATOH", "DATO"),
    *_words("HAJI", "HJ"),
    *_words("WP", "W  P", "WILAYAH  PERSEKUTUAN", "WIL  PERSEKUTUAN", "FEDERAL  TERRITORY"),
    *_words("SEBERANG  PERAI", "S  P", "SP", "SEB  PERAI"),
)
_ENDINGS: tuple[Step, ...] = (
    Step(" +", " ", pattern=True),
    Step("^ (DAERAH|JAJAHAN|MUKIM|MKM) ", " ", pattern=True),
    Step(" (LAND DISTRICT|DISTRICT) $", " ", pattern=True),
    Step(" BANDAR BANDAR ", " BANDAR "),
    Step(" PEKAN PEKAN ", " PEKAN "),
    Step("CH", "C"),
    Step("^ | $", "", pattern=True),
)

STEPS: tuple[Step, ...] = _SEPARATORS + _WORDS + _ENDINGS
"""What is done to the upper-cased name with a blank at both ends, in order."""

_COMPILED = tuple((step, re.compile(step.find) if step.pattern else None) for step in STEPS)


@lru_cache(maxsize=100_000)
def normalise(name: str) -> str:
    """Key of a place name: upper case, one blank between words, one spelling for each known variant.

    ``Hulu Langat`` and ``ULU  LANGAT`` give the same key, as do ``Kg. Sg. Ara`` and ``Kampong Sungei Ara``.
    Letters outside A-Z part words. Empty where nothing is left.
    """
    key = f" {name.translate(_UPPER)} "
    for step, compiled in _COMPILED:
        key = key.replace(step.find, step.replacement) if compiled is None else compiled.sub(step.replacement, key)
    return key


def sql_expression(argument: str) -> str:
    """PostgreSQL expression of ``normalise`` for a text ``argument`` (a column or a parameter, never input).

    Costs some 30 microseconds a value: normalise the distinct names of a delivery, not every row.
    """
    expression = f"' ' || upper({argument} COLLATE \"C\") || ' '"
    for step in STEPS:
        find, replacement = _literal(step.find), _literal(step.replacement)
        if step.pattern:
            expression = f"regexp_replace({expression}, {find}, {replacement}, 'g')"
        else:
            expression = f"replace({expression}, {find}, {replacement})"
    return expression


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
