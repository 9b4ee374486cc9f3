"""The record as it was on a day, as it was known on another: read only, and marked as the past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from dash import dcc, html

from dashboard.components.badges import status_badge
from dashboard.components.forms import ASKS
from dashboard.household import texts
from dashboard.household.facts import facts
from dashboard.household.parts import AID, PARTS
from dashboard.pages.households import sections
from layers import numbers
from queries import changes
from queries.households import WholeRecord
from registry.households.typed_values import day_of
from registry.mykad import masked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from dashboard.deps import Reads
    from queries.row_types.households import AidRow, MemberRow, RecordRow
    from words import Words

_ON, _KNOWN = "pada", "diketahui"
_MONEY = ("employment", "self_employment", "property", "transfers")


@dataclass(frozen=True, slots=True)
class Days:
    """The two days, named as the address names them."""

    pada: date
    diketahui: date


def asked(query: Mapping[str, object]) -> dict[str, str] | None:
    """The two days of an address; ``None`` where it asks for the record as it is."""
    on, known = (day_of(query.get(name)) for name in (_ON, _KNOWN))
    if on is None and known is None:
        return None
    today = texts.today()
    return {_ON: (on or today).isoformat(), _KNOWN: (known or today).isoformat()}


def form(record: WholeRecord, words: Words) -> Component:
    """The question for another day, answered by an address that can be shared."""
    return _question(record.household["household_id"], texts.today(), texts.today(), words)


def page_of(conn: Reads, household_id: int, days: Days, words: Words) -> Component:
    """The whole record as it was, with a banner that says so and the way back."""
    on, known = days.pada, days.diketahui
    found = changes.as_of(conn, household_id, valid_on=on, known_on=known)
    message = words("past.banner", on=numbers.day(on), known=numbers.day(known))
    banner = html.Div(
        [html.P(html.B(message)), html.P(dcc.Link(words("past.back"), href=f"/isi-rumah/{household_id}"))],
        className="ek-problems is-stale",
        role="note",
    )
    body: list[Any] = [banner]
    if found is None or found.record is None:
        body += [html.H1(words("past.title")), html.P(words("past.unknown"))]
    else:
        body += _record(found, words)
    body += [html.H2(words("past.versions")), _versions(conn, household_id, words)]
    return html.Article([*body, _question(household_id, on, known, words)])


def _record(found: changes.PastRecord, words: Words) -> list[Component]:
    record = found.record or {}
    whole = _as_whole(record, found.areas)
    decision = record.get("decision")
    title: list[Any] = [html.H1(record["head_name"])]
    if decision:
        title.append(status_badge(decision["status"], words))
    facts = [
        words("record.file_no", number=found.file_no),
        texts.names(*found.areas),
        words.n("record.members_value", len(whole.members)),
        words("past.income", income=numbers.money(whole.household["income_rm"])),
        words("past.written", version=record["version"], by=record["actor"],
              at=numbers.clock(datetime.fromisoformat(record["known_from"]))),
    ]  # fmt: skip
    parts = [
        html.Section(
            [html.Div(html.H2(words(f"part.{part.name}")), className="ek-part-head"), _part(part.name, whole, words)],
            className="ek-part",
        )
        for part in PARTS.values()
    ]
    return [
        html.Header([html.Div(title, className="ek-record-title"), html.P(" · ".join(facts))]),
        html.Div(parts, className="ek-record-main"),
    ]


def _part(name: str, record: WholeRecord, words: Words) -> Component:
    if name == AID:
        return sections.aid_table(record, words, may_edit=False)
    part = PARTS[name]
    return sections.member_table(part, record, words) if part.of_members else facts(
        part, record.household, words
    )  # fmt: skip


def _as_whole(record: dict[str, Any], areas: tuple[str | None, ...]) -> WholeRecord:
    """A snapshot in the shape in which a record is read; identity numbers stay masked.

    What a snapshot does not hold (areas computed, lines, decisions) is not there: only fields of the form are read.
    """
    household = {**_read(record), "mukim_name": areas[0], "district_name": areas[1]}
    names = {person["id"]: person["name"] for person in record["persons"]}
    return WholeRecord(
        household=cast("RecordRow", household),
        members=[cast("MemberRow", _member(person)) for person in record["persons"]],
        given=[],
        granted=[],
        held={"held": 0, "held_rm": Decimal(0)},
        aid=[
            cast("AidRow", {**_read(aid), "aid_id": aid["id"], "member_name": names.get(aid["person_id"])})
            for aid in record["aid"]
        ],
        decisions=[],
        places=[],
        edits=[],
        flags=[],
    )


def _member(person: dict[str, Any]) -> dict[str, object]:
    incomes = {f"{source}_rm": Decimal(str(person["income"].get(source, 0))) for source in _MONEY}
    number = masked(person["id_no"], kind=person["id_kind"]) if person["id_no"] else None
    return {
        **_read(person),
        **incomes,
        "id_no": number,
        "person_id": person["id"],
        "income_rm": sum(incomes.values(), Decimal(0)),
    }


def _read(values: dict[str, object]) -> dict[str, object]:
    """Days and amounts of a snapshot as a record has them."""
    kinds = {field.source: field.kind for part in PARTS.values() for field in part.fields}
    read = dict(values)
    for name, value in values.items():
        if value is not None and kinds.get(name) == "date":
            read[name] = date.fromisoformat(str(value))
        elif value is not None and (kinds.get(name) in {"money", "acres"} or name.endswith("_rm")):
            read[name] = Decimal(str(value))
    return read


def _versions(conn: Reads, household_id: int, words: Words) -> Component:
    """Every version that is written down, each with a link to the record as it was then."""
    found = changes.versions(conn, household_id)
    if not found:
        return html.P(words("past.never_changed"))
    items = []
    for row in found:
        known = row["known_from"].astimezone(numbers.MALAYSIA).date()
        text = words(
            "past.version",
            n=row["version"],
            on=numbers.day(row["valid_from"]),
            cause=words(f"action.{row['cause']}" if row["cause"] not in {"registered", "import"}
                        else f"past.cause.{row['cause']}"),
            by=row["actor"],
            at=numbers.clock(row["known_from"]),
        )  # fmt: skip
        address = f"/isi-rumah/{household_id}?{_ON}={row['valid_from'].isoformat()}&{_KNOWN}={known.isoformat()}"
        items.append(html.Li(html.A(text, href=address)))
    return html.Ol(items)


def _question(household_id: int, on: date, known: date, words: Words) -> Component:
    fields = [
        html.Label(
            [
                html.Span(words(f"past.{name}")),
                dcc.Input(id=f"households-{name}", name=name, value=numbers.day(day), type="text"),
            ]
        )
        for name, day in ((_ON, on), (_KNOWN, known))
    ]
    button = html.Button(words("past.show"), className="ek-button", type="submit")
    return html.Form([*fields, button], action=f"/isi-rumah/{household_id}", method="get", className="ek-form", **ASKS)
