"""Brings names of all communities into one form, so that two spellings of one name are alike."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

# Everyone may have one of these, so they tell nobody apart.
TITLES: Final = frozenset({
    "HAJI", "HJ", "HAJAH", "HJH", "HAJJAH", "TUAN", "PUAN", "ENCIK", "DATO", "DATUK", "DATIN", "USTAZ", "USTAZAH", "DR",
    "PN", "MENDIANG", "ARWAH", "ALLAHYARHAM", "ALLAHYARHAMAH",
})  # fmt: skip
"""Titles that are never a name by themselves: Tan is not among them, it is a clan; nor Sri, a name."""

PARTICLES: Final = frozenset(
    {"BIN", "BINTI", "BINTE", "BT", "BTE", "BTI", "BN", "B", "AL", "AP", "ANAK", "AK", "SO", "DO"}
)
"""What stands between a name and a father's name."""

PRAISE: Final = frozenset({"MUHAMMAD", "ABDUL", "NUR", "SITI", "WAN", "NIK", "SYED", "SHARIFAH", "AWANG", "DAYANG"})
"""Parts that so many have that they are left out where a name has others."""

VARIANTS: Final[dict[str, str]] = {
    variant: name
    for name, variants in {
        "MUHAMMAD": "MOHD MOHAMAD MOHAMMAD MUHAMAD MOHAMED MOHAMMED MUHAMED MUHAMMED MD MUHD MHD MOHMAD MUHMMAD M",
        "ABDUL": "ABD ABDOL ABDULL",
        "AHMAD": "AHMED AHAMAD AKHMAD",
        "NUR": "NOR NOOR NUUR NURUL NURUR NORUL",
        "HASSAN": "HASAN HASSON",
        "HUSSEIN": "HUSIN HUSSIN HUSAIN HUSSAIN HUSEIN",
        "YUSOF": "YUSOFF YUSUF YUSUFF YOUSOF JUSOH",
        "ISMAIL": "ESMAIL ISMAEL",
        "IBRAHIM": "EBRAHIM IBERAHIM",
        "OSMAN": "OTHMAN USMAN UTHMAN OSTMAN",
        "SALLEH": "SALEH SOLEH SALLEHH",
        "SHAFIE": "SYAFIE SHAFEI SYAFII",
        "AISHAH": "AISYAH AISAH ESAH",
        "FATIMAH": "FATIMA PATIMAH FATHIMAH",
        "KHADIJAH": "KATIJAH HADIJAH KADIJAH",
        "ZAINAB": "JAINAB ZAINAP",
        "MARIAM": "MARIAN MERIAM MARYAM",
        "YAAKOB": "YAKOB YACOB YAKUB YAAKUB",
        "SULAIMAN": "SULEIMAN SOLEIMAN",
        "ABDULLAH": "ABDULAH ABDULLA",
        "KASSIM": "KASIM QASIM",
        "MAHMUD": "MAHMOOD MAHMOD",
        "SUBRAMANIAM": "SUBRAMANIAN SUBRAMANYAM",
        "MUNIANDY": "MUNIANDI MUNIYANDI",
        "KRISHNAN": "KRISNAN KRISHNEN",
        "LETCHUMY": "LETCHUMI LAKSHMI LETCHIMI LAKSMI",
        "LIM": "LYM", "NG": "ENG", "CHEAH": "CHIA CHEA", "KHOO": "KHO KOO", "TEOH": "TEO",
    }.items()
    for variant in variants.split()
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NameKey:
    """A name in the form in which it is compared.

    ``words`` as they stand, spelt one way, without titles and particles; ``ordered`` the same sorted, so that the order
    of a Chinese or Indian name does not matter; ``telling`` without what so many have; ``sound`` the consonants of
    ``telling``, sorted, by which likely pairs are found.
    """

    words: str
    ordered: str
    telling: str
    sound: str


@lru_cache(maxsize=200_000)
def name_key(name: str) -> NameKey:
    """The name in the form in which it is compared; all empty for none."""
    words = tuple(spelt for word in _words(name) if (spelt := VARIANTS.get(word, word)))
    kept = [word for word in words if word not in PARTICLES and word not in TITLES] or list(words)
    telling = [word for word in kept if word not in PRAISE] or kept
    ordered = sorted(kept)
    return NameKey(
        words=" ".join(kept),
        ordered=" ".join(ordered),
        telling=" ".join(sorted(telling)),
        sound=" ".join(sorted(consonants(word) for word in telling)),
    )


def telling_words(name: str) -> tuple[str, ...]:
    """The words of a name that tell people apart, spelt as they were, the longest first; all where none does."""
    words = [word for word in _words(name) if word not in PARTICLES and word not in TITLES]
    telling = [word for word in words if VARIANTS.get(word, word) not in PRAISE] or words
    return tuple(sorted(dict.fromkeys(telling), key=len, reverse=True))


def consonants(word: str) -> str:
    """A word by its consonants: ``HASSAN`` and ``HASAN`` are ``HSN``, ``SYAFIE`` and ``SHAFIE`` are ``SF``."""
    text = re.sub(r"SY|SH", "S", word)
    text = re.sub(r"PH", "F", text)
    text = re.sub(r"TH|DH|KH|GH|BH|ZH|CH", lambda found: found[0][0], text)
    text = text[:1] + re.sub(r"[AEIOUHWY]", "", text[1:])
    return re.sub(r"(.)\1+", r"\1", text.replace("Z", "J").replace("V", "B").replace("Q", "K"))


def _words(name: str) -> list[str]:
    upper = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper()
    # what follows @ is another name for the same person; a/l, a/p, s/o and d/o are particles
    first = re.split(r"@|\bALIAS\b", upper.lstrip(" @"))[0]
    return re.findall(r"[A-Z']+", re.sub(r"\b([ASD])\s*/\s*([LPO])\b", r"\1\2", first).replace("'", ""))
