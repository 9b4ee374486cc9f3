"""What has happened to a household, newest first: decisions, edits, moves, deliveries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.components.aria import aria
from dashboard.components.badges import status_badge
from dashboard.household import texts
from dashboard.household.parts import PARTS, Field, choice_label
from layers import numbers
from registry.mykad import masked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dash.development.base_component import Component

    from queries.households import WholeRecord
    from queries.row_types.households import DecisionRow, EditRow
    from words import Words

FIRST_SHOWN = 8
ACTIONS = frozenset(
    {
        "edit_dwelling", "edit_assets", "edit_location", "edit_member", "edit_education", "edit_work", "edit_health",
        "edit_income", "add_member", "remove_member", "change_head", "move", "add_aid", "remove_aid", "exit",
        "reinstate", "register_household", "merge_household", "undo_merge", "confirm_odd_data",
    }
)  # fmt: skip
_FIELDS: dict[str, Field] = {item.name: item for part in PARTS.values() for item in part.fields}
# Recomputed by the system when a point moves: true, but nothing that anyone did.
_UNTOLD = frozenset(
    {"computed_district_code", "computed_mukim_code", "outside_district_m", "parliament_code", "dun_code",
     "catchment_codes", "id_kind", "state_code", "is_head"}
)  # fmt: skip
_TOLD_TOO = frozenset(
    {
        "removed",
        "aid",
        "latitude",
        "longitude",
        "geom_accuracy_m",
        "exited_on",
        "exit_reason",
        "exit_note",
        "taken_over",
    }
)
_SAME_MOMENT = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: ``day`` is when it counts from, ``at`` when it was written down."""

    day: date
    at: datetime
    title: Any
    lines: list[Any] = field(default_factory=list)
    who: str | None = None
    kind: str = "edit"


def timeline(record: WholeRecord, words: Words) -> Component:
    """All events; the first few at once, the rest one click away with their number stated."""
    events = sorted(_events(record, words), key=lambda event: (event.day, event.at), reverse=True)
    shown = html.Ol([_item(event, words) for event in events[:FIRST_SHOWN]], className="ek-timeline")
    rest = events[FIRST_SHOWN:]
    if not rest:
        return shown
    more = html.Details(
        [
            html.Summary(words.n("timeline.more", len(rest))),
            html.Ol([_item(event, words) for event in rest], className="ek-timeline"),
        ]
    )
    return html.Div([shown, more])


def _events(record: WholeRecord, words: Words) -> list[Event]:
    return [
        *(_decision(row, words) for row in record.decisions),
        *(_edit(row, record, words) for row in record.edits),
        *_places(record, words),
        *_delivery(record, words),
    ]


def _item(event: Event, words: Words) -> Component:
    meta: list[Any] = [html.Time(numbers.day(event.day), dateTime=event.day.isoformat())]
    if event.who:
        meta.append(html.Span(words("timeline.by", name=event.who)))
    body = [html.P(event.title, className="ek-event-title"), *(html.P(line) for line in event.lines)]
    return html.Li([html.P(meta, className="ek-event-meta"), *body], className=f"ek-event is-{event.kind}")


def _decision(row: DecisionRow, words: Words) -> Event:
    before, after = row["previous_status"], row["status"]
    title: list[Any] = [status_badge(after, words)]
    if before and before != after:
        title = [status_badge(before, words), html.Span("→", **aria(label=words("timeline.became"))), *title]
    figures = words(
        "timeline.figures",
        per_capita=numbers.money(row["per_capita_rm"]),
        n=row["member_count"],
        year=str(row["survey_year"]),
    )
    lines = [words(f"cause.{row['cause']}"), figures]
    who = None if row["cause"] in {"line_changed", "rule_changed"} else _person(row["decided_by"])
    return Event(row["effective_on"], row["decided_at"], title, lines, who, kind=f"decision is-{after}")


def _edit(row: EditRow, record: WholeRecord, words: Words) -> Event:
    action = row["action"] if row["action"] in ACTIONS else "other"
    before, after = row["before"] or {}, row["after"] or {}
    names = [name for name in after | before if label_of(name, words)]
    named = {str(member["member_no"]): member["name"] for member in record.members}
    lines = [_difference(name, before.get(name), after.get(name), named, words) for name in names]
    if action in {"add_member", "remove_member"}:
        lines = [_came_or_left(before, after, words)]
    if action == "register_household":
        lines = [words("timeline.from_case", number=after["case"], n=after["members"])]
    if action == "move":
        lines = [words("timeline.moved", old=_point(before, record), new=_point(after, record))]
    at = row["at"].astimezone(numbers.MALAYSIA)
    return Event(at.date(), row["at"], words(f"action.{action}"), lines, _person(row["actor"]))


