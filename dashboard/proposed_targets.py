"""Targets that wait for a decision, as pages show them: what they would do, and what is answered."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from dash import html, no_update

from dashboard import acting
from dashboard.areas import COUNTRY
from dashboard.components.tables import ruled
from dashboard.indicator_words import name_of
from dashboard.sent.kinds import whole_number
from layers import numbers
from poverty.targets import Goal, turns_back
from queries import kpi, maps
from registry.kpi.target_proposals import approve, effects_of, read_values, refuse, withdraw
from registry.kpi.target_trees import TargetsNotShared
from registry.refusals import ReasonMissing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from dash.development.base_component import Component

    from dashboard.deps import Deps, Reads, Writes
    from queries.row_types.kpi import TargetProposalRow
    from registry.kpi.target_proposals import Effect
    from registry.kpi.targets import TargetValues
    from words import Words

_MOST_ROWS: Final = 200
_HUNDRED: Final = 100


def decided(deps: Deps, button: Mapping[str, Any], answer: str, words: Words) -> tuple[Any, Any, Any]:
    """What came of a proposal's button: a message, a mark where something was done, what the answer lacks."""
    number = whole_number(button["proposal"])
    try:
        with deps.writing() as session:
            found, done = _carried_out(session, button["act"], number, answer, words)
    except ReasonMissing:
        return words("settings.not_saved"), no_update, words("problem.required")
    except TargetsNotShared as refused:
        with deps.reading() as conn:
            return not_shared(refused, conn, words), no_update, None
    if found is None:
        return done, acting.mark(), None
    with deps.reading() as conn:
        return _effects(found, known(conn, words)[0], conn, words), no_update, None


def _carried_out(
    session: Writes, act: str, proposal: int, answer: str, words: Words
) -> tuple[list[Effect] | None, str]:
    """What a proposal would change, where that was asked; else what was done about it."""
    if act == "look":
        return effects_of(session, proposal), ""
    if act == "approve":
        changed = approve(session, proposal)
        return None, words("target.stale") if changed is None else words.n("target.saved", changed)
    if act == "refuse":
        refuse(session, proposal, reason=answer)
    else:
        withdraw(session, proposal)
    return None, words(f"target.{'refuse' if act == 'refuse' else 'withdraw'}_done")


def _effects(found: Sequence[Effect], named: Mapping[str, str], conn: Reads, words: Words) -> Component:
    """What would change, an area a row; only the first few hundred are written out, and how many there are."""
    if not found:
        return html.P(words.n("target.changes", 0))
    several = len(Counter(one.indicator_code for one in found)) > 1
    which = ["indicator"] if several else []
    heads = [words(f"target.{name}") for name in ("area", *which, "due_on", "before", "after")]
    lines = [
        [
            area_named(conn, one.area_code, words),
            *([named[one.indicator_code]] if several else []),
            numbers.day(one.due_on),
            _written(one.before),
            _written(one.after),
        ]
        for one in found[:_MOST_ROWS]
    ]
    return html.Div(
        [
            html.P(words.n("target.changes", len(found))),
            ruled(heads, lines, label=words("target.effect"), named=True),
        ]
    )


def told(wanted: Mapping[str, TargetValues], found: Sequence[Effect], conn: Reads, words: Words) -> list[Component]:
    """The ways that are asked for, and what would change."""
    named, units = known(conn, words)
    return [*notes(wanted, named, units, words), _effects(found, named, conn, words)]


def _written(value: Any) -> str:
    return numbers.MISSING if value is None else f"{value.normalize():,f}"


def known(conn: Reads, words: Words) -> tuple[dict[str, str], dict[str, str]]:
    """The indicators' names and units, by their codes."""
    found = kpi.indicators(conn, areas=[])
    return (
        {one.indicator_code: name_of(one, words) for one in found},
        {one.indicator_code: one.unit for one in found},
    )


def proposal(
    row: TargetProposalRow,
    about: tuple[dict[str, str], dict[str, str]],
    *,
    me: int,
    button: str,
    words: Words,
    heading: type[html.H4 | html.H3] = html.H4,
) -> Component:
    """One proposal: what, for where, why, by whom; and what may be done about it, by buttons of a type."""
    named, units = about
    seen = row["seen"] if isinstance(row["seen"], dict) else {}
    asked = {code: one for code, one in row["wanted"].items() if one != seen.get(code, {})}
    wanted = [f"{named.get(code, code)}: {one.get('target', numbers.MISSING)}" for code, one in asked.items()]
    acts = ("look", "withdraw") if row["proposed_by"] == me else ("look", "approve", "refuse")
    area = words("map.country") if row["area_code"] == "MY" else row["area_name"]
    paths = read_values({code: one for code, one in row["wanted"].items() if "way" in one})
    return html.Article(
        [
            heading(f"{area} · {'; '.join(wanted)}"),
            *notes(paths, named, units, words),
            html.P(row["reason"]),
            html.P(
                words("target.by", who=row["proposed_name"] or "", when=numbers.moment(row["proposed_at"])),
                className="ek-footnote",
            ),
            html.Div(
                [
                    html.Button(
                        words(f"target.{act}"),
                        id={"type": button, "act": act, "proposal": row["id"]},
                        type="button",
                        className="ek-button" + (" ek-button-main" if act == "approve" else ""),
                    )
                    for act in acts
                ],
                className="ek-actions",
            ),
        ],
        className="ek-panel",
    )


def area_named(conn: Reads, code: str, words: Words) -> str:
    """The name of an area; its code where there is none."""
    if code == COUNTRY:
        return words("map.country")
    found = maps.lineage(conn, code)
    return found[-1].name if found else code


def not_shared(refused: TargetsNotShared, conn: Reads, words: Words) -> str:
    """Why targets cannot be shared out, where, and which that were set by hand stand in the way."""
    pinned = [pin for one in refused.excesses for pin in one.pins.items()]
    pins = [f"{area_named(conn, code, words)} {value:,}" for code, value in pinned]
    area = area_named(conn, refused.area, words)
    return words(f"target.refused_{refused.code}", area=area, pins=", ".join(pins))


def notes(
    wanted: Mapping[str, TargetValues], named: Mapping[str, str], units: Mapping[str, Any], words: Words
) -> list[Component]:
    """The ways that are asked for, with every point, and where they do not go towards the target."""
    asked = {code: one for code, one in wanted.items() if one.way}
    return [html.P(_told(one, named.get(code, code), units.get(code), words)) for code, one in asked.items()]


def _told(one: TargetValues, name: str, unit: object, words: Words) -> str:
    percent = "%" if unit == "syer" else ""
    points = ", ".join(f"{numbers.day(day)}: {plain(value, unit, sign=',')}{percent}" for day, value in one.points)
    told = words(f"target.path_told_{one.way}", indicator=name, points=points)
    if one.baseline is None or one.target is None or one.baseline_on is None or one.due_on is None:
        return told
    goal = Goal(one.baseline, one.baseline_on, one.target, one.due_on, lower_is_better=True, points=one.points)
    return f"{told} {words('kpi.way_back')}" if turns_back(goal) else told


def plain(value: Decimal, unit: object, *, sign: str = "") -> str:
    """A value whole, a share in per cent."""
    return format((value * _HUNDRED if unit == "syer" else value).normalize(), f"{sign}f")
