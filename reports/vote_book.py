"""The vote book of a year: what was allocated, warranted, committed and spent, and what is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Final

from layers import numbers
from reports import paper

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from queries.row_types.ledger import VoteRow
    from words import Words

COLUMNS: Final = ("peruntukan", "agihan", "tanggungan", "belanja", "baki")
_SHARES: Final = (3, 2.4, 1.5, 1.5, 1.5, 1.5, 1.5, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """A line of the vote book: of a programme (no office), or of an office, which has no allocation of its own."""

    programme: str
    programme_name: str
    office: str
    office_name: str
    peruntukan: Decimal | None
    agihan: Decimal
    tanggungan: Decimal
    belanja: Decimal
    baki: Decimal
    closed_on: date | None
    changed_on: date

    @property
    def percent(self) -> Decimal | None:
        """What was spent, of the programme's allocation or of what the office was warranted; ``None`` of nothing."""
        of = self.agihan if self.peruntukan is None else self.peruntukan
        return self.belanja * 100 / of if of else None


def votes_of(rows: Sequence[VoteRow], language: str) -> list[Vote]:
    """The lines of the vote book: each programme and then its offices.

    A programme of which only some offices may be read has no line of its own, for it would say less than there is.
    """
    return [
        vote
        for _, found in groupby(rows, key=lambda row: row["programme"])
        for vote in _programme(list(found), language)
    ]


def book_rows(votes: Iterable[Vote], words: Words) -> list[list[str | Decimal | None]]:
    """The lines as a spreadsheet has them."""
    return [
        [
            vote.programme,
            vote.programme_name,
            vote.office,
            vote.office_name or words("vote.whole"),
            *(getattr(vote, name) for name in COLUMNS),
            None if vote.percent is None else round(vote.percent, 1),
        ]
        for vote in votes
    ]


def vote_book_pdf(votes: Sequence[Vote], year: int, words: Words, *, sample: bool) -> bytes:
    """The vote book as PDF, on a sheet that lies."""
    sheet = paper.Sheet(
        title=words("vote.title", year=str(year)),
        subtitle=words("vote.basis"),
        source=source_text(votes, words),
        printed=datetime.now(UTC),
        words=words,
        language=words.language,
        sample=sample,
        lies=True,
    )
    head = [words(f"vote.{name}") for name in ("programme", "office", *COLUMNS, "percent")]
    rows = [
        [
            vote.programme_name,
            vote.office_name or words("vote.whole"),
            *(numbers.money(getattr(vote, name)) for name in COLUMNS),
            percent_text(vote),
        ]
        for vote in votes
    ]
    story = [
        paper.table([head, *rows], _SHARES, width=paper.WIDE),
        paper.gap(4),
        paper.text(words("vote.how"), "small"),
    ]
    return paper.pdf(sheet, story)


def percent_text(vote: Vote) -> str:
    """How much was spent, as people read it."""
    return numbers.MISSING if vote.percent is None else f"{numbers.decimal(vote.percent, places=1)}%"


def source_text(votes: Sequence[Vote], words: Words) -> str:
    """Where the figures are from, and the day of the last entry."""
    if not votes:
        return words("vote.source")
    return f"{words('vote.source')} · {words('vote.as_of', date=numbers.day(max(vote.changed_on for vote in votes)))}"


def _programme(rows: Sequence[VoteRow], language: str) -> Iterator[Vote]:
    whole = next((row for row in rows if not row["office"]), None)
    offices = [_vote(row, language) for row in rows if row["office"]]
    if whole is not None:
        agihan = -(whole["sumber"] + whole["peruntukan"] + whole["luput"] + whole["pulangan"])
        if agihan == sum(vote.agihan for vote in offices):
            yield _vote(whole, language, offices)
    yield from offices


def _vote(row: VoteRow, language: str, offices: Sequence[Vote] | None = None) -> Vote:
    local = "ms" if language == "ms" else "en"
    own = offices is None
    return Vote(
        programme=row["programme"],
        programme_name=row["programme_ms"] if local == "ms" else row["programme_en"],
        office=row["office"],
        office_name=(row["office_ms"] if local == "ms" else row["office_en"]) or row["office"],
        peruntukan=None if own else -row["sumber"] - row["pulangan"],
        agihan=(
            row["waran"] + row["tanggungan"] + row["dalam_bayaran"] + row["belanja"]
            if offices is None
            else sum((vote.agihan for vote in offices), Decimal(0))
        ),
        tanggungan=(
            row["tanggungan"] + row["dalam_bayaran"]
            if offices is None
            else sum((vote.tanggungan for vote in offices), Decimal(0))
        ),
        belanja=row["belanja"] if offices is None else sum((vote.belanja for vote in offices), Decimal(0)),
        baki=row["waran"] if offices is None else row["peruntukan"] + sum((vote.baki for vote in offices), Decimal(0)),
        closed_on=row["closed_on"],
        changed_on=row["changed_on"] if offices is None else max([row["changed_on"], *(v.changed_on for v in offices)]),
    )