def label_of(name: str, words: Words) -> str:
    """What a field of the audit log is called; empty for what is only worked out or has no name for people."""
    number, _, plain = name.rpartition(".")
    if plain in _UNTOLD or not (plain in _FIELDS or plain in _TOLD_TOO):
        return ""
    label = words(f"field.{plain}")
    return words("form.of_member", name=words("timeline.member", n=number), label=label) if number else label


def written_of(name: str, value: Any, words: Words) -> str:
    """A value of the audit log as people read it."""
    return _written(name.rpartition(".")[2], value, words)


def _came_or_left(before: dict[str, Any], after: dict[str, Any], words: Words) -> str:
    """Who was added or taken out, as what, and why."""
    facts = {name.rpartition(".")[2]: after.get(name) or before.get(name) for name in after | before}
    entries = [facts.get("name"), choice_label("relationship", facts.get("relationship"), words)]
    if facts.get("removed"):
        entries.append(words(f"reason.{facts['removed']}"))
    return " · ".join(text for text in entries if text)


def _difference(name: str, old: Any, new: Any, named: Mapping[str, str], words: Words) -> object:
    """One field as "label: old → new"; a member's carries the name, or the number of one who has left."""
    number, _, plain = name.rpartition(".")
    label = words(f"field.{plain}")
    if number:
        who = named.get(number) or words("timeline.member", n=number)
        label = words("form.of_member", name=who, label=label)
    nothing = html.Span(words("record.missing"), className="ek-missing")
    was, now = _written(plain, old, words) or nothing, _written(plain, new, words) or nothing
    if plain in {"aid", "removed"}:
        return html.Span([f"{label}: ", now if new else was])
    return html.Span([f"{label}: ", html.Del(was), html.Span(" → ", **aria(hidden=True)), html.Ins(now)])


def _written(name: str, value: Any, words: Words) -> str:
    """A value of the audit log, which keeps JSON, as people read it; identity numbers stay masked."""
    if value is None or value == "":
        return ""
    special = _SPECIAL.get(name)
    if special is not None:
        return special(value, words)
    known = _FIELDS.get(name)
    if known is None:
        return str(value)
    if known.kind == "date":
        value = date.fromisoformat(value)
    elif known.kind in {"money", "acres"}:
        value = _decimal(value)
    return texts.value_text(known, {known.source: value}, words)


_SPECIAL: dict[str, Callable[[Any, Words], str]] = {
    "id_no": lambda value, _words: masked(str(value)),
    "aid": lambda value, _words: " · ".join(str(value[key]) for key in ("programme", "agency") if value.get(key)),
    "removed": lambda value, words: words(f"reason.{value}"),
    "exit_reason": lambda value, words: words(f"exit.reason.{value}"),
    "exited_on": lambda value, _words: numbers.day(date.fromisoformat(value)),
}


def _decimal(value: Any) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return Decimal(0)


def _point(values: dict[str, Any], record: WholeRecord) -> str:
    latitude = values.get("latitude", record.household["latitude"])
    longitude = values.get("longitude", record.household["longitude"])
    return texts.point_text(longitude, latitude)


def _places(record: WholeRecord, words: Words) -> list[Event]:
    """Where it was; a place that an edit above already tells of is not told twice."""
    edited = [row["at"] for row in record.edits if row["action"] in {"move", "edit_location"}]
    events = []
    for row in record.places:
        at = row["valid_from"]
        if any(abs(at - other) < _SAME_MOMENT for other in edited):
            continue
        names = [row["mukim_name"], row["district_name"], words(f"strata.{row['strata']}")]
        lines = [
            " · ".join(name for name in names if name),
            words(
                "timeline.place",
                method=words(f"method.{row['geom_method']}"),
                distance=texts.distance(row["geom_accuracy_m"]),
            ),
        ]
        local = at.astimezone(numbers.MALAYSIA)
        events.append(
            Event(local.date(), at, words("timeline.placed"), lines, _person(row["changed_by"]), kind="place")
        )
    return events


def _delivery(record: WholeRecord, words: Words) -> list[Event]:
    """The visit of the census and the registration, with its file where the reader may know it."""
    household = record.household
    start = datetime.min.replace(tzinfo=UTC)
    file = household["delivery_file"]
    lines = [words("timeline.file", name=file)] if file else []
    events = [Event(household["registered_on"], start, words("timeline.registered"), lines, kind="delivery")]
    if household["census_date"]:
        informant = household["informant"]
        lines = [words("timeline.informant", name=choice_label("informant", informant, words))] if informant else []
        events.append(Event(household["census_date"], start, words("timeline.census"), lines, kind="delivery"))
    return events


def _person(login: str | None) -> str | None:
    """Who did it, unless the system itself did."""
    return None if login in {None, "system"} else login
