"""The address in a card's code: a plain page, after sign-in, that says whether the card is valid and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, make_response, render_template

from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.cards.parts import OPEN_PATH
from registry.cards.cards import open_card
from registry.principals import Permission

if TYPE_CHECKING:
    from dash import Dash
    from flask import Flask

    from dashboard.deps import Deps


def register(app: Dash, deps: Deps) -> None:
    """Add the route of a card's code."""
    server: Flask = app.server

    @server.get(f"{OPEN_PATH}<token>")
    @requires(Permission.READ_AGGREGATES)
    def open_code(token: str) -> Response:
        with deps.writing() as session:
            opened = open_card(session, token)
        answer = make_response(render_template("card.html", words=current_words(), card=opened))
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer
