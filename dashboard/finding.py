"""Search from every page: areas, households, cases, pages and what can be begun, as far as a person's role goes."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dash import html
from flask import Response, jsonify, request

from dashboard import frame_ids as ids
from dashboard.actions import actions_of
from dashboard.casework import state_name
from dashboard.components.aria import aria
from dashboard.components.icons import icon
from dashboard.guards import requires
from dashboard.household.searching import searched
from dashboard.i18n import current_words
from dashboard.navigation import address_of
from dashboard.sent.refusals import NotUnderstood
from queries import finding
from queries.households import Filters, Question
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component
    from flask import Flask

    from dashboard.deps import Deps
    from dashboard.router import Page
    from queries.row_types.finding import AreaRow, CaseRow, HouseholdRow
    from registry.principals import Principal
    from words import Words

PATH: Final = "/cari"
SEARCH_PATH: Final = "/isi-rumah"
FEWEST_LETTERS: Final = 3
"""A name is looked for from so many letters on: fewer would tell of everybody."""
_LONGEST: Final = 80
_WORDS: Final = ("placeholder", "close", "none", "short", "results", "failed", "hint", "further")
_GROUPS: Final = ("areas", "households", "cases", "pages", "actions")
_NUMBER: Final = re.compile(r"K?\d{1,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Found:
    """Something to open: what it is called, what tells it from its like, where it is."""

    label: str
    note: str
    address: str

    def offered(self) -> dict[str, str]:
        """As the browser takes it."""
        return {"label": self.label, "note": self.note, "address": self.address}


def find_button(principal: Principal, pages: Sequence[Page], words: Words) -> Component:
    """What opens the search; the pages and actions that it offers at once travel with it."""
    texts = {name: words(f"find.{name}") for name in _WORDS}
    groups = {name: words(f"find.group_{name}") for name in _GROUPS}
    offered = {
        "words": {**texts, "title": words("find.title")},
        "groups": groups,
        "pages": [found.offered() for found in _pages(principal, pages, words)],
        "actions": [Found(words(f"start.do_{one.name}"), "", one.path).offered() for one in actions_of(principal)],
        "search": SEARCH_PATH if principal.may(Permission.READ_PERSONS) else "",
    }
    attributes: dict[str, Any] = {"data-ek-find": json.dumps(offered)}
    return html.Button(
        [
            icon("search"),
            html.Span(words("find.open"), className="ek-find-word"),
            html.Kbd("/", **aria(hidden=True)),
        ],
        id=ids.FIND,
        type="button",
        className="ek-button ek-find-button",
        title=words("find.open"),
        **attributes,
        **aria(haspopup="dialog", keyshortcuts="/ Control+K", label=words("find.title")),
    )


def register(server: Flask, deps: Deps) -> None:
    """Add the route ``/cari``, which takes what is typed in a body: no address holds a name."""

    @server.post(PATH)
    @requires(Permission.READ_AGGREGATES)
    def find() -> Response:
        sent = request.get_json(silent=True)
        said = sent if isinstance(sent, dict) else {}
        wanted = said.get("text")
        if not isinstance(wanted, str):
            raise NotUnderstood
        areas_alone = said.get("only") == "areas"
        answer = jsonify(found_for(deps, wanted[:_LONGEST], current_words(), areas_alone=areas_alone))
        answer.headers["Cache-Control"] = "private, no-store"
        return answer


def found_for(deps: Deps, text: str, words: Words, *, areas_alone: bool = False) -> dict[str, list[dict[str, str]]]:
    """What a text finds, by kind; households and cases for those who see persons alone, unless areas alone are wanted.

    A name is written down as a search, as on the page of households. An identity number is not looked for here: that
    page does, where each look-up counts.
    """
    wanted = " ".join(text.split())
    letters = re.sub(r"[\W\d_]", "", wanted)
    question = Question.parse(wanted if len(letters) >= FEWEST_LETTERS else "")
    sees_persons = not areas_alone and deps.person().may(Permission.READ_PERSONS)
    found: dict[str, list[Found]] = {}
    with deps.reading() as conn:
        if len(letters) >= FEWEST_LETTERS - 1:
            found["areas"] = [_area(row, words) for row in finding.areas(conn, wanted)]
        if sees_persons:
            number = re.sub(r"[\s-]", "", wanted).upper()
            households = finding.file(conn, number) if re.search(r"\d", number) else []
            households += finding.named(conn, question)
            cases = finding.cases(conn, question, number if _NUMBER.fullmatch(number) else "")
            found["households"] = [_household(row, words) for row in households]
            found["cases"] = [_case(row, words) for row in cases]
    if question.words and sees_persons:
        facts = searched(question, Filters(), len(found["households"]), secret=deps.settings.secret_key)
        deps.note_read("search", subject="search", facts=facts)
    return {kind: [one.offered() for one in those] for kind, those in found.items()}


def _pages(principal: Principal, pages: Sequence[Page], words: Words) -> list[Found]:
    """The pages that somebody may open and that need nothing more said in their address."""
    may = [page for page in pages if "<" not in page.path and principal.may(page.permission)]
    names = {page.path: words(page.called or page.title) for page in may}
    notes = {page.path: words(page.title) for page in may if page.called and words(page.title) != names[page.path]}
    return [Found(name, notes.get(path, ""), address_of(path, principal)) for path, name in names.items()]


def _area(row: AreaRow, words: Words) -> Found:
    note = ", ".join(filter(None, (words(f"level.{row['level']}"), row["state_name"])))
    return Found(row["area_name"], note, f"/?in={row['area_code']}")


def _household(row: HouseholdRow, words: Words) -> Found:
    places = dict.fromkeys(filter(None, (row["mukim_name"], row["district_name"])))
    note = " · ".join((row["file_no"], words(f"status.{row['status']}"), ", ".join(places)))
    return Found(row["head_name"], note, f"{SEARCH_PATH}/{row['household_id']}")


def _case(row: CaseRow, words: Words) -> Found:
    note = " · ".join((row["number"], state_name(row["state_ms"], row["state_en"], words), row["district_name"]))
    return Found(row["head_name"] or row["number"], note, f"/kes/{row['case_id']}")
