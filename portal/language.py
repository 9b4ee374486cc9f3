"""The language of who reads: four of them, kept in the portal's only cookie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from flask import Blueprint, g, redirect, request

from portal.routes import shown
from words import DEFAULT_LANGUAGE, words_of

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from words import Words

LANGUAGES: Final = {"ms": "Bahasa Melayu", "en": "English", "zh": "中文", "ta": "தமிழ்"}
UNCHECKED: Final = frozenset({"zh", "ta"})
"""Languages whose texts no native reader has checked yet; every page says so."""
COOKIE: Final = "ekasih_bahasa"
_YEAR_SECONDS: Final = 365 * 24 * 3600
language = Blueprint("language", __name__)


def current_language() -> str:
    """The language of who reads: chosen by a button of this form, or before; Malay until then."""
    asked = g.get("language") or request.cookies.get(COOKIE, DEFAULT_LANGUAGE)
    return asked if asked in LANGUAGES else DEFAULT_LANGUAGE


def current_words() -> Words:
    """The texts in the language of who reads."""
    return words_of(current_language())


def switched() -> bool:
    """Whether the form was sent to change the language, which it does: nothing else is to be done with it."""
    asked = request.form.get("bahasa", "")
    if asked in LANGUAGES:
        g.language = asked
        return True
    return False


def keep(answer: Response) -> Response:
    """Let the reader's browser remember the language that a form was switched to."""
    if asked := g.get("language"):
        _remember(answer, asked)
    return answer


def _remember(answer: AnyResponse, asked: str) -> None:
    answer.set_cookie(
        COOKIE, asked, max_age=_YEAR_SECONDS, samesite="Lax", secure=request.is_secure, httponly=True, path="/"
    )


@language.get("/bahasa/<asked>")
@shown
def choose(asked: str) -> AnyResponse:
    """Read in another language from here on, on the page that the link stood on."""
    came_from = urlsplit(request.args.get("ke", ""))
    ours = came_from.path.startswith("/awam") and not came_from.netloc and "\\" not in came_from.path
    answer = redirect(came_from.path if ours else "/awam")
    if asked in LANGUAGES:
        _remember(answer, asked)
    return answer
