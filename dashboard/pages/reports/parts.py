"""What the pages of reports share: addresses, and editions as a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dash import html

from dashboard.components.feedback import empty
from dashboard.components.tables import STEP
from layers import numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from queries.row_types.reporting import EditionRow
    from registry.errors import RegistryError
    from words import Words

PATH: Final = "/laporan"
VERIFY_PATH: Final = f"{PATH}/sahkan"
TABLES_PATH: Final = f"{PATH}/jadual"
KINDS: Final = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}
_NUMBER: Final = re.compile(r"L[0-9]{8,12}", re.ASCII)


def known_number(asked: object) -> str | None:
    """The number of an edition that an address names; ``None`` for what is none."""
    text = str(asked or "")
    return text if _NUMBER.fullmatch(text) else None


def address(number: str) -> str:
    """The page of an edition."""
    return f"{PATH}/{number}"


def file_address(number: str, kind: str) -> str:
    """Where a file of an edition is taken from."""
    return f"{PATH}/{number}/fail/{kind}"


def page_address(number: str, page: int) -> str:
    """Where the picture of a page is, which count from 1."""
    return f"{PATH}/{number}/halaman/{page}"


def editions_list(rows: Sequence[EditionRow], words: Words) -> Component:
    """Editions one below the other, each with its files."""
    if not rows:
        return empty(words("report.no_editions"), words("report.no_editions_hint"))
    return html.Ul([_edition(row, words) for row in rows], className="ek-report-list")


def _edition(row: EditionRow, words: Words) -> Component:
    where = words("map.country") if row["area_code"] == "MY" else row["area_name"] or row["area_code"]
    about = [
        where,
        numbers.month(row["month"], words),
        row["number"],
        numbers.moment(row["made_at"]),
        *([words("report.scheduled")] if row["scheduled"] else []),
        *([words("source.sample")] if row["sample"] else []),
    ]
    files = [
        html.A(kind.upper(), href=file_address(row["number"], kind), download="", className="ek-report-file")
        for kind in KINDS
    ]
    return html.Li(
        [
            html.A(row["title"], href=address(row["number"]), className="ek-report-title", **STEP),
            html.Span(" · ".join(about), className="ek-footnote"),
            html.Span(files, className="ek-report-files"),
        ]
    )


def refused(error: RegistryError, words: Words) -> Component:
    """Why something was not done."""
    key = f"error.{error.key}"
    said = words(key, **error.values) if words.has(key) else words("error.refused")
    return html.P(said, className="ek-refused")
