"""Accepts the mukim that households' points propose, one by its row or several that are ticked."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Final

from dash import ClientsideFunction, Dash, Input, Output, State, html, no_update
from pydantic import Field

from dashboard.acting import once
from dashboard.guards import requires
from dashboard.household import texts
from dashboard.i18n import current_words
from dashboard.pages.tasks import ids
from dashboard.sent.kinds import Code, Number, Version
from registry.households.moves import GIVEN
from registry.households.proposing import WELL_PLACED_M, AcceptMukim, accept_mukims
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.worklists import WorklistRow
    from registry.principals import Principal
    from words import Words

LIST: Final = "no_mukim"
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Proposal:
    """A row as it was shown: whose, at which version, and the mukim that its point proposes."""

    household: Number
    version: Version
    mukim: Code


@dataclass(frozen=True, slots=True)
class Accepting:
    """Rows whose proposals are accepted at one press, and the key of that press."""

    key: Code
    rows: Annotated[list[Proposal], Field(max_length=_AT_ONCE)]


def button(words: Words) -> Component:
    """Accepts what the ticked rows propose; hidden until the list and who is asking are known."""
    return html.Button(words("tasks.accept_ticked"), id=ids.ACCEPT, className="ek-button", n_clicks=0, hidden=True)


def offered(name: str, who: Principal) -> bool:
    """Whether proposals can be accepted from a list by somebody."""
    return name == LIST and who.may(Permission.EDIT_HOUSEHOLDS)


def in_row(row: WorklistRow, words: Words, *, accepts: bool) -> dict[str, object]:
    """What the table needs to offer the proposal of a row; nothing where there is none."""
    if not accepts or row["proposed_code"] is None:
        return {}
    mukim = row["proposed_name"] or ""
    return {
        "version": row["version"],
        "mukim": row["proposed_code"],
        "accept": words("tasks.accept"),
        "acceptNamed": words("tasks.accept_of", mukim=mukim, name=row["head_name"]),
    }


def reason(row: WorklistRow, words: Words) -> str:
    """Which mukim the point of a record proposes, and that its boundary is approximate; or why it proposes none."""
    if row["proposed_name"] is not None:
        kind = "approximate" if row["proposed_approximate"] else "known"
        return words(f"mukim.proposed_{kind}", mukim=row["proposed_name"])
    if row["geom_method"] not in GIVEN:
        return words("tasks.why_unplaced", method=words(f"method.{row['geom_method']}"))
    if row["geom_accuracy_m"] > WELL_PLACED_M:
        return words("mukim.inexact", distance=texts.distance(row["geom_accuracy_m"]))
    return words("mukim.none")


def register(app: Dash, deps: Deps) -> None:
    """Wire the buttons onto ``app``."""
    app.clientside_callback(
        ClientsideFunction("ekasih_tasks", "accept"),
        Output(ids.ACCEPTING, "data"),
        Input(ids.ACCEPT, "n_clicks"),
        Input(ids.ROWS, "cellRendererData"),
        State(ids.ROWS, "selectedRows"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output(ids.ACCEPTED, "data"),
        Output(ids.ACCEPT_MESSAGE, "children"),
        Output(ids.ROWS, "selectedRows"),
        Input(ids.ACCEPTING, "data"),
        prevent_initial_call=True,
        running=[(Output(ids.ACCEPT, "disabled"), True, False)],
    )
    @requires(Permission.EDIT_HOUSEHOLDS)
    def accept(asked: Accepting | None) -> tuple[object, object, object]:
        words = current_words()
        if asked is None:
            return no_update, no_update, no_update
        if not asked.rows:
            return no_update, html.P(words("mukim.tick_first")), no_update
        commands = [
            AcceptMukim(household_id=row.household, version=row.version, mukim_code=row.mukim) for row in asked.rows
        ]
        done = once(deps, asked.key, lambda session: asdict(accept_mukims(session, commands)))
        return asked.key, _message(done["accepted"], done["refused"], words), []


def _message(accepted: int, refused: int, words: Words) -> Component:
    told = [words.n("mukim.accepted", accepted)] if accepted else []
    told += [words.n("mukim.refused", refused)] if refused else []
    return html.P(" ".join(told))
