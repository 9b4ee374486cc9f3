"""Reads what a MyKad number suggests about its holder: birth date, sex, state of birth.

The number has no check digit and is never proof: what is read here is offered and compared, never forced on anyone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

Sex = Literal["male", "female"]

DATE_MISMATCH = "mykad_tarikh_tidak_padan"
SEX_MISMATCH = "mykad_jantina_tidak_padan"

_FORM = re.compile(r"(\d{2})(\d{2})(\d{2})(\d{2})(\d{3})(\d)")
_EXTRA_PLACES: dict[str, tuple[range, ...]] = {
    "01": (range(21, 25),),
    "02": (range(25, 28),),
    "03": (range(28, 30),),
    "04": (range(30, 31),),
    "05": (range(31, 32), range(59, 60)),
    "06": (range(32, 34),),
    "07": (range(34, 36),),
    "08": (range(36, 40),),
    "09": (range(40, 41),),
    "10": (range(41, 45),),
    "11": (range(45, 47),),
    "12": (range(47, 50),),
    "13": (range(50, 54),),
    "14": (range(54, 58),),
    "15": (range(58, 59),),
}
_STATES = {f"{number:02}": f"{number:02}" for number in range(1, 17)} | {
    f"{number:02}": state for state, spans in _EXTRA_PLACES.items() for span in spans for number in span
}


@dataclass(frozen=True, slots=True)
class MyKad:
    """A number of twelve digits and what it suggests; ``None`` where its digits say nothing usable."""

    number: str
    birth_date: date | None
    sex: Sex
    birth_state_code: str | None

    def mismatches(self, *, birth_date: date | None, sex: str | None) -> tuple[str, ...]:
        """The codes of what disagrees with the declared facts; a fact that is not declared disagrees with nothing.

        Only the digits the number holds are compared: its century is a guess.
        """
        found = []
        if birth_date is not None and f"{birth_date:%y%m%d}" != self.number[:6]:
            found.append(DATE_MISMATCH)
        if sex in {"male", "female"} and sex != self.sex:
            found.append(SEX_MISMATCH)
        return tuple(found)


def parse(text: str, *, today: date | None = None) -> MyKad | None:
    """The MyKad written in ``text``, with or without dashes and blanks; ``None`` where it is not twelve digits."""
    number = re.sub(r"[\s-]", "", text)
    form = _FORM.fullmatch(number)
    if form is None:
        return None
    year, month, day, place, serial, last = form.groups()
    return MyKad(
        number=number,
        birth_date=_birth_date(int(year), int(month), int(day), serial=serial, today=today or date.today()),  # noqa: DTZ011
        sex="male" if int(last) % 2 else "female",
        birth_state_code=_STATES.get(place),
    )


def masked(number: str | None, *, kind: str | None = "mykad") -> str:
    """The number with all but its last four characters hidden: ``######-##-1234`` for a MyKad; empty for none."""
    if not number:
        return ""
    if kind == "mykad" and _FORM.fullmatch(number):
        return f"######-##-{number[-4:]}"
    return "#" * max(0, len(number) - 4) + number[-4:]


def written(number: str | None, *, kind: str | None = "mykad") -> str:
    """The whole number as people write it: ``900101-14-5567`` for a MyKad."""
    if not number:
        return ""
    if kind == "mykad" and _FORM.fullmatch(number):
        return f"{number[:6]}-{number[6:8]}-{number[8:]}"
    return number


def _birth_date(year: int, month: int, day: int, *, serial: str, today: date) -> date | None:
    """The date in the century its serial number speaks for: from 5 on the last one, from 0 this one.

    Serials that speak for neither are read as the latest date that is not in the future.
    """
    centuries = (1900, 2000) if serial[0] >= "5" else (2000, 1900)
    for century in centuries:
        try:
            born = date(century + year, month, day)
        except ValueError:
            continue
        if born <= today:
            return born
    return None
