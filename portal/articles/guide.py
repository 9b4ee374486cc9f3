"""Which aid there is for whom: the programmes that are open today, by need, with their conditions in words."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from flask import Blueprint
from sqlalchemy import text

from portal.articles.shelf import reader
from portal.deps import deps_of_request
from portal.language import current_words
from portal.pages import page
from portal.routes import shown
from registry.aid.conditions.language import parse
from registry.aid.conditions.sentence import Names, sentence
from words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flask import Response

_KINDS: Final = text("""
    SELECT programme_ms, programme_en, agency_ms, agency_en, kind_ms, kind_en, need_code, need_ms, need_en, form,
        frequency, ceiling_rm, conditions
    FROM portal.aid_kind ORDER BY need_ms, agency_ms, programme_ms, kind_ms LIMIT 300
""")
_PLACES: Final = text("SELECT code, name FROM portal.place")
_ARTICLES: Final[Mapping[str, str]] = {
    "PENDAPATAN": "bantuan-sara-hidup",
    "MAKANAN": "bantuan-makanan",
    "RUMAH": "bantuan-rumah",
    "SEWA": "bantuan-sewa",
    "SEKOLAH": "bantuan-sekolah",
    "JAGAAN": "bantuan-kesihatan-dan-penjagaan",
    "KESIHATAN": "bantuan-kesihatan-dan-penjagaan",
    "ANGKUTAN": "bantuan-kesihatan-dan-penjagaan",
    "PEKERJAAN": "bantuan-kerja-dan-latihan",
    "LATIHAN": "bantuan-kerja-dan-latihan",
    "BENCANA": "bantuan-bencana",
}
"""The article that explains a need, of those that come along."""
_KNOWN: Final = text("SELECT slug FROM portal.article")
guide = Blueprint("guide", __name__)


class Offer(NamedTuple):
    """A kind of aid: who gives it, what it is, and for whom."""

    programme: str
    agency: str
    kind: str
    whom: str
    facts: str


@guide.get("/bantuan")
@shown
def offered() -> Response:
    """The programmes by need."""
    with deps_of_request().reading() as connection:
        rows = connection.execute(_KINDS).all()
        areas = {row.code: row.name for row in connection.execute(_PLACES)}
        known = set(connection.scalars(_KNOWN))
    language = reader()
    names = Names(areas, {row.need_code: getattr(row, f"need_{language}").lower() for row in rows})
    needs = [
        (getattr(those[0], f"need_{language}"), _article(code, known), [_offer(row, names) for row in those])
        for code, those in _by_need(rows)
    ]
    return page("bantuan.html", needs=needs)


def _by_need(rows: Any) -> Iterator[tuple[str, list[Any]]]:
    for code, those in groupby(rows, key=lambda row: row.need_code):
        yield code, list(those)


def _article(need: str, known: set[str]) -> str:
    slug = _ARTICLES.get(need, "")
    return slug if slug in known else ""


def _offer(row: Any, names: Names) -> Offer:
    # conditions are told in the two languages of the register
    words, own, language = words_of(reader()), current_words(), reader()
    told = sentence(parse(row.conditions or []), words, names)
    kind, form = getattr(row, f"kind_{language}"), own(f"bantuan.form_{row.form}")
    facts = [*([] if form == kind else [form]), own(f"bantuan.frequency_{row.frequency}")]
    if row.ceiling_rm is not None:
        facts.append(own("bantuan.most", amount=f"RM{row.ceiling_rm:,.0f}"))
    return Offer(
        programme=getattr(row, f"programme_{language}"),
        agency=getattr(row, f"agency_{language}"),
        kind=kind,
        whom=f"{told[:1].upper()}{told[1:]}.",
        facts=" · ".join(facts),
    )
