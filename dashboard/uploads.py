"""A file that a page's zone sends: taken in as a stream, and what became of it told in words to the zone."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Response, jsonify, request

from dashboard.i18n import current_words
from registry.uploads.refusals import NoRoom, TooManyUploads, UnreadableUpload
from registry.uploads.taking_in import Upload

if TYPE_CHECKING:
    from collections.abc import Callable

    from words import Words


def file_taken(keep: Callable[[Upload], int | str], message: Callable[[UnreadableUpload, Words], str]) -> Response:
    """Hand the request's body to ``keep``; answers the last part of the address of what was kept, or a refusal.

    ``told`` gives the sentence of a file that cannot be read.
    """
    words = current_words()
    upload = Upload(length=request.content_length or 0, name=request.args.get("nama", ""), stream=request.stream)
    try:
        return _answer({"upload": keep(upload)}, HTTPStatus.OK)
    except UnreadableUpload as error:
        return _answer({"refused": message(error, words)}, HTTPStatus.UNPROCESSABLE_ENTITY)
    except (TooManyUploads, NoRoom) as error:
        return _answer({"refused": words(f"error.{error.key}", **error.values)}, HTTPStatus.CONFLICT)


def _answer(content: dict[str, Any], status: HTTPStatus) -> Response:
    answer = jsonify(content)
    answer.status_code = status
    return answer
