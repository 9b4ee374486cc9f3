"""A small application on the web server's own worker, with limits of seconds in place of minutes."""

from __future__ import annotations

import time
from typing import Any, ClassVar

from flask import Flask, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from registry.serving.limits import ADMIT, Limits
from registry.serving.worker import BufferingWorker

MOST = 2_000_000
HELD_SECONDS = 3
server = Flask(__name__)
server.config["MAX_CONTENT_LENGTH"] = MOST


@server.route("/", methods=["GET", "POST"])
def echo() -> Response:
    """How much came."""
    body = request.get_data()
    return Response(f"{len(body)} {sum(body) % 1_000_003}")


@server.get("/panjang")
def long() -> Response:
    """An answer that no socket holds."""
    return Response(b"x" * 10_000_000, mimetype="application/octet-stream")


@server.get("/bahagian")
def parts() -> Response:
    """An answer of unknown length."""
    return Response((b"y" * 1_000 for _ in range(100)), mimetype="application/octet-stream")


@server.get("/lambat")
def slow() -> Response:
    """An answer that takes a while to make."""
    time.sleep(0.5)
    return Response("slow")


@server.get("/ditahan")
def held() -> Response:
    """An answer that is made at once, and may not be sent before its time."""
    request.environ["gunicorn.socket"].hold(time.monotonic() + HELD_SECONDS)
    return Response("held")


def _admit(environ: dict[str, Any]) -> Exception | None:
    return RequestEntityTooLarge() if int(environ["CONTENT_LENGTH"]) > MOST else None


server.extensions[ADMIT] = _admit


class QuickWorker(BufferingWorker):
    """The worker with short limits."""

    limits: ClassVar[Limits] = Limits(
        head_seconds=2, pace_seconds=3, pace_bytes=1_000, linger_seconds=1, memory_bytes=10_000, disk_bytes=3_000_000
    )
