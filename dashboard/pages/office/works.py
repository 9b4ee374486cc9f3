"""The projects on the board of an office: by state, late ones, finished houses, and what a household's project cost."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from dash import dcc

from dashboard.components.cards import Figure, figure_card, figure_cards
from dashboard.components.sortable import sortable
from dashboard.components.tables import exactly
from dashboard.pages.office.lists import ListView, list_address
from layers import numbers
from queries import offices, projects
from registry.projects.models import STATES

if TYPE_CHECKING:
    from datetime import date

    from dash.development.base_component import Component

    from dashboard.deps import Reads
    from queries.projects import Judged
    from queries.row_types.offices import OfficeProjectStateRow, OfficeWorksRow
    from words import Words

    Told = tuple[Figure, str]

PROJECTS: Final = "/projek"


@dataclass(frozen=True, slots=True)
class Works:
    """The projects of an office: what became finished in a year, how many are in which state, which are late."""

    done: OfficeWorksRow
    states: dict[str, OfficeProjectStateRow]
    late: list[Judged]
    under_way: int
    today: date


def works_of(conn: Reads, office: str, year: int, today: date) -> Works | None:
    """The projects of an office; ``None`` for who may not count them, or where there are none."""
    done = offices.works(conn, office, year)
    states = offices.project_states(conn, office)
    if done is None or not states:
        return None
    late, under_way = projects.late_of(conn, office, today=today)
    return Works(done, states, late, under_way, today)


def on_map(office: str) -> str:
    """Where the projects of an office lie on the map of poverty."""
    return f"{PROJECTS}?pejabat={office}"


def work_figures(found: Works, office: str, year: int, words: Words) -> list[Told]:
    """What is told of the projects, and where the list behind each figure is."""
    told = [_houses(found.done, office, year, words), *_late(found, office, words)]
    if found.done["spent"] is not None:
        told.append(_cost(found.done, found.done["spent"], office, year, words))
    return told


def state_rows(states: dict[str, OfficeProjectStateRow], words: Words) -> list[tuple[str, str, int, Decimal]]:
    """The states in their order: code, name, projects, the sum of their contracts or costs."""
    return [
        (state, words(f"project.state_{state}"), states[state]["projects"], states[state]["amount"])
        for state in STATES
        if state in states
    ]


def works_part(found: Works, office: str, year: int, words: Words) -> list[Component]:
    """The cards of the projects, and the table of their states."""
    cards = [
        figure_card(figure, action=dcc.Link(words("office.to_list"), href=way))
        for figure, way in work_figures(found, office, year, words)
    ]
    return [figure_cards(cards), _states(found.states, office, words)]


def _houses(done: OfficeWorksRow, office: str, year: int, words: Words) -> Told:
    told = [words("office.note_rumah", part=numbers.count(done["on_time"]), whole=numbers.count(done["houses"]))]
    if done["median_days"] is not None:
        told.append(words("office.note_median", n=f"{done['median_days']:,.0f}"))
    figure = Figure(
        words("office.figure_rumah"), numbers.count(done["houses"]), unit=words("office.houses"),
        note=" · ".join([*told, _as_of(done["as_of"], words)]),
    )  # fmt: skip
    return figure, list_address(ListView("rumah", office, year))


def _late(found: Works, office: str, words: Words) -> list[Told]:
    """Those under way that are late, and of them those that are sick, each with the sum of their contracts."""
    sick = [one for one in found.late if projects.mark_of(one) == "sakit"]
    told = []
    for name, those in (("lewat", found.late), ("sakit", sick)):
        amount = sum((one.row["sum_rm"] or Decimal(0) for one in those), Decimal(0))
        note = words("office.note_lewat", money=numbers.money(amount), whole=numbers.count(found.under_way))
        figure = Figure(
            words(f"office.figure_{name}"), numbers.count(len(those)), unit=words("office.unit_projects"),
            note=f"{note} · {_as_of(found.today, words)}",
        )  # fmt: skip
        told.append((figure, f"{on_map(office)}&lewat={name}"))
    return told


def _cost(done: OfficeWorksRow, spent: Decimal, office: str, year: int, words: Words) -> Told:
    households = done["households"]
    value = numbers.money(spent / households) if households else numbers.MISSING
    note = words("office.note_kos", money=numbers.money(spent), whole=numbers.count(households))
    figure = Figure(words("office.figure_kos"), value, note=f"{note} · {_as_of(done['as_of'], words)}")
    return figure, list_address(ListView("kos", office, year))


def _states(states: dict[str, OfficeProjectStateRow], office: str, words: Words) -> Component:
    head = [words(f"office.{name}") for name in ("state", "projects", "amount")]
    drawn: list[list[Any]] = []
    for state, name, count, amount in state_rows(states, words):
        link = dcc.Link(numbers.count(count), href=f"{on_map(office)}&keadaan={state}")
        drawn.append([name, link, exactly(numbers.money(amount), int(amount * 100))])
    return sortable(head, drawn, words, name="office-projects", label=words("office.by_state"))


def _as_of(day: date, words: Words) -> str:
    return words("office.as_of", date=numbers.day(day))
