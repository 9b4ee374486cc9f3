"""A search for households, wherever it is asked: whether a number may be, and what the audit log keeps of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from registry.audit.reads import keyed_hash
from registry.households.checking import look_up

if TYPE_CHECKING:
    from dashboard.deps import Deps
    from queries.households import Filters, Question

_FEWEST_DIGITS: Final = 7


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


def may_look_up(deps: Deps, question: Question) -> bool:
    """Whether a question for a number may be asked now: whom it finds is looked up as at the counter."""
    if question.number is None or len(question.number) < _FEWEST_DIGITS:
        return True
    with deps.writing() as session:
        return not look_up(session, [question.number], purpose="search").unchecked
