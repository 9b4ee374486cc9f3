"""The steps between a right password and the pages: second factor, then a password of one's own."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from flask import make_response, redirect, render_template, request

from dashboard.guards import deps_of_request
from dashboard.i18n import current_words
from dashboard.localpath import asked_path
from dashboard.navigation import first_page
from dashboard.signin import session, visitor
from queries import views
from registry import db
from registry.accounts.factors import needs_of
from registry.accounts.networks import shown_network
from registry.accounts.sessions import KnowBrowser, OpenSession, know_browser, open_session

if TYPE_CHECKING:
    from flask import Response
    from sqlalchemy import Engine
    from werkzeug.wrappers import Response as AnyResponse

    from dashboard.signin.half_session import Half
    from registry.principals import Principal

SIGN_IN_PATH: Final = "/masuk"
CODE_PATH: Final = "/masuk/kod"
ENROL_PATH: Final = "/masuk/pengesah"
PASSWORD_PATH: Final = "/kata-laluan"  # noqa: S105 - an address


def onward(engine: Engine, half: Half, principal: Principal, *, goal: str | None = None) -> AnyResponse:
    """Where a half sign-in leads: to what is still asked for, else into the pages, at ``goal`` or the first page."""
    goal = asked_path(request.args.get("next")) if goal is None else goal
    step = missing_step(engine, half)
    if step is not None:
        return redirect(to(step, goal), code=303)
    return redirect(goal or start_of(principal), code=303) if finish(engine, half, principal) else started_over()


def missing_step(engine: Engine, half: Half) -> str | None:
    """The address of the step that a half sign-in still asks for; ``None`` for none."""
    with db.anonymous(engine) as connection:
        needs = needs_of(connection, half.user)
    if needs is None:
        return SIGN_IN_PATH
    if needs.factor and not half.factor:
        return CODE_PATH if needs.enrolled else ENROL_PATH
    # who came from the identity provider has shown no password that could need changing
    return PASSWORD_PATH if needs.new_password and half.password else None


def finish(engine: Engine, half: Half, principal: Principal) -> bool:
    """Sign in for good, and know the browser from now on; false where the half sign-in was used up meanwhile."""
    settings, place = deps_of_request().settings, visitor.origin()
    command = OpenSession(
        user_id=principal.user_id,
        half=half.token,
        lasts=timedelta(hours=settings.session_hours),
        idles=timedelta(minutes=settings.session_idle_minutes),
        browser=visitor.shown_browser(request.user_agent.string),
        network=shown_network(request.remote_addr or ""),
    )
    came = KnowBrowser(user_id=principal.user_id, place=place.place, token=place.browser)
    with db.signing_in(engine) as connection:
        token = open_session(connection, command)
        known = know_browser(connection, came) if token is not None else None
    if token is None or known is None:
        return False
    visitor.remember(known, secure=settings.secure_cookies)
    session.begin(principal, token)
    return True


def to(path: str, goal: str | None = None) -> str:
    """A step's address, with the page that was asked for first."""
    goal = asked_path(request.args.get("next")) if goal is None else goal
    return f"{path}?{urlencode({'next': goal})}" if goal else path


def landing(principal: Principal) -> str:
    """Where somebody goes who is through: to the page that was asked for, else to where they start."""
    return asked_path(request.args.get("next")) or start_of(principal)


def start_of(principal: Principal) -> str:
    """The view that somebody chose to start at, where it is still there for them; else the first page of the role."""
    with db.reading(deps_of_request().engine, principal) as connection:
        return asked_path(views.home(connection)) or first_page(principal)


def started_over() -> AnyResponse:
    """To the sign-in page, where it says that the steps took too long."""
    goal = asked_path(request.args.get("next"))
    asked = {"tamat": "1"} | ({"next": goal} if goal else {})
    return redirect(f"{SIGN_IN_PATH}?{urlencode(asked)}", code=303)


def page(template: str, *, status: int = 200, problem: str = "", **values: object) -> Response:
    """A step's page in the reader's language."""
    body = render_template(
        template,
        words=current_words(),
        problem=problem,
        form_token=session.form_token(),
        here=to(request.path),
        next=asked_path(request.args.get("next")),
        **values,
    )
    return make_response(body, status)
