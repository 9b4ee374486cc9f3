"""Asks callbacks as a browser does, and reads the files that come back."""

from __future__ import annotations

import base64
import csv
import io
import json
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

from tests.leaks.endpoints import request_of, server_callbacks

if TYPE_CHECKING:
    from registry.principals import Role
    from tests.leaks.conftest import World


def answered(world: World, role: Role, name: str, given: dict[str, Any]) -> dict[str, Any]:
    """What the callback ``name`` of the pages answers somebody: each output that it changes, by its id."""
    callback = dict(server_callbacks(world.app))[f"dashboard.pages.{name}"]
    response = world.ask(world.client(role), request_of(callback, given))
    # what a page shows lies deeper than what may be sent to it
    found: dict[str, Any] = json.loads(response.get_data() or "{}").get("response", {})
    return found


def lines_of(file: dict[str, Any]) -> list[list[Any]]:
    """The rows of a file that was given to keep, the head first."""
    if file["filename"].endswith(".csv"):
        return list(csv.reader(io.StringIO(file["content"].removeprefix("\ufeff"))))
    sheet = load_workbook(io.BytesIO(base64.b64decode(file["content"]))).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True) if any(cell is not None for cell in row)]
