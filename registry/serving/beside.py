"""Several applications in one server: each is handed what is asked of its own addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from registry.serving.limits import ADMIT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flask import Flask


def hand_on(
    server: Flask,
    other: Callable[[dict[str, Any], Any], Iterable[bytes]],
    *,
    is_theirs: Callable[[dict[str, Any]], bool],
    refusal: Callable[[dict[str, Any]], Exception | None],
) -> Flask:
    """The server, which gives ``other`` what ``is_theirs`` says, before it looks at it itself.

    ``refusal`` is why a large body of theirs is not read; ``None`` where it is.
    """
    pages: Any = server.wsgi_app
    admits: Callable[[dict[str, Any]], Exception | None] = server.extensions[ADMIT]

    def handed_on(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        return other(environ, start) if is_theirs(environ) else pages(environ, start)

    def admit(environ: dict[str, Any]) -> Exception | None:
        return refusal(environ) if is_theirs(environ) else admits(environ)

    server.wsgi_app = handed_on  # type: ignore[method-assign, assignment]
    server.extensions[ADMIT] = admit
    return server
