"""Pages of lists: as many rows as asked for, and a cursor that says after which one the next page begins."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Final, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from api.guards import UNSEEN
from registry.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
MOST: Final = 500
_LONGEST: Final = 200


class Paging(BaseModel):
    """How many rows, and after which one: ``next`` of the page before."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(default=100, ge=1, le=MOST, description="Rows of a page")
    cursor: str | None = Field(default=None, max_length=_LONGEST, description="`next` of the page before")


def after(cursor: str | None) -> str:
    """The key of the row after which a page begins; empty for the first page.

    Raises:
        InvalidInput: the cursor is none of ours.

    """
    if not cursor:
        return ""
    try:
        key = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError):
        raise InvalidInput({"cursor": "form"}) from None
    if not key or UNSEEN.search(key):
        raise InvalidInput({"cursor": "form"})
    return key


def after_number(cursor: str | None) -> int:
    """The same where rows go by a number.

    Raises:
        InvalidInput: the cursor is none of ours.

    """
    key = after(cursor)
    if not key:
        return 0
    if not (key.isascii() and key.isdigit() and len(key) <= 18):  # noqa: PLR2004 - as many as a bigint holds
        raise InvalidInput({"cursor": "form"})
    return int(key)


def page(rows: list[T], limit: int, key: Callable[[T], object]) -> tuple[list[T], str | None]:
    """The rows of a page, of which one more was read than asked for, and the cursor of the next one, if any."""
    shown = rows[:limit]
    if len(rows) <= limit:
        return shown, None
    return shown, base64.urlsafe_b64encode(str(key(shown[-1])).encode()).decode().rstrip("=")
