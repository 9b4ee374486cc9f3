"""The second factor at sign-in: setting an authenticator up, and asking for its code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import segno
from flask import redirect, request
from markupsafe import Markup

from dashboard.guards import deps_of_request, requires
from dashboard.i18n import current_words
from dashboard.localpath import HOME
from dashboard.signin import half_session, session, visitor
from dashboard.signin import steps as sign_in_steps
from dashboard.signin.steps import CODE_PATH, ENROL_PATH, SIGN_IN_PATH, onward, page, started_over
from registry import db
from registry.accounts.factors import FactorKey, Factors, address_for_authenticator
from registry.accounts.sign_in_tries import Try, forgive, refuse, take_try
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask, Response
    from sqlalchemy import Engine
    from werkzeug.wrappers import Response as AnyResponse

    from dashboard.deps import Deps
    from dashboard.signin.half_session import Half
    from registry.principals import Principal

_LONGEST: Final = 60
_GROUP: Final = 4


def register(server: Flask, deps: Deps) -> None:
    """Add the pages of the second factor."""
    steps = _Steps(deps.engine, FactorKey(deps.settings.factor_key))

    @server.get(CODE_PATH)
    @requires(Permission.PUBLIC)
    def code_page() -> AnyResponse:
        return steps.at(CODE_PATH, lambda _half, _principal: page("code.html"))

    @server.post(CODE_PATH)
    @requires(Permission.PUBLIC)
    def send_code() -> AnyResponse:
        return steps.at(CODE_PATH, steps.check)

    @server.get(ENROL_PATH)
    @requires(Permission.PUBLIC)
    def enrolment_page() -> AnyResponse:
        return steps.at(ENROL_PATH, steps.enrolment)

    @server.post(ENROL_PATH)
    @requires(Permission.PUBLIC)
    def enrol() -> AnyResponse:
        return steps.at(ENROL_PATH, steps.enrol)


@dataclass(frozen=True, slots=True)
class _Problem:
    """Why no code is looked at, with the status that says so."""

    sentence: str
    status: int


class _Steps:
    """What the pages of the second factor do for a half sign-in."""

    def __init__(self, engine: Engine, key: FactorKey) -> None:
        self.engine, self.key = engine, key

    def at(self, path: str, act: Callable[[Half, Principal], AnyResponse]) -> AnyResponse:
        """Act where this step is the one that is asked for; else lead to where the sign-in stands."""
        found = half_session.current(self.engine)
        if found is None:
            known = deps_of_request().principal()
            if known is not None:
                return redirect(sign_in_steps.landing(known))
            return redirect(HOME) if session.has_begun() else started_over()
        if sign_in_steps.missing_step(self.engine, found[0]) != path:
            return onward(self.engine, *found)
        return act(*found)

    def check(self, half: Half, principal: Principal) -> AnyResponse:
        """Take a code, of the authenticator or for recovery."""
        taken = self._taken(principal)
        if isinstance(taken, _Problem):
            return page("code.html", problem=taken.sentence, status=taken.status)
        shown = None
        with db.signing_in(self.engine) as connection:
            accepted = Factors(connection, self.key).accepts(principal.user_id, _code())
            if accepted:
                forgive(connection, taken)
                shown = half_session.with_factor(connection, half)
            else:
                refuse(connection, taken)
        if not accepted:
            return page("code.html", problem=current_words()("factor.refused"), status=401)
        return started_over() if shown is None else onward(self.engine, shown, principal)

    def enrolment(self, _half: Half, principal: Principal, *, problem: str = "", status: int = 200) -> Response:
        """The page that shows the secret, as a picture and as text."""
        with db.signing_in(self.engine) as connection:
            secret = Factors(connection, self.key).secret_to_set_up(principal.user_id)
        picture = segno.make(address_for_authenticator(secret, principal.login), micro=False)
        drawn = picture.svg_inline(scale=5, border=4, light="#ffffff", title=current_words()("factor.picture"))
        grouped = " ".join(secret[at : at + _GROUP] for at in range(0, len(secret), _GROUP))
        # segno draws it, and escapes the title
        return page("authenticator.html", problem=problem, status=status, picture=Markup(drawn), secret=grouped)  # noqa: S704

    def enrol(self, half: Half, principal: Principal) -> AnyResponse:
        """Put the factor into use; shows the recovery codes, once."""
        taken = self._taken(principal)
        if isinstance(taken, _Problem):
            return self.enrolment(half, principal, problem=taken.sentence, status=taken.status)
        shown = None
        with db.signing_in(self.engine) as connection:
            codes = Factors(connection, self.key).confirm(principal.user_id, _code())
            if codes is None:
                refuse(connection, taken)
            else:
                forgive(connection, taken)
                shown = half_session.with_factor(connection, half)
        if codes is None:
            return self.enrolment(half, principal, problem=current_words()("factor.refused"), status=401)
        step = SIGN_IN_PATH if shown is None else sign_in_steps.missing_step(self.engine, shown)
        if shown is not None and step is None and not sign_in_steps.finish(self.engine, shown, principal):
            step = SIGN_IN_PATH
        goal = sign_in_steps.landing(principal) if step is None else sign_in_steps.to(step)
        return page("recovery_codes.html", codes=codes, goal=goal)

    def _taken(self, principal: Principal) -> Try | _Problem:
        """A try that may be judged, or why no code is looked at."""
        words = current_words()
        if not session.form_token_holds(request.form.get("form_token", "")):
            return _Problem(words("factor.expired"), 400)
        with db.signing_in(self.engine) as connection:
            taken = take_try(connection, "code", principal.login, visitor.origin())
        return taken if taken.number is not None else _Problem(words("signin.wait", n=taken.wait_minutes), 429)


def _code() -> str:
    return request.form.get("code", "")[:_LONGEST]
