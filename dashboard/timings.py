"""Tells a measurement where the time of an answer went, in its ``Server-Timing`` header; off unless it is asked for."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from flask import g, has_request_context
from sqlalchemy import event

if TYPE_CHECKING:
    from flask import Flask, Response
    from sqlalchemy import Engine


def install(server: Flask, engine: Engine) -> None:
    """Time every request, and the statements among it, in milliseconds.

    The statement's context, on which its beginning is kept, is the fifth thing that the engine tells a listener.
    How long a statement takes can tell what is in the register, so this is for benches and never for people.
    """

    @event.listens_for(engine, "before_cursor_execute")
    def begins(*given: Any) -> None:
        given[4].begun_at = time.perf_counter()

    @event.listens_for(engine, "after_cursor_execute")
    def ends(*given: Any) -> None:
        if has_request_context():
            g.in_database = g.get("in_database", 0.0) + time.perf_counter() - given[4].begun_at

    @server.before_request
    def asked() -> None:
        g.asked_at = time.perf_counter()

    @server.after_request
    def answered(answer: Response) -> Response:
        whole, database = time.perf_counter() - g.get("asked_at", time.perf_counter()), g.get("in_database", 0.0)
        answer.headers["Server-Timing"] = f"server;dur={whole * 1000:.1f}, database;dur={database * 1000:.1f}"
        return answer
