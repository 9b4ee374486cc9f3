"""Invented names: parts that are common in Malaysia, put together at random, so that no one real is meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class NameParts:
    """How people of one community are named: given names by sex, what stands between, and a father's or clan name."""

    male: tuple[str, ...]
    female: tuple[str, ...]
    family: tuple[str, ...]
    male_link: str
    female_link: str
    male_second: tuple[str, ...] = ("",)
    female_second: tuple[str, ...] = ("",)
    family_first: bool = False


MALAY = NameParts(
    male=("Azlan", "Faizal", "Hafiz", "Hakim", "Ismail", "Jamal", "Kamal", "Nizam", "Rahim", "Razak", "Rosli", "Saiful",
          "Shahrul", "Zainal", "Zulkifli", "Amirul", "Fikri", "Hanafi", "Idris", "Luqman"),
    female=("Aminah", "Azizah", "Faridah", "Halimah", "Hasnah", "Jamilah", "Khadijah", "Latifah", "Mariam", "Nadia",
            "Norhayati", "Rohana", "Rosnah", "Salmah", "Siti", "Suraya", "Zaharah", "Zaleha", "Nurul", "Ain"),
    family=("Abdullah", "Ahmad", "Ali", "Bakar", "Daud", "Ghani", "Hamid", "Hassan", "Ibrahim", "Jusoh", "Kassim",
            "Latif", "Mahmud", "Mansor", "Osman", "Othman", "Salleh", "Sulaiman", "Yaakob", "Yusof"),
    male_link="bin",
    female_link="binti",
    male_second=("", "", "", "Iman", "Danial", "Haikal", "Hakimi", "Izzat"),
    female_second=("", "", "", "Iman", "Aida", "Balqis", "Hidayah", "Izzati"),
)  # fmt: skip
CHINESE = NameParts(
    male=("Wei Jie", "Kok Seng", "Boon Hock", "Chee Keong", "Jun Hao", "Kah Wai", "Meng Huat", "Sze Yong", "Tian Loong",
          "Yew Fatt", "Zhi Xian", "Ah Kow"),
    female=("Li Ying", "Mei Ling", "Siew Fong", "Hui Min", "Pei Shan", "Yoke Lan", "Xin Yi", "Swee Geok", "Ai Ling",
            "Chai Har", "Jia Hui", "Kim Eng"),
    family=("Tan", "Lim", "Lee", "Wong", "Ng", "Chong", "Ong", "Cheah", "Foo", "Yap", "Goh", "Teoh", "Khoo", "Liew"),
    male_link="",
    female_link="",
    family_first=True,
)  # fmt: skip
INDIAN = NameParts(
    male=("Arun", "Balan", "Chandran", "Ganesan", "Kumar", "Mani", "Murugan", "Ravi", "Siva", "Suresh", "Vijay"),
    female=("Anjali", "Devi", "Kavitha", "Lakshmi", "Letchumy", "Meena", "Priya", "Rani", "Selvi", "Shanti",
            "Vasanthi"),
    family=("Arumugam", "Gopal", "Krishnan", "Maniam", "Muniandy", "Nadarajan", "Perumal", "Raman", "Samy",
            "Subramaniam", "Velu"),
    male_link="a/l",
    female_link="a/p",
)  # fmt: skip
BORNEAN = NameParts(
    male=("Jelani", "Unggat", "Bujang", "Gimbang", "Jipun", "Lingoh", "Masing", "Nyipa", "Sudin", "Tajang", "Uding",
          "Jeffry", "Roslee", "Saging"),
    female=("Dayang", "Gunda", "Indai", "Julia", "Kumang", "Lenya", "Monih", "Rosie", "Suli", "Tipah", "Unya"),
    family=("Ajang", "Bansing", "Dunggat", "Entalang", "Gaong", "Jalong", "Kudi", "Lasah", "Minggu", "Sagin", "Tinggal",
            "Umpang"),
    male_link="anak",
    female_link="anak",
)  # fmt: skip
COMMUNITIES = (MALAY, CHINESE, INDIAN, BORNEAN)


def names(community: NDArray[np.int8], female: NDArray[np.bool_], rng: np.random.Generator) -> NDArray[np.object_]:
    """One name for each person: ``community`` is an index into ``COMMUNITIES``."""
    made = np.empty(len(community), dtype=object)
    for index, parts in enumerate(COMMUNITIES):
        for is_female in (False, True):
            chosen = np.flatnonzero((community == index) & (female == is_female))
            made[chosen] = _names_of(parts, female=is_female, count=len(chosen), rng=rng)
    return made


def _names_of(parts: NameParts, *, female: bool, count: int, rng: np.random.Generator) -> list[str]:
    given = rng.choice(parts.female if female else parts.male, count)
    second = rng.choice(parts.female_second if female else parts.male_second, count)
    family = rng.choice(parts.family, count)
    link = parts.female_link if female else parts.male_link
    if parts.family_first:
        return [f"{last} {first}" for first, last in zip(given, family, strict=True)]
    return [" ".join(filter(None, words)) for words in zip(given, second, [link] * count, family, strict=True)]
