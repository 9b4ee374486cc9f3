"""What a device kept of a visit and sends once it has a connection, taken as input; what the server answers it."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Response, jsonify, request

from dashboard.i18n import current_words
from dashboard.sent.kinds import version_number
from dashboard.sent.refusals import NotUnderstood
from registry.errors import DatabaseAway, NotPermitted, RegistryError
from registry.visits.visits import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from words import Words

_LONGEST = 4_000


def sent_by(user_id: int) -> dict[str, Any]:
    """What the device sends of what this user kept there.

    Raises:
        NotPermitted: another user left it on the device; it is not sent in this one's name.

    """
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict) or sent.get("user") != user_id:
        raise NotPermitted
    return sent


def answered(act: Callable[[Words], tuple[dict[str, Any], HTTPStatus]]) -> Response:
    """What an act answers as JSON; a rule that was broken in words, for the device to show beside what it keeps."""
    words = current_words()
    try:
        content, status = act(words)
    except DatabaseAway:
        raise
    except RegistryError as error:
        key = f"error.{error.key}"
        content = {"refused": words(key if words.has(key) else "error.refused", **error.values)}
        status = HTTPStatus.FORBIDDEN if isinstance(error, NotPermitted) else HTTPStatus.BAD_REQUEST
    answer = jsonify(content)
    answer.status_code = status
    return answer


def version(raw: object) -> int:
    """The version that a device keeps as a number; unlike the id of a button, it is no text.

    Raises:
        NotUnderstood: it is none.

    """
    if isinstance(raw, str | bool):
        raise NotUnderstood
    return version_number(raw)


def place(form: dict[str, Any]) -> Place | None:
    """Where a visit was, where its form says so."""
    latitude, longitude = number(form.get("latitude")), number(form.get("longitude"))
    if latitude is None and longitude is None:
        return None
    # half a point is none: it lies outside Malaysia, and is told so
    return Place(
        latitude=latitude or 0.0,
        longitude=longitude or 0.0,
        source="gps" if form.get("source") == "gps" else "typed",
        accuracy_m=number(form.get("accuracy")),
    )


def number(raw: object) -> float | None:
    """A number with a point or a comma; ``None`` for what is none."""
    try:
        value = float(str(raw).replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def text(raw: object) -> str:
    """What was typed, without what no text holds."""
    return str(raw or "").replace("\x00", "")[:_LONGEST].strip()


def moment(raw: object) -> datetime:
    """When a visit was, as the device says; now where it says nothing."""
    try:
        found = datetime.fromisoformat(str(raw))
    except ValueError:
        return datetime.now(UTC)
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def key(raw: object) -> UUID | None:
    """The device's own name for what it sends."""
    try:
        return UUID(str(raw))
    except ValueError:
        return None
