"""The content of a report: everything that its files say, as canonical JSON; the same content makes the same bytes."""

from __future__ import annotations

import json
from importlib import metadata
from typing import TYPE_CHECKING, Any, Final

from layers import numbers
from layers.footnote import footnote
from registry.reporting.blocks import BLOCKS
from registry.reporting.scope import INSIDE

if TYPE_CHECKING:
    from datetime import datetime

    from registry.reporting.scope import Scope

FORMAT: Final = 1
"""Of the content; the template that sets it is named by it, so that an older edition is set as it was."""
Content = dict[str, Any]


def program() -> str:
    """What makes the files: this program and what sets its documents."""
    parts = (("eKasih", "ekasih"), ("Typst", "typst"), ("openpyxl", "openpyxl"))
    return " · ".join(f"{name} {metadata.version(package)}" for name, package in parts)


def content_of(scope: Scope, *, number: str, made_at: datetime) -> Content:
    """What a report says."""
    words = scope.words
    title = scope.spec["name"] if scope.spec else words(f"report.name_{scope.kind['code']}")
    month = numbers.month(scope.month, words)
    source = footnote(scope.source(INSIDE[scope.level]), words)
    blocks = [made for asked in scope.kind["blocks"] for made in BLOCKS[asked["block"]](scope, asked)]
    return {
        "format": FORMAT,
        "number": number,
        "report": scope.kind["code"],
        "title": title,
        "subtitle": f"{scope.name} · {month}",
        "language": words.language,
        "area": scope.area,
        "month": scope.month.isoformat(),
        "exact": scope.exact,
        "snapshot": scope.snapshot,
        "as_of": scope.footing.as_of.isoformat(),
        "sample": scope.footing.sample,
        "made_at": made_at.replace(microsecond=0).isoformat(),
        "program": program(),
        "mark": words("paper.sample") if scope.footing.sample else "",
        "footing": words("report.exact" if scope.exact else "report.as_told"),
        "source": " · ".join(source),
        "foot": words("report.foot", number=number, snapshot=scope.snapshot, day=numbers.day(scope.footing.as_of)),
        "page_of": words("paper.page", page="{page}", pages="{pages}"),
        "contents_title": words("report.contents"),
        "blocks": blocks,
    }


def canonical(content: Content) -> str:
    """The content as text: keys in order, nothing between them, every letter as it is."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
