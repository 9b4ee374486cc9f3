"""Asks the questions of an open registration or a notice, a page each, and hands in what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, request
from sqlalchemy import text

from portal.deps import deps_of_request
from portal.intake import pinning
from portal.intake.said import listed, problem_text
from portal.intake.travelling import Travelling, packed, unpacked
from portal.language import current_words, switched
from portal.pages import page
from portal.places import Place, districts_by_state
from portal.routes import shown, takes
from portal.sending import once_proved
from registry.intake.forms import (
    CHOICES,
    CONSENT_VERSION,
    SEVERAL,
    fields_of,
    questions,
    read_form,
    read_question,
    tidied,
)
from registry.intake.sending import keep

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response
    from sqlalchemy import Connection

    from registry.intake.forms import Problems

REGISTRATION, NOTICE = "daftar", "maklum"
CHECKED: Final = "semak"
_PLACE: Final = "tempat"
_HELD, _AT, _BACK, _CHANGE, _TRAP = "borang", "soalan", "kembali", "ubah", "laman_web"
_SEND: Final = {
    kind: text(f"SELECT portal.send_intake('{kind}', CAST(:given AS jsonb), :reference, :secret)")
    for kind in (REGISTRATION, NOTICE)
}
States = list[tuple[Place, list[Place]]]
asking = Blueprint("intake", __name__)


@asking.get("/daftar")
@shown
def begin_registration() -> Response:
    """The first question of an open registration."""
    return _begun(REGISTRATION)


@asking.get("/maklum")
@shown
def begin_notice() -> Response:
    """The first question of a notice."""
    return _begun(NOTICE)


@asking.post("/daftar")
@takes(REGISTRATION)
def register_household() -> Response:
    """The next question of an open registration; after the last it is handed in."""
    return _answered(REGISTRATION)


@asking.post("/maklum")
@takes(NOTICE)
def tell_of_family() -> Response:
    """The next question of a notice; after the last it is handed in."""
    return _answered(NOTICE)


def _begun(kind: str) -> Response:
    form = Travelling(kind, answers=tidied(kind, {}))
    return _question(form, questions(kind, form.answers)[0], {})


def _answered(kind: str) -> Response:
    form = unpacked(kind, request.form.get(_HELD, ""), key=_key())
    if form is None:
        return _begun(kind)
    at = request.form.get(_AT, "")
    if at == CHECKED:
        return _checked(form)
    if at == pinning.MAP:
        return pinning.gone_on(form) or _question(form, _PLACE, {})
    asked = questions(kind, form.answers)
    return _gone_on(form, at) if at in asked else _question(form, form.next_of(asked) or asked[0], {})


def _gone_on(form: Travelling, at: str) -> Response:
    """The page after one that was answered: the same in another language, or with what is wrong; the one before."""
    kind = form.kind
    typed = {name: _typed(name) for name in fields_of(kind, at)}
    form.answers |= {name: value for name, value in tidied(kind, typed).items() if name in typed}
    asked = questions(kind, form.answers)
    if switched():
        return _question(form, at, {})
    if request.form.get(_BACK):
        return _question(form, asked[max(0, asked.index(at) - 1)], {})
    if at == _PLACE and request.form.get(pinning.MAP):
        return _map(form)
    problems = read_question(kind, at, form.answers, districts=_codes(_states()))
    if problems:
        return _question(form, at, problems)
    form.done = [name for name in dict.fromkeys([*form.done, at]) if name in asked]
    after = form.next_of(asked)
    return _check_page(form, {}) if after is None else _question(form, after, {})


def _map(form: Travelling) -> Response:
    """The map of the district that was chosen, or what is wrong where there is none."""
    problem = "no_map" if form.answers.get("district") in _codes(_states()) else "required"
    return pinning.opened(form) or _question(form, _PLACE, {"district": problem})


def _typed(name: str) -> Any:
    return request.form.getlist(name) if name in SEVERAL else request.form.get(name, "")


def _checked(form: Travelling) -> Response:
    """What was sent from the page with all answers: a page to change, or the whole form, handed in once."""
    kind = form.kind
    wanted = request.form.get(_CHANGE, "")
    if wanted in questions(kind, form.answers):
        return _question(form, wanted, {})
    if switched():
        return _check_page(form, {})
    given = {**form.answers, "consent": request.form.get("consent", "")}
    filled = read_form(kind, given, districts=_codes(_states()))
    if filled.problems:
        return _check_page(form, filled.problems)
    marks = [
        *(["medan_tersembunyi"] if request.form.get(_TRAP) else []),
        *(["terlalu_pantas"] if form.hurried else []),
    ]

    def hand_in(connection: Connection) -> Response:
        codes = keep(connection, _SEND[kind], filled, form.nonce, key=_key(), marks=marks)
        told = listed(form.answers, _names(_states()), current_words()) if kind == REGISTRATION else []
        return page("intake_sent.html", kind=kind, codes=codes, told=told)

    return once_proved(kind, hand_in)


def _question(form: Travelling, at: str, problems: Problems) -> Response:
    words = current_words()
    values: dict[str, Any] = {"states": _states()} if at == _PLACE else {}
    return page(
        "intake_question.html",
        kind=form.kind,
        at=at,
        asked=form.answers,
        held=packed(form, key=_key()),
        first=questions(form.kind, form.answers)[0] == at,
        choices={name: [(code, words(f"intake.{name}_{code}")) for code in codes] for name, codes in CHOICES.items()},
        problems={name: problem_text(name, problem, words) for name, problem in problems.items()},
        proved=False,
        **values,
    )


def _check_page(form: Travelling, problems: Mapping[str, str]) -> Response:
    words = current_words()
    shown_answers = [
        (name, words(f"borang.q_{name}"), listed(form.answers, _names(_states()), words, fields_of(form.kind, name)))
        for name in questions(form.kind, form.answers)
    ]
    return page(
        "intake_check.html",
        kind=form.kind,
        at=CHECKED,
        pages=shown_answers,
        knows=form.answers.get("knows", ""),
        held=packed(form, key=_key()),
        version=CONSENT_VERSION,
        trap=_TRAP,
        problems={name: problem_text(name, problem, words) for name, problem in problems.items()},
    )


def _states() -> States:
    with deps_of_request().reading() as connection:
        return districts_by_state(connection)


def _codes(states: States) -> list[str]:
    return [place.code for _state, places in states for place in places]


def _names(states: States) -> dict[str, str]:
    return {place.code: f"{place.name}, {state.name}" for state, places in states for place in places}


def _key() -> str:
    return deps_of_request().settings.portal_key
