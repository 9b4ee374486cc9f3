"""What commands about indicators read from files and answer: formulas, lights and forecasts, case by case."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NoReturn, get_args

from poverty.kpi.checks import accepted
from poverty.kpi.evaluation import MISSING, Value, value_of
from poverty.kpi.grammar import read_formula
from poverty.kpi.measures import level_named, shipped_measures
from poverty.kpi.refused import FormulaRefused
from poverty.kpi.tree import Ago, Reference, Total
from poverty.targets import Goal, Way, achieved, expected, standing
from registry.errors import SetupProblem
from registry.kpi.sentences import refusal, sentence
from words import LANGUAGES, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction
    from pathlib import Path

Facts = dict[str, Any]

_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?")
_DIRECTIONS: Final = ("lower", "higher")


def read_json(path: Path) -> Facts:
    """The object that a JSON file holds, its numbers exact.

    Raises:
        SetupProblem: the file holds no JSON object.

    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal, parse_constant=_no_constant)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise SetupProblem(f"{path.name} cannot be read as JSON: {error}. Correct it and ask again.") from None
    if not isinstance(found, dict):
        raise SetupProblem(f"{path.name} must hold one JSON object with names, not a list or a single value.")
    return found


def formulas(given: Facts) -> Facts:
    """Each of ``cases`` with its value and the reason where there is none, or with the rule that it breaks and where.

    Raises:
        SetupProblem: the file is not of this form.

    """
    known = shipped_measures()
    values = {_key(name): _value(value, f"values: {name}") for name, value in _object(given, "values").items()}
    return {"values": given["values"], "cases": [_formula(case, values, known) for case in _listed(given, "cases")]}


def lights(given: Facts) -> Facts:
    """Each of ``lights`` with what was expected on its day, how much of the way was gone, and the light.

    Raises:
        SetupProblem: the file is not of this form, or a goal cannot be one.

    """
    goals = {name: goal_of(facts, f"goals: {name}") for name, facts in _object(given, "goals").items()}
    return {"goals": given["goals"], "lights": [_light(case, goals) for case in _listed(given, "lights")]}


def goal_of(facts: object, where: str) -> Goal:
    """The goal that a file tells of.

    Raises:
        SetupProblem: it is none; the message says what to correct.

    """
    if not isinstance(facts, dict):
        _wrong(where, "it must be an object with names")
    points = facts.get("points") or []
    if not isinstance(points, list) or not all(isinstance(each, list) and len(each) == 2 for each in points):  # noqa: PLR2004
        _wrong(where, "points must be a list of pairs, each a day and a value")
    goal = Goal(
        baseline=number(facts.get("baseline"), f"{where}: baseline"),
        baseline_on=_day(facts.get("baseline_on"), f"{where}: baseline_on"),
        target=number(facts.get("target"), f"{where}: target"),
        due_on=_day(facts.get("due_on"), f"{where}: due_on"),
        lower_is_better=choice(facts.get("direction"), _DIRECTIONS, f"{where}: direction") == "lower",
        tolerance_share=number(facts.get("tolerance", "0.10"), f"{where}: tolerance"),
        way=choice(facts.get("trajectory", "lurus"), get_args(Way), f"{where}: trajectory"),  # type: ignore[arg-type]
        points=tuple((_day(day, f"{where}: points"), number(value, f"{where}: points")) for day, value in points),
    )
    days = [goal.baseline_on, *(day for day, _ in goal.points), goal.due_on]
    if any(after <= before for before, after in pairwise(days)):
        _wrong(where, "baseline_on, the days of points and due_on must follow one another, none twice")
    if goal.tolerance_share < 0:
        _wrong(f"{where}: tolerance", "it cannot be below 0")
    return goal


def number(value: object, where: str) -> Decimal:
    """A number of a file, written as one or as a text.

    Raises:
        SetupProblem: it is none.

    """
    text = f"{value:f}" if isinstance(value, Decimal) and abs(value.adjusted()) < 30 else str(value)  # noqa: PLR2004
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal) or not _NUMBER.fullmatch(text):
        _wrong(where, "it must be a number such as 12 or 0.25")
    return Decimal(text)


def choice(value: object, choices: tuple[str, ...], where: str) -> str:
    """One of the words that may stand there.

    Raises:
        SetupProblem: it is another.

    """
    if not isinstance(value, str) or value not in choices:
        _wrong(where, f"it must be one of {', '.join(choices)}")
    return value


def ratio(found: Fraction) -> str:
    """An exact fraction in lowest terms, as a text."""
    return f"{found.numerator}/{found.denominator}"


def _formula(case: Facts, values: Mapping[str, Value], known: Mapping[str, Any]) -> Facts:
    text, unit = case.get("formula"), case.get("unit")
    if not isinstance(text, str) or not isinstance(unit, str):
        _wrong("cases", "each must have a formula and a unit, both texts")
    try:
        level = level_named(str(case.get("level")))
    except ValueError as error:
        _wrong("cases: level", str(error))
    try:
        formula = accepted(text, unit=unit, level=level)
    except FormulaRefused as refused:
        told = {f"message_{language}": refusal(refused, words_of(language)) for language in LANGUAGES}
        return {**_asked(case), "error": refused.code, "position": refused.position + 1, **told}
    value = value_of(formula.tree, values)
    said = {f"sentence_{language}": sentence(formula.tree, known, words_of(language)) for language in LANGUAGES}
    if isinstance(value, Decimal):
        return {**_asked(case), "value": f"{value + 0:f}" if value else "0", "reason": None, **said}
    return {**_asked(case), "value": None, "reason": value, **said}


def _asked(case: Facts) -> Facts:
    return {name: case[name] for name in ("formula", "unit", "level")}


def _key(name: str) -> str:
    """A figure of a file by the key that formulas look it up by."""
    try:
        tree = read_formula(name)
    except FormulaRefused as refused:
        _wrong(f"values: {name}", refusal(refused, words_of("en")))
    if not isinstance(tree, Reference | Ago | Total):
        _wrong(f"values: {name}", "it must be one figure, such as poor or ago(poor, 12)")
    return tree.key


def _value(value: object, where: str) -> Value:
    if value is None:
        return "tiada_data"
    for reason in MISSING:
        if value == reason:
            return reason
    return number(value, where)


def _light(case: Facts, goals: Mapping[str, Goal]) -> Facts:
    name = choice(case.get("goal"), tuple(goals), "lights: goal")
    actual = case.get("actual")
    exact = None if actual is None else number(actual, "lights: actual")
    day = _day(case.get("on"), "lights: on")
    goal = goals[name]
    found: Facts = {"goal": name, "actual": actual, "on": case["on"], "expected": ratio(expected(goal, on=day))}
    if exact is not None:
        gone = achieved(exact, goal)
        found["achieved"] = None if gone is None else ratio(gone)
    return {**found, "light": standing(exact, goal, on=day)}


def _object(given: Facts, name: str) -> Facts:
    found = given.get(name)
    if not isinstance(found, dict):
        _wrong(name, "the file must have it, as an object with names")
    return found


def _listed(given: Facts, name: str) -> list[Facts]:
    found = given.get(name)
    if not isinstance(found, list) or not all(isinstance(case, dict) for case in found):
        _wrong(name, "the file must have it, as a list of objects")
    return found


def _day(value: object, where: str) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        _wrong(where, "it must be a day such as 2025-01-31")


def _no_constant(text: str) -> NoReturn:
    message = f"{text} is no number"
    raise ValueError(message)


def _wrong(where: str, what: str) -> NoReturn:
    raise SetupProblem(f"{where}: {what}. Correct it and ask again.")
