"""The head of a record: who, where, the status with its sentence, both tests, and the strip of components."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import dcc, html

from dashboard.components.aria import aria
from dashboard.components.badges import status_badge
from dashboard.components.sentence import status_sentence
from dashboard.components.tables import labelled
from dashboard.guards import may
from dashboard.household import given, texts
from dashboard.household.parts import AID, INCOME, PARTS, completeness
from dashboard.household.scale import scale
from layers import numbers
from registry.principals import Permission
from registry.status.explain import decision_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from poverty.lines import Part
    from queries.households import WholeRecord
    from queries.row_types.households import RecordRow
    from words import Words

_FOUND = {"tegar": "below_food", "miskin": "below_pgk"}


def header(record: WholeRecord, parts: Sequence[Part], words: Words) -> Component:
    """Name, file number, area, status badge with its sentence, the scale, both tests, and what to know beside it."""
    household = record.household
    where = [household["mukim_name"], household["district_name"], household["state_name"]]
    line = [
        html.Span(words("record.file_no", number=household["file_no"])),
        html.Span(", ".join(name for name in dict.fromkeys(where) if name)),
        html.Span(words(f"strata.{household['strata']}")),
    ]
    return html.Header(
        [
            html.Div(
                [html.H1(household["head_name"]), status_badge(household["status"], words), *_exited(household, words)],
                className="ek-record-title",
            ),
            html.P(line, className="ek-record-line"),
            html.P(_ways(household, words), className="ek-record-line"),
            html.Div(
                [
                    html.Div(
                        [
                            html.P(status_sentence(parts, words), className="ek-record-sentence"),
                            scale(decision_of(household), words),
                            tests(household, parts, words),
                        ],
                        className="ek-record-status",
                    ),
                    _facts(household, words),
                ],
                className="ek-record-head",
            ),
        ],
        className="ek-record-header",
    )


def _ways(household: RecordRow, words: Words) -> list[Component]:
    """What leads on from the record: its summary on paper, an application for aid, a referral."""
    summary = html.A(words("summary.print"), href=f"/isi-rumah/{household['household_id']}/ringkasan.pdf")
    ways: list[Component] = [summary]
    for permission, label, path in (
        (Permission.APPLY_AID, "application.new", "/permohonan-bantuan/baru"),
        (Permission.REFER, "referral.new", "/rujukan/baharu"),
    ):
        if may(permission):
            href = f"{path}?isi_rumah={household['household_id']}"
            ways.append(dcc.Link(words(label), href=href, className="ek-button"))
    if may(Permission.CHECK_STATUS) and household["exited_on"] is None:
        code = f"/kod-semakan/{household['household_id']}"
        ways.append(dcc.Link(words("inquiry.code"), href=code, className="ek-button"))
    return ways


def _exited(household: RecordRow, words: Words) -> list[Component]:
    """That a household has left the counts, when and why."""
    if household["exited_on"] is None:
        return []
    reason, day = words(f"exit.reason.{household['exit_reason']}"), numbers.day(household["exited_on"])
    return [html.Span(words("exit.badge", date=day, reason=reason), className="ek-tag ek-tag-late")]


def tests(household: RecordRow, parts: Sequence[Part], words: Words) -> Component:
    """Both tests side by side, which of them decides, and which lines were derived."""
    message, other = parts[0], parts[1]
    told_test = message.key.split(".")[1]
    found = {
        told_test: _FOUND.get(str(message.values["status"]), "above"),
        str(other.values["test"]): other.key.removeprefix("decision.other."),
    }
    rows = [_test_row(household, test, found[test], words) for test in ("per_capita", "household")]
    head = html.Thead(
        html.Tr(
            [html.Th(words(f"record.test.{key}"), scope="col") for key in ("test", "income", "food", "pgk", "found")]
        )
    )
    rule = words(f"rule.{household['rule']}")
    notes = [
        words("record.rule", rule=rule, year=str(household["survey_year"]), date=numbers.day(household["decided_on"]))
    ]
    if "derived" in {
        household["food_household_basis"],
        household["pgk_per_capita_basis"],
        household["food_per_capita_basis"],
    }:
        notes.append(words("record.derived"))
    if household["sample"]:
        notes.append(words("source.sample"))
    return html.Div(
        [
            html.Table(
                [html.Caption(words("record.tests"), className="ek-sr"), head, html.Tbody(rows)], className="ek-tests"
            ),
            html.P(" · ".join(notes), className="ek-footnote"),
        ]
    )


def _test_row(household: RecordRow, test: str, found: str, words: Words) -> Component:
    """One test: income, food line, line, and what it found; a derived line carries a mark."""
    lines: Mapping[str, Any] = household
    income = household["per_capita_rm"] if test == "per_capita" else household["income_rm"]

    def line(name: str) -> Component:
        derived = lines.get(f"{name}_{test}_basis") == "derived"
        text = numbers.money_tidy(lines[f"{name}_{test}_rm"])
        marked: Any = [text, html.Abbr("*", title=words("record.derived_mark"))] if derived else text
        return html.Td(marked, **labelled(words(f"record.test.{name}")))

    decides = test == "per_capita" or household["rule"] == "household_or_per_capita"
    label: list[Any] = [words(f"record.test.{test}")]
    if decides:
        label.append(html.Span(words("record.test.decides"), className="ek-tag"))
    return html.Tr(
        [
            html.Th(label, scope="row"),
            html.Td(numbers.money(income), **labelled(words("record.test.income"))),
            line("food"),
            line("pgk"),
            html.Td(words(f"record.found.{found}"), className=f"ek-found ek-found-{found}"),
        ]
    )


def _facts(household: RecordRow, words: Words) -> Component:
    """Size, income, visit, next review and office."""
    review = household["next_review_on"]
    overdue = review < texts.today()
    office = [words("record.office_district", name=household["district_name"]), *household["catchment_names"]]
    seats = [name for name in (household["parliament_name"], household["dun_name"]) if name]
    facts: list[tuple[str, Any]] = [
        ("members", words.n("record.members_value", household["member_count"])),
        ("income", numbers.money(household["income_rm"])),
        ("visited", numbers.day(household["visited_on"])),
        (
            "review",
            [numbers.day(review), html.Span(words("record.overdue"), className="ek-tag ek-tag-late")] if overdue
            else numbers.day(review),
        ),
        ("office", " · ".join(dict.fromkeys(office))),
    ]  # fmt: skip
    if seats:
        facts.append(("seats", " · ".join(seats)))
    rows = [html.Div([html.Dt(words(f"record.fact.{key}")), html.Dd(value)]) for key, value in facts]
    return html.Dl(rows, className="ek-record-facts")


def strip(record: WholeRecord, words: Words) -> Component:
    """The nine components with how complete each is; each leads to its part of the page."""
    items = []
    for part in PARTS.values():
        known, asked = completeness(part, record.household, record.members)
        if part.name == AID:
            state, share = words.n("record.aid_count", len(given.standing(record.given))), 1.0
        elif part.name == INCOME:
            state, share = numbers.money(record.household["income_rm"], sen=False), 1.0
        else:
            state, share = words("record.complete", known=known, asked=asked), known / asked if asked else 0.0
        bar = html.Span(
            html.Span(style={"width": f"{share:.0%}"}), className=f"ek-strip-bar{'' if share == 1 else ' is-short'}"
        )
        items.append(
            html.Li(
                html.A(
                    [html.Span(words(f"part.{part.name}"), className="ek-strip-name"), html.Span(state), bar],
                    href=f"#bahagian-{part.name}",
                )
            )
        )
    return html.Nav(html.Ol(items), className="ek-strip", **aria(label=words("record.strip")))
