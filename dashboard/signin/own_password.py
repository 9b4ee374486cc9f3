"""The page on which a person chooses another password: when they like, and when someone else set the present one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import redirect, request

from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.signin import half_session, session, visitor
from dashboard.signin import steps as sign_in_steps
from dashboard.signin.steps import PASSWORD_PATH, finish, landing, onward, page, started_over
from registry import db
from registry.accounts import sessions
from registry.accounts.passwords import LONGEST_PASSWORD, change_password
from registry.accounts.sign_in_tries import Try, forgive, refuse, take_try
from registry.accounts.users import MINIMUM_PASSWORD
from registry.errors import InvalidInput
from registry.principals import Permission

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response as AnyResponse

    from dashboard.deps import Deps
    from dashboard.signin.half_session import Half
    from registry.principals import Principal

_LONGEST_READ: Final = 1000


def register(server: Flask, deps: Deps) -> None:
    """Add the page."""

    @server.get(PASSWORD_PATH)
    @requires(Permission.PUBLIC)
    def password_page() -> AnyResponse:
        half, principal = _who(deps)
        if principal is None:
            return started_over()
        if half is not None and sign_in_steps.missing_step(deps.engine, half) != PASSWORD_PATH:
            return onward(deps.engine, half, principal)
        return _page(forced=half is not None)

    @server.post(PASSWORD_PATH)
    @requires(Permission.PUBLIC)
    def change() -> AnyResponse:
        half, principal = _who(deps)
        if principal is None:
            return started_over()
        if half is not None and sign_in_steps.missing_step(deps.engine, half) != PASSWORD_PATH:
            return onward(deps.engine, half, principal)
        return _change(deps, half, principal)


def _who(deps: Deps) -> tuple[Half | None, Principal | None]:
    """Who is signed in, or has come as far as this page."""
    principal = deps.principal()
    if principal is not None:
        return None, principal
    return half_session.current(deps.engine) or (None, None)


def _change(deps: Deps, half: Half | None, principal: Principal) -> AnyResponse:
    words, forced = current_words(), half is not None
    if not session.form_token_holds(request.form.get("form_token", "")):
        return _page(forced=forced, problems={"form": words("factor.expired")}, status=400)
    with db.signing_in(deps.engine) as connection:
        taken = take_try(connection, "password", principal.login, visitor.origin())
    if taken.number is None:
        return _page(forced=forced, problems={"form": words("signin.wait", n=taken.wait_minutes)}, status=429)
    old, new, again = (request.form.get(name, "")[:_LONGEST_READ] for name in ("old", "new", "again"))
    held = str(session.held_token()) if half is None else half.token
    try:
        with db.writing(deps.engine, principal) as writing:
            kept = sessions.keep(writing, held, half=forced)
            change_password(writing, login=principal.login, old=old, new=new, again=again)
    except InvalidInput as refused:
        _judge(deps, taken, right="old" not in refused.problems)
        texts = {
            name: words(f"password.{key}", least=MINIMUM_PASSWORD, most=LONGEST_PASSWORD)
            for name, key in refused.problems.items()
        }
        return _page(forced=forced, problems=texts, status=422)
    _judge(deps, taken, right=True)
    if half is None:
        session.begin(principal, kept)
    elif not finish(deps.engine, half, principal):
        return started_over()
    return redirect(landing(principal), code=303)


def _judge(deps: Deps, taken: Try, *, right: bool) -> None:
    """Say whether the old password was right."""
    with db.signing_in(deps.engine) as connection:
        (forgive if right else refuse)(connection, taken)


def _page(*, forced: bool, problems: dict[str, str] | None = None, status: int = 200) -> AnyResponse:
    wrong = problems or {}
    problem = wrong.get("form", "") or (current_words()("password.problems") if wrong else "")
    return page("password.html", problem=problem, problems=wrong, forced=forced, least=MINIMUM_PASSWORD, status=status)
