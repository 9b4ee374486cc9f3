"""What several parts of the pages of poverty lines say: who may change them, a change in words, a rule in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from layers import numbers
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from registry.principals import Principal
    from words import Words

PATH: Final = "/garis-kemiskinan"
ADD_PATH: Final = f"{PATH}/tambah"
CHANGE_PATH: Final = f"{PATH}/ubah"


def sets_lines(principal: Principal) -> bool:
    """Whether somebody may change lines: an administrator of the whole country."""
    return principal.may(Permission.ADMINISTER) and not principal.territory


def change_told(row: Mapping[str, Any], words: Words) -> str:
    """What a change is: the lines of a year, or a rule, from a day on."""
    day = numbers.day(row["effective_from"])
    match row["kind"]:
        case "adopt_line":
            return words("line.change_adopt_line", year=str(row["survey_year"]), day=day)
        case "set_rule":
            return words("line.change_set_rule", rule=rule_told(row, words), day=day)
        case _:
            return words("line.change_reclassify", day=day)


def rule_told(row: Mapping[str, Any], words: Words) -> str:
    """A rule with the incomes below which a household that is not poor is vulnerable."""
    ceilings = [
        words(f"line.ceiling_{strata}", amount=numbers.money_tidy(row[f"vulnerable_{strata}_rm"]))
        for strata in ("urban", "rural")
        if row[f"vulnerable_{strata}_rm"] is not None
    ]
    return "; ".join([words(f"rule.{row['rule']}"), *ceilings])


def state_name(code: str, names: Mapping[str, str], words: Words) -> str:
    """What a state, or the country, is called."""
    return words("map.country") if code == "MY" else names.get(code, code)
