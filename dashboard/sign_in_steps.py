"""The steps between a right password and the pages: second factor, then a password of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from flask import make_response, redirect, render_template, request

from dashboard import session
from dashboard.i18n import current_words
from dashboard.localpath import HOME, local_path
from dashboard.throttle import Throttle
from registry import db
from registry.services.factors import needs_of

if TYPE_CHECKING:
    from flask import Response
    from sqlalchemy import Engine
    from werkzeug.wrappers import Response as AnyResponse

    from dashboard.half_session import Half
    from registry.principals import Principal

SIGN_IN_PATH: Final = "/masuk"
CODE_PATH: Final = "/masuk/kod"
ENROL_PATH: Final = "/masuk/pengesah"
PASSWORD_PATH: Final = "/kata-laluan"  # noqa: S105 - an address


def onward(engine: Engine, half: Half, principal: Principal, *, goal: str | None = None) -> AnyResponse:
    """Where a half sign-in leads: to what is still asked for, else into the pages, at ``goal``."""
    goal = local_path(request.args.get("next")) if goal is None else goal
    step = missing_step(engine, half)
    if step is None:
        finish(engine, half, principal)
        return redirect(goal, code=303)
    return redirect(to(step, goal), code=303)


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


def finish(engine: Engine, half: Half, principal: Principal) -> None:
    """Sign in for good, and forget what was refused on the way."""
    session.begin(principal, version=half.version)
    throttle = Throttle(engine)
    throttle.accepted(principal.login, request.remote_addr or "")
    throttle.accepted(principal.login, of_account(principal))


def of_account(principal: Principal) -> str:
    """What stands for an address where wrong codes are counted, so that many addresses guess no more than one."""
    return f"factor {principal.user_id}"


def to(path: str, goal: str | None = None) -> str:
    """A step's address, with the page that was asked for first."""
    goal = local_path(request.args.get("next")) if goal is None else goal
    return path if goal == HOME else f"{path}?{urlencode({'next': goal})}"


def started_over() -> AnyResponse:
    """To the sign-in page, where it says that the steps took too long."""
    goal = local_path(request.args.get("next"))
    return redirect(f"{SIGN_IN_PATH}?{urlencode({'tamat': '1', 'next': goal})}", code=303)


def page(template: str, *, status: int = 200, problem: str = "", **values: object) -> Response:
    """A step's page in the reader's language."""
    body = render_template(
        template,
        words=current_words(),
        problem=problem,
        form_token=session.form_token(),
        here=to(request.path),
        next=local_path(request.args.get("next")),
        **values,
    )
    return make_response(body, status)
