"""Bodies as they may come: of the kind that the route takes, no longer than it may be, and JSON where it says so."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, TypeVar

from flask import abort, current_app, request
from flask.json.provider import DefaultJSONProvider

if TYPE_CHECKING:
    from collections.abc import Callable

    from apiflask import APIFlask

MOST_BYTES: Final = 1024 * 1024
"""What a request carries at most: a thousand lines with all that a line may say are half of it."""
FORM: Final = "application/x-www-form-urlencoded"
_TAKES: Final = {"POST": "application/json"}

V = TypeVar("V")


def takes_kind(kind: str) -> Callable[[V], V]:
    """State that a route takes bodies of another kind than JSON."""

    def state(view: V) -> V:
        view.takes_kind = kind  # type: ignore[attr-defined]
        return view

    return state


class Json(DefaultJSONProvider):
    """JSON as RFC 8259 has it: no NaN, no depth without end; whatever is not so is no JSON."""

    ensure_ascii = False
    sort_keys = False

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """The value of a document.

        Raises:
            ValueError: it is none.

        """
        try:
            return super().loads(s, parse_constant=_refuse, **kwargs)
        except RecursionError:
            raise ValueError("too deep") from None


def _refuse(name: str) -> Any:
    raise ValueError(name)


def install(app: APIFlask) -> None:
    """Refuse a body of another kind than the route takes before it is read."""
    app.json = Json(app)
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = 64 * 1024

    @app.before_request
    def of_its_kind() -> None:
        if request.url_rule is None or request.method not in _TAKES:
            return
        view = current_app.view_functions[request.endpoint or ""]
        wanted = getattr(view, "takes_kind", _TAKES[request.method])
        if request.mimetype != wanted:
            abort(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
