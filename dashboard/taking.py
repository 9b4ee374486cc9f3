"""Lists to take away: the two buttons beside a list, and its file as the browser keeps it."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dash import ctx, html

from reports.spreadsheet import KINDS, csv_file, whole_book

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dash.development.base_component import Component

    from reports.spreadsheet import Cell
    from words import Words


def file_buttons(csv: str, xlsx: str, words: Words) -> list[Component]:
    """A button for each kind of file, by their ids."""
    return [
        html.Button(words(f"file.{kind}"), id=name, type="button", className="ek-button", n_clicks=0)
        for kind, name in (("csv", csv), ("xlsx", xlsx))
    ]


def kind_pressed(xlsx: str) -> str:
    """Which kind of file was asked for: a workbook by the button ``xlsx``, CSV by the other."""
    return "xlsx" if ctx.triggered_id == xlsx else "csv"


@dataclass(frozen=True, slots=True)
class TableAsked:
    """A file that was asked for: of which kind, its name without an ending, what its sheet is called and says below."""

    kind: str
    name: str
    title: str
    notes: tuple[str, ...] = ()


def file_to_keep(
    asked: TableAsked, header: Sequence[str], rows: Iterable[Sequence[Cell]], words: Words
) -> dict[str, Any]:
    """The file as ``dcc.Download`` takes it."""
    file = {"filename": f"{asked.name}.{asked.kind}", "type": KINDS[asked.kind]}
    if asked.kind == "csv":
        return file | {"content": csv_file(header, rows)}
    content = whole_book(asked.title, header, rows, words, notes=asked.notes)
    return file | {"content": base64.b64encode(content).decode(), "base64": True}
