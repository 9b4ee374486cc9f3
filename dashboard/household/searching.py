"""What the audit log keeps of a search for households, wherever it was asked."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from registry.audit.reads import keyed_hash

if TYPE_CHECKING:
    from queries.households import Filters, Question


def searched(question: Question, filters: Filters, found: int, *, secret: str) -> dict[str, object]:
    """What is written down of a search: of which kind, how many were found, and a keyed hash for its words."""
    message = question.name or question.number or ""
    kinds = [kind for kind in ("name", "number", "phone", "file_no") if getattr(question, kind)]
    chosen = {name: value for name, value in asdict(filters).items() if value}
    return {
        "by": kinds,
        "key": keyed_hash(message, secret=secret) if message else None,
        "filters": chosen,
        "found": found,
    }
