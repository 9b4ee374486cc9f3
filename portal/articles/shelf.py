"""The public shelf: a search over both languages, an article, whether it helped, and files to take away."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, abort, request
from markupsafe import Markup
from sqlalchemy import text

from portal.deps import deps_of_request
from portal.language import current_language, switched
from portal.pages import PREFIX, page
from portal.routes import shown, takes
from portal.sending import once_proved, typed
from registry.articles.library import file_of
from registry.articles.markdown import as_html

if TYPE_CHECKING:
    from sqlalchemy import Connection

FORM: Final = "ilmu"
LONGEST_ASKED: Final = 200
_LONGEST_TOLD: Final = 200
_TYPES: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
_SHELF: Final = text("""
    SELECT a.slug, a.kind, a.title_ms, a.title_en, t.title AS title_own
    FROM portal.article AS a LEFT JOIN portal.article_translation AS t ON t.slug = a.slug AND t.language = :language
    ORDER BY a.kind, a.reads DESC, a.title_ms LIMIT 300
""")
_FILES: Final = text("""
    SELECT id, kind, bytes, title_ms, title_en, source, licence, dated, version
    FROM portal.library_file ORDER BY published_at DESC, id DESC LIMIT 200
""")
_FILE: Final = text("SELECT id, stored_name, kind, version FROM portal.library_file WHERE id = :id")
_FOUND: Final = text("""
    SELECT slug, file_id, kind, language, title, snippet, near, total FROM portal.search_articles(:asked, :reader)
""")
_MISS: Final = text("SELECT portal.note_article_miss(:asked)")
_ONE: Final = text("""
    SELECT a.slug, a.kind, a.number, a.title_ms, a.title_en, a.body_ms, a.body_en, a.published_at, a.en_old,
        t.title AS title_own, t.body AS body_own, coalesce(t.older, false) AS own_old
    FROM portal.article AS a LEFT JOIN portal.article_translation AS t ON t.slug = a.slug AND t.language = :language
    WHERE a.slug = :slug
""")
_READ: Final = text("SELECT portal.note_article_read(:slug)")
_TELL: Final = text("SELECT portal.tell_article(:slug, :helps, :told)")
shelf = Blueprint("shelf", __name__)


def reader() -> str:
    """In which of the register's two languages somebody reads: who reads English in English, others in Malay."""
    return "en" if current_language() == "en" else "ms"


def title_of(row: Any) -> str:
    """A title in the reader's language, where it has one."""
    return str(getattr(row, f"title_{reader()}") or row.title_ms)


def language_of(row: Any) -> str:
    """In which language an article is told: the reader's own where it stands in it, otherwise Malay."""
    if row.title_own:
        return current_language()
    return "en" if reader() == "en" and row.title_en else "ms"


def told_title(row: Any) -> str:
    """The title of an article in the language in which it is told."""
    return str(row.title_own or title_of(row))


@shelf.get("/ilmu")
@shown
def listed() -> Response:
    """All articles for the public, by kind."""
    return _shelf("")


@shelf.post("/ilmu")
@shown
def search() -> Response:
    """What answers a question. It comes by POST, so that no address holds what somebody typed."""
    asked = typed("cari", LONGEST_ASKED)
    if switched() or not asked:
        return _shelf(asked)
    with deps_of_request().sending() as connection:
        found = connection.execute(_FOUND, {"asked": asked, "reader": current_language()}).all()
        if not found or found[0].near:
            connection.execute(_MISS, {"asked": asked})
    hits = [(row, _snippet(row.snippet)) for row in found]
    return page("ilmu_hasil.html", asked=asked, hits=hits, near=bool(found and found[0].near), proved=False)


@shelf.get("/ilmu/fail")
@shown
def files() -> Response:
    """The files of the library for the public."""
    with deps_of_request().reading() as connection:
        rows = connection.execute(_FILES).all()
    return page("ilmu_fail.html", files=rows, title_of=title_of)


@shelf.get("/ilmu/fail/<int:number>")
@shown
def file(number: int) -> Response:
    """A file, to be taken away: it came as it is, and is never shown in the register's own name."""
    with deps_of_request().reading() as connection:
        found = connection.execute(_FILE, {"id": number}).one_or_none() if number < 1 << 63 else None
    path = file_of(deps_of_request().settings.home, found.stored_name) if found else None
    if found is None or path is None or not path.is_file():
        abort(404)
    answer = Response(path.read_bytes(), mimetype=_TYPES[found.kind])
    answer.headers.set("Content-Disposition", "attachment", filename=f"ekasih-{found.id}-v{found.version}.{found.kind}")
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@shelf.get("/ilmu/<slug>")
@shown
def article(slug: str) -> Response:
    """One article."""
    with deps_of_request().sending() as connection:
        found = _article(connection, slug)
        connection.execute(_READ, {"slug": slug})
    return _told_page(found, "", "")


@shelf.post("/ilmu/<slug>")
@takes(FORM)
def tell(slug: str) -> Response:
    """Whether an article helped; nobody is named."""
    helps, told = request.form.get("membantu", ""), typed("kurang", _LONGEST_TOLD)
    other_language = switched()
    with deps_of_request().reading() as connection:
        found = _article(connection, slug)
    if other_language or helps not in {"ya", "tidak"}:
        return _told_page(found, helps, told)

    def keep(connection: Connection) -> Response:
        connection.execute(_TELL, {"slug": slug, "helps": helps == "ya", "told": told})
        return page("ilmu_terima.html", slug=slug, title=told_title(found))

    return once_proved(FORM, keep)


def _shelf(asked: str) -> Response:
    with deps_of_request().reading() as connection:
        rows = connection.execute(_SHELF, {"language": current_language()}).all()
    told = [(row.kind, row.slug, told_title(row), language_of(row)) for row in rows]
    kinds = [(kind, [one[1:] for one in those]) for kind, those in groupby(told, key=itemgetter(0))]
    return page("ilmu.html", asked=asked, kinds=kinds, foreign=any(_is_foreign(one[3]) for one in told), proved=False)


def _article(connection: Connection, slug: str) -> Any:
    found = connection.execute(_ONE, {"slug": slug, "language": current_language()}).one_or_none()
    if found is None:
        abort(404)
    return found


def _told_page(found: Any, helps: str, told: str) -> Response:
    first = language_of(found)
    titles = {first: told_title(found), "ms": found.title_ms} | ({"en": found.title_en} if found.title_en else {})
    # behind it stands what it was made from, or the English of what is told in Malay
    other = "ms" if first != "ms" else "en"
    said = {"ms": found.body_ms, "en": found.body_en, first: getattr(found, f"body_{first}", found.body_own)}
    return page(
        "ilmu_artikel.html",
        found=found,
        first=first,
        other=other if other in titles else "",
        # what the parser made holds no HTML but its own
        bodies={language: Markup(as_html(said[language], public=PREFIX)) for language in (first, other)},  # noqa: S704
        titles=titles,
        foreign=_is_foreign(first),
        helps=helps,
        told=told,
    )


def _is_foreign(told: str) -> bool:
    """Whether what is told in a language is so for want of a translation into the reader's."""
    return told == "ms" and current_language() not in {"ms", "en"}


def _snippet(said: str) -> list[tuple[str, bool]]:
    """The parts of a text, each with whether it is what was asked for."""
    return [(part, bool(place % 2)) for place, part in enumerate(said.replace("\x03", "\x02").split("\x02"))]
