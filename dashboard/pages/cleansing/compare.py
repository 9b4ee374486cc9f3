"""Draws two records side by side: what differs is marked, and of each difference one value is chosen."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import html

from dashboard.components.aria import aria
from dashboard.components.badges import status_badge
from dashboard.components.tables import STEP, labelled
from dashboard.household import texts
from dashboard.household.parts import ASSETS, DWELLING, LOCATION, PARTS, PERSONAL, Field
from dashboard.pages.cleansing import ids
from dashboard.pages.cleansing.lists import why
from dashboard.pages.cleansing.view import PATH, CleansingView
from layers import numbers
from registry.cleansing.merging import CHOICES
from registry.mykad import written

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from queries.households import WholeRecord
    from queries.row_types.cleansing import PairRow
    from words import Words

SIDES: Final = ("a", "b")
_HEAD: Final = "head."
_FIELDS: Final = {field.name: field for part in (LOCATION, DWELLING, ASSETS) for field in PARTS[part].fields}
_OF_HEAD: Final = {f"{_HEAD}{field.name}": field for field in PARTS[PERSONAL].fields}
_ORDER: Final = (
    "head.name", "head.id_no", "head.birth_date", "head.sex", "head.ethnicity", "head.religion", "head.marital_status",
    "head.income", "address", "village", "town", "postcode", "phone", "area", "point", "dwelling_type", "tenure",
    "dwelling_condition", "room_count", "toilet", "water_supply", "electricity", "rubbish_collection", "vehicle",
    "land_acres",
)  # fmt: skip
assert set(_ORDER) == CHOICES  # noqa: S101 - what can be chosen is what can be merged


def comparison(
    state: CleansingView, pair: PairRow, records: tuple[WholeRecord, WholeRecord], words: Words
) -> list[Component]:
    """The whole comparison of a pair that is open."""
    rows = [_row(name, records, words) for name in _ORDER]
    headings = [_heading(side, record, words) for side, record in zip(SIDES, records, strict=True)]
    versions = ".".join(str(record.household["version"]) for record in records)
    back = html.A(words("cleanse.back"), href=state.but(pair=0).address(PATH), className="ek-button", **STEP)
    head = html.Tr([html.Th(words("cleanse.field"), scope="col"), *(html.Th(cell, scope="col") for cell in headings),
                    html.Th(words("cleanse.value"), scope="col")])  # fmt: skip
    return [
        html.Div([html.H2(words(f"cleanse.compare_{pair['kind']}")), back], className="ek-tasks-head"),
        html.P(words("cleanse.score_why", score=numbers.share(pair["score"]), why=why(pair["reasons"], words))),
        *([html.P(words("cleanse.person_note"), className="ek-footnote")] if pair["kind"] == "person" else []),
        html.Div(
            html.Table([html.Thead(head), html.Tbody(rows)], className="ek-table ek-cleanse-compare"),
            className="ek-scroll",
            tabIndex=0,
            role="region",
            **aria(label=words("cleanse.side_by_side")),
        ),
        _members(pair, records, words),
        _decision(f"{pair['candidate_id']}.{versions}", records, words),
    ]


def settled(state: CleansingView, words: Words) -> list[Component]:
    """What is said of a pair that is no longer open, or not for who asks."""
    back = html.A(words("cleanse.back"), href=state.but(pair=0).address(PATH), className="ek-button", **STEP)
    return [html.H2(words("cleanse.settled")), html.P(words("cleanse.settled_note")), back]


def _heading(side: str, record: WholeRecord, words: Words) -> list[Any]:
    household = record.household
    link = html.A(household["file_no"], href=f"/isi-rumah/{household['household_id']}", **STEP)
    registered = words("cleanse.registered", date=numbers.day(household["registered_on"]))
    return [
        words(f"cleanse.side_{side}"),
        " ",
        link,
        " ",
        status_badge(household["status"], words),
        html.Small(registered),
    ]


def _row(name: str, records: tuple[WholeRecord, WholeRecord], words: Words) -> Component:
    label = _label(name, words)
    values = [_value(name, record, words) for record in records]
    differs = values[0] != values[1]
    missing = html.Span(words("record.missing"), className="ek-missing")
    cells = [
        html.Td(value or missing, **labelled(words(f"cleanse.side_{side}")))
        for side, value in zip(SIDES, values, strict=True)
    ]
    if differs:
        preferred = "b" if values[1] and not values[0] else "a"
        choice: Any = dmc.RadioGroup(
            dmc.Group([dmc.Radio(label=words(f"cleanse.side_{side}"), value=side) for side in SIDES], gap="sm"),
            id=ids.field(name),
            value=preferred,
            **aria(label=words("cleanse.value_of", field=label)),
        )
    else:
        choice = words("cleanse.same")
    marked: list[Any] = [label, html.Span(words("cleanse.differs"), className="ek-sr")] if differs else [label]
    return html.Tr([html.Th(marked, scope="row"), *cells, html.Td(choice)], className="ek-differs" if differs else "")


def _label(name: str, words: Words) -> str:
    if name in {"area", "point", "head.income"}:
        return words(f"cleanse.field_{name.removeprefix(_HEAD)}")
    return words(f"field.{name.removeprefix(_HEAD)}")


def _value(name: str, record: WholeRecord, words: Words) -> str:
    household, head = record.household, record.members[0]
    match name:
        case "area":
            names = texts.names(household["mukim_name"], household["district_name"], household["state_name"])
            return f"{names} · {words('strata.' + household['strata'])}"
        case "point":
            place = texts.point_text(household["longitude"], household["latitude"])
            return f"{place} · {words('method.' + household['geom_method'])}"
        case "head.income":
            return numbers.money(Decimal(str(head["income_rm"])))
        case "head.id_no":
            return written(head["id_no"], kind=head["id_kind"])
        case _ if name.startswith(_HEAD):
            return texts.value_text(_OF_HEAD[name], head, words)
        case _:
            field: Field = _FIELDS[name]
            return texts.value_text(field, household, words)


def _members(pair: PairRow, records: tuple[WholeRecord, WholeRecord], words: Words) -> Component:
    """Both households' members; those that are in one record only can be taken over."""
    paired = {person for reason in pair["reasons"] for person in (reason["a"], reason["b"])}
    columns, alone = [], []
    for side, record in zip(SIDES, records, strict=True):
        items = []
        for member in record.members:
            message = words(
                "cleanse.member",
                name=member["name"],
                relation=words("choice.kir") if member["is_head"] else member["relationship"],
                born=numbers.day(member["birth_date"]),
            )
            items.append(html.Li(message, className="" if member["person_id"] in paired else "ek-differs"))
            if member["person_id"] not in paired and not member["is_head"]:
                label = words("cleanse.take_member", name=member["name"], side=words(f"cleanse.side_{side}"))
                alone.append(dmc.Checkbox(label=label, value=str(member["person_id"])))
        columns.append(html.Div([html.H3(words(f"cleanse.members_{side}")), html.Ul(items)]))
    group = dmc.CheckboxGroup(
        dmc.Stack(alone, gap="xs"),
        id=ids.field("members"),
        label=words("cleanse.take_members"),
        value=[],
        className="" if alone else "ek-sr",
    )
    return html.Section([html.H2(words("cleanse.members")), html.Div(columns, className="ek-cleanse-sides"), group])


def _decision(row: str, records: tuple[WholeRecord, WholeRecord], words: Words) -> Component:
    keep = dmc.RadioGroup(
        dmc.Stack(
            [
                dmc.Radio(label=words(f"cleanse.keep_{side}", file=record.household["file_no"]), value=side)
                for side, record in zip(SIDES, records, strict=True)
            ],
            gap="xs",
        ),
        id=ids.field("keep"),
        label=words("cleanse.keep"),
        value="a",
    )
    return html.Section(
        [
            html.H2(words("cleanse.decide")),
            keep,
            html.P(words("cleanse.merge_note"), className="ek-footnote"),
            html.Div(
                [
                    html.Button(
                        words("cleanse.merge"),
                        id=ids.act("merge", row),
                        className="ek-button ek-button-main",
                        n_clicks=0,
                    ),
                    html.Button(
                        words("cleanse.different"), id=ids.act("different", row), className="ek-button", n_clicks=0
                    ),
                ],
                className="ek-cleanse-actions",
            ),
        ],
        className="ek-panel ek-cleanse-decide",
    )
