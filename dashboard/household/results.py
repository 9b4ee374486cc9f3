"""Rows of the search results as the grid in the browser draws them: marked words, badge, bar."""

from __future__ import annotations

from decimal import Decimal
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Final, TypedDict

from dashboard.household import texts
from layers import numbers

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from queries.households import Question
    from queries.row_types.households import MatchRow
    from words import Words

_HEADROOM = Decimal("1.25")
_ALIKE = 0.6

Marked = list[list[str | bool]]
"""A text in pieces, each with whether it matched."""


class Listed(TypedDict):
    """What rows of households have that are listed, whatever the list."""

    household_id: int
    file_no: str
    head_name: str
    status: str
    strata: str
    member_count: int
    income_rm: Decimal
    per_capita_rm: Decimal
    pgk_per_capita_rm: Decimal
    food_per_capita_rm: Decimal
    district_name: str
    mukim_name: str | None
    visited_on: date | None
    next_review_on: date
    exited_on: date | None


_STATUSES: Final = ("tegar", "miskin", "mudah_miskin", "terkeluar")

ORDERS: Final[dict[str, Callable[[Listed], Any]]] = {
    "name": lambda row: row["head_name"],
    "status": lambda row: (_STATUSES.index(row["status"]), row["per_capita_rm"]),
    "perCapita": lambda row: row["per_capita_rm"],
    "area": lambda row: (row["district_name"], row["mukim_name"] or ""),
    "visited": lambda row: row["visited_on"],
}
"""What a list of households is put in order by, for each column of its table."""


def row_of(found: Listed, question: Question, words: Words, match: MatchRow | None = None) -> dict[str, object]:
    """What the grid needs of one household found."""
    matched = match["matched_by"] if match else None
    by_name = question.words if matched == "name" else ()
    note: Marked = []
    if match and matched == "name" and not match["matched_head"]:
        member: list[str | bool] = [words("search.member"), False]
        note = [member, *marked(match["matched_name"] or "", question.words)]
    elif match and matched == "id_no":
        who = words("search.id_no") if match["matched_head"] else words("search.id_no_of", name=match["matched_name"])
        note = [[who, True]]
    elif matched == "phone":
        note = [[words("search.phone"), True]]
    if found["exited_on"]:
        rest: Marked = [[" · ", False], *note] if note else []
        note = [[words("exit.badge_short"), True], *rest]
    area = [found["mukim_name"], found["district_name"]]
    return {
        "id": found["household_id"],
        "name": marked(found["head_name"], by_name),
        "file": [[found["file_no"], matched == "file_no"]],
        "note": note,
        "status": found["status"],
        "statusName": words(f"status.{found['status']}"),
        "perCapita": numbers.money(found["per_capita_rm"]),
        "bar": bar(found),
        "members": words.n("record.members_value", found["member_count"]),
        "area": ", ".join(name for name in dict.fromkeys(area) if name),
        "strata": words(f"strata.{found['strata']}"),
        "visited": numbers.day(found["visited_on"]),
        "review": numbers.day(found["next_review_on"]),
        "late": words("record.overdue") if found["next_review_on"] < texts.today() else "",
    }


def bar(found: Listed) -> list[float]:
    """Where income per person and both lines stand on a bar, in per cent of its length: income, food line, line."""
    food, pgk = found["food_per_capita_rm"], found["pgk_per_capita_rm"]
    income = found["income_rm"] / found["member_count"]
    end = max(pgk * _HEADROOM, Decimal(1))
    return [round(float(min(Decimal(100), 100 * value / end)), 1) for value in (income, food, pgk)]


def marked(text: str, asked: tuple[str, ...]) -> Marked:
    """The text in pieces, words that are alike to one asked for marked."""
    pieces: Marked = []
    for number, word in enumerate(text.split()):
        matches = any(_alike(word.upper(), other) for other in asked)
        if number:
            pieces.append([" ", matches and bool(pieces[-1][1])])
        pieces.append([word, matches])
    return pieces


def _alike(word: str, asked: str) -> bool:
    return word.startswith(asked) or SequenceMatcher(None, word, asked).ratio() >= _ALIKE
