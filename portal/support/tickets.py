"""Sokongan: takes in a question, a fault or a wish of anybody, and shows what was answered to who holds both codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, request
from sqlalchemy import text

from portal.deps import deps_of_request
from portal.language import current_words, switched
from portal.pages import page
from portal.places import districts_by_state
from portal.routes import shown, takes
from portal.sending import once_proved, typed
from registry.mailing import ADDRESS
from registry.portal.codes import as_typed, kept_of, new_code, new_reference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response
    from sqlalchemy import Connection

FORM: Final = "sokongan"
FOLLOW: Final = "ikut_sokongan"
KINDS: Final = ("ralat", "data", "bantuan", "cadangan", "lain", "dedah")
"""What may be chosen; ``dedah``: somebody saw what was not for them, which is a ticket of data."""
_EXPOSED: Final = "dedah"
_LONGEST: Final = {"kind": 10, "subject": 160, "name": 120, "telephone": 20, "email": 254, "district": 4}
_LONGEST_WORDS: Final = 2_000
_LONGEST_CODE: Final = 40
_SECRET: Final = "tiket sokongan"  # noqa: S105 - what the hash is of
_WAY: Final = re.compile(r"(/awam/ilmu/[a-z0-9-]+)")
"""An article that an answer names, in a group: every second part of what is split by it is one."""
_SEND: Final = text("""
    SELECT portal.send_ticket(:reference, :secret, :kind, :subject, :words, :exposure, :district, :name, :telephone,
                              :email, :language)
""")
_TICKET: Final = text("SELECT * FROM portal.follow_ticket(:reference, :secret)")
_THREAD: Final = text("SELECT * FROM portal.ticket_thread(:reference, :secret)")
_REPLY: Final = text("SELECT portal.reply_ticket(:reference, :secret, :words)")
_RATE: Final = text("SELECT portal.rate_ticket(:reference, :secret, :rating)")
tickets = Blueprint("tickets", __name__)


@tickets.get("/sokongan")
@shown
def ask() -> Response:
    """The form, empty."""
    return _form({}, {})


@tickets.post("/sokongan")
@takes(FORM)
def send() -> Response:
    """Keep the question; answers its reference and secret, told this once."""
    asked = {name: typed(name, longest) for name, longest in _LONGEST.items()}
    asked["words"] = _said("words")
    problems = {} if switched() else _problems(asked)
    if switched() or problems:
        return _form(asked, problems)

    def store(connection: Connection) -> Response:
        reference, secret = new_reference("T"), new_code(8)
        values = {
            **asked,
            "reference": reference,
            "secret": _kept(reference, secret),
            "kind": "data" if asked["kind"] == _EXPOSED else asked["kind"],
            "exposure": asked["kind"] == _EXPOSED,
            "language": current_words().language,
        }
        if not connection.execute(_SEND, values).scalar_one():
            return _form(asked, {"words": current_words()("sokongan.problem_words")})
        return page("sokongan_sent.html", reference=reference, secret=secret)

    return once_proved(FORM, store)


@tickets.get("/sokongan/ikut")
@shown
def ask_to_follow() -> Response:
    """The form that asks for both codes."""
    return page("sokongan_ikut.html", reference="", secret="")


@tickets.post("/sokongan/ikut")
@takes(FOLLOW)
def follow() -> Response:
    """What was answered, for who shows both codes; a reply and a rating go the same way."""
    reference, secret = typed("reference", _LONGEST_CODE), typed("secret", _LONGEST_CODE)
    if switched():
        return page("sokongan_ikut.html", reference=reference, secret=secret, said=_said("words"))
    written = _reference(reference)
    pair = {"reference": written, "secret": _kept(written, secret)}

    def look_up(connection: Connection) -> Response:
        said, rating = _said("words"), typed("rating", 1)
        replied = bool(said) and bool(connection.execute(_REPLY, {**pair, "words": said}).scalar_one())
        if rating in set("12345"):
            replied = bool(connection.execute(_RATE, {**pair, "rating": int(rating)}).scalar_one()) or replied
        found = connection.execute(_TICKET, pair).one_or_none()
        thread = connection.execute(_THREAD, pair).all() if found else []
        shown_again: dict[str, Any] = {
            "reference": written,
            "secret": secret,
            "replied": replied,
            "split_ways": _WAY.split,
        }
        return page("sokongan_jawapan.html", found=found, thread=thread, **shown_again)

    return once_proved(FOLLOW, look_up)


def _form(asked: Mapping[str, str], problems: Mapping[str, str]) -> Response:
    with deps_of_request().reading() as connection:
        states = districts_by_state(connection)
    words = current_words()
    kinds = [(kind, words(f"sokongan.kind_{kind}")) for kind in KINDS]
    return page("sokongan.html", asked=asked, states=states, kinds=kinds, problems=problems)


def _problems(asked: Mapping[str, str]) -> dict[str, str]:
    """What is missing of the form alone, by field."""
    words = current_words()
    found = {name: words(f"sokongan.problem_{name}") for name in ("subject", "words") if not asked[name]}
    if asked["kind"] not in KINDS:
        found = {"kind": words("sokongan.problem_kind"), **found}
    if asked["email"] and not ADDRESS.fullmatch(asked["email"]):
        found["email"] = words("sokongan.problem_email")
    return found


def _said(name: str) -> str:
    """What was typed in a box of several lines."""
    lines = (" ".join(line.split()) for line in request.form.get(name, "").replace("\x00", "").splitlines())
    return "\n".join(lines).strip()[:_LONGEST_WORDS]


def _reference(written: str) -> str:
    """A reference as it is kept, however its dashes and letters were typed."""
    plain = as_typed(written)
    return f"T-{plain[1:5]}-{plain[5:]}" if re.fullmatch(r"T[0-9A-Z]{8}", plain, re.ASCII) else written


def _kept(reference: str, secret: str) -> bytes:
    """What is kept of a secret, with the reference that it belongs to."""
    return kept_of(deps_of_request().settings.portal_key, _SECRET, reference, as_typed(secret))
