"""What is supposed, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layers import numbers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from poverty.simulation import LineShift, Scenario
    from words import Words

_MINUS: Final = "\u2212"


def sentence(scenario: Scenario, states: Mapping[str, str], words: Words) -> str:
    """Everything that is supposed, as one sentence."""
    told = [_line(one, states, words) for one in scenario.lines if one.amounts]
    if scenario.rule:
        told.append(words("sim.said_rule", rule=words(f"rule.{scenario.rule}")))
    for more in scenario.income:
        source = words(f"sim.source_{more.source}")
        if more.rm:
            told.append(words("sim.said_income_rm", source=source, rm=_signed_rm(more.rm)))
        if more.pct:
            told.append(words("sim.said_income_pct", source=source, pct=_signed(more.pct)))
    if scenario.benefit:
        key = "sim.said_benefit_poor" if scenario.benefit.poor else "sim.said_benefit"
        told.append(words(key, rm=numbers.money_tidy(scenario.benefit.rm), under=scenario.benefit.under))
    return words("sim.said", what="; ".join(told)) if told else words("sim.said_nothing")


def _line(shift: LineShift, states: Mapping[str, str], words: Words) -> str:
    moved = [
        words(f"sim.said_{name}", by=f"{_signed(by)}%" if name.endswith("_pct") else _signed_rm(by))
        for name, by in shift.amounts.items()
    ]
    where = words("sim.said_all_states") if shift.state == "MY" else states.get(shift.state, shift.state)
    strata = words("sim.said_all_strata") if shift.strata == "all" else words(f"strata.{shift.strata}").lower()
    return words("sim.said_lines", what=", ".join(moved), where=where, strata=strata)


def _signed(value: Decimal) -> str:
    return f"{_MINUS if value < 0 else '+'}{abs(value).normalize():f}"


def _signed_rm(value: Decimal) -> str:
    return f"{_MINUS if value < 0 else '+'}{numbers.money_tidy(abs(value))}"
