"""What several parts of the pages of poverty lines say: who may change them, a change in words, a rule in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layers import numbers
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from registry.principals import Principal
    from words import Words

PATH: Final = "/garis-kemiskinan"
ADD_PATH: Final = f"{PATH}/tambah"
CHANGE_PATH: Final = f"{PATH}/ubah"


def sets_lines(principal: Principal) -> bool:
    """Whether somebody may change lines: an administrator of the whole country."""
    return principal.may(Permission.ADMINISTER) and not principal.territory


def change_text(kind: str, day: date, words: Words, *, year: int | None = None, rule: str = "") -> str:
    """What a change is: the lines of a year, or a rule (in words), from a day on."""
    match kind:
        case "adopt_line":
            return words("line.change_adopt_line", year=str(year), day=numbers.day(day))
        case "set_rule":
            return words("line.change_set_rule", rule=rule, day=numbers.day(day))
        case _:
            return words("line.change_reclassify", day=numbers.day(day))


def rule_text(rule: str | None, urban_rm: Decimal | None, rural_rm: Decimal | None, words: Words) -> str:
    """A rule with the incomes below which a household that is not poor is vulnerable; nothing where there is none."""
    if rule is None:
        return ""
    ceilings = [
        words(f"line.ceiling_{strata}", amount=numbers.money_tidy(income))
        for strata, income in (("urban", urban_rm), ("rural", rural_rm))
        if income is not None
    ]
    return "; ".join([words(f"rule.{rule}"), *ceilings])


def state_name(code: str, names: Mapping[str, str], words: Words) -> str:
    """What a state, or the country, is called."""
    return words("map.country") if code == "MY" else names.get(code, code)
