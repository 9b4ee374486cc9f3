"""Files of the library: judged by their content, published by two people, found by the text of a PDF."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from queries import articles
from registry.articles.library import (
    READ,
    DescribeFile,
    LibraryFileUnreadable,
    describe_file,
    file_of,
    keep_file,
    kind_of,
    move_file,
    read_file,
    sweep,
)
from registry.articles.pdf_text import text_of_pdf
from registry.errors import InvalidInput, NotFound, NotPermitted
from registry.refusals import ArticleStands, OwnArticleVersion
from registry.uploads.taking_in import Upload

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from registry.principals import Principal
    from tests.integration.articles.conftest import Shelf


def pdf(*lines: str) -> bytes:
    kept = io.BytesIO()
    paper = Canvas(kept)
    for place, line in enumerate(lines):
        paper.drawString(72, 700 - 20 * place, line)
    paper.save()
    return kept.getvalue()


def packed(*names: str, mimetype: str = "") -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return kept.getvalue()


def sent(content: bytes, name: str = "borang.pdf") -> Upload:
    return Upload(length=len(content), name=name, stream=io.BytesIO(content))


def add(shelf: Shelf, home: Path, who: Principal, content: bytes, **facts: Any) -> int:
    file = keep_file(home, lambda: shelf.writing(who), sent(content))
    values: dict[str, Any] = {
        "title_ms": "Pekeliling ujian", "title_en": "", "audience": "pegawai", "source": "Jabatan Uji",
        "licence": "CC BY 4.0", "dated": date(2026, 1, 5),
    } | facts  # fmt: skip
    with shelf.writing(who) as session:
        describe_file(session, file, DescribeFile(**values))
    return file


def move(shelf: Shelf, who: Principal, file: int, step: str) -> None:
    with shelf.writing(who) as session:
        move_file(session, file, step)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (pdf("a"), "pdf"),
        (packed("[Content_Types].xml", "word/document.xml"), "docx"),
        (packed("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (packed("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet"), "ods"),
        (packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "macros"),
        (packed("content.xml", mimetype="application/vnd.oasis.opendocument.text"), "no_kind"),
        (packed("a.txt"), "no_kind"),
        (b"PK\x03\x04 broken", "no_kind"),
        (b"<html>%PDF-</html>", "no_kind"),
        (b"MZ\x90", "no_kind"),
    ],
)
def test_what_a_file_is_is_judged_by_its_content(content: bytes, kind: str) -> None:
    if kind in {"macros", "no_kind"}:
        with pytest.raises(LibraryFileUnreadable) as refused:
            kind_of(content)
        assert refused.value.reason == kind
    else:
        assert kind_of(content) == kind


def test_a_file_is_published_by_another_and_its_next_version_takes_its_place(shelf: Shelf, tmp_path: Path) -> None:
    file = add(shelf, tmp_path, shelf.first, pdf("satu"))
    with shelf.reading(shelf.officer) as conn:
        assert articles.file(conn, file) is None
    with pytest.raises(OwnArticleVersion):
        move(shelf, shelf.first, file, "terbit")
    with pytest.raises(NotPermitted):
        move(shelf, shelf.state, file, "terbit")
    move(shelf, shelf.second, file, "terbit")
    with pytest.raises(ArticleStands), shelf.writing(shelf.first) as session:
        describe_file(
            session, file,
            DescribeFile(title_ms="x", title_en="", audience="awam", source="x", licence="x", dated=date(2026, 1, 1)),
        )  # fmt: skip
    newer = add(shelf, tmp_path, shelf.first, pdf("dua"), replaces=file)
    move(shelf, shelf.second, newer, "terbit")
    with shelf.reading(shelf.officer) as conn:
        assert [(row["file_id"], row["version"]) for row in articles.files(conn, limit=9)[0]] == [(newer, 2)]
        assert articles.file(conn, file) is None
    with shelf.reading(shelf.agency) as conn:
        assert articles.files(conn, limit=9) == ([], 0)
        assert articles.file(conn, newer) is None


def test_the_text_of_a_pdf_is_found_by_who_may_read_it(shelf: Shelf, owner: Connection, tmp_path: Path) -> None:
    file = add(shelf, tmp_path, shelf.first, pdf("Panduan penyewaan untuk pentadbirqx"), audience="agensi")
    job = owner.exec_driver_sql(f"SELECT arguments FROM ekasih.job WHERE task = '{READ}'").scalar_one()
    assert job == {"file": file}
    move(shelf, shelf.second, file, "terbit")
    assert read_file(tmp_path, owner, file) > 20
    owner.commit()
    assert read_file(tmp_path, owner, file) == 0
    for who in (shelf.agency, shelf.officer):
        with shelf.reading(who) as conn:
            found, total = articles.found(conn, "menyewa", language="ms")
        assert [(row["file_id"], row["slug"], row["kind"]) for row in found] == [(file, None, "pdf")]
        assert total == 1
    move(shelf, shelf.second, file, "tarik")
    with shelf.reading(shelf.officer) as conn:
        assert articles.found(conn, "pentadbirqx", language="ms") == ([], 0)


def test_who_adds_no_files_and_what_is_no_file_leaves_nothing(shelf: Shelf, owner: Connection, tmp_path: Path) -> None:
    with pytest.raises(NotPermitted):
        keep_file(tmp_path, lambda: shelf.writing(shelf.officer), sent(pdf("a")))
    for content in (b"", b"x" * (20 * 1024 * 1024 + 1), b"x"):
        with pytest.raises(LibraryFileUnreadable):
            keep_file(tmp_path, lambda: shelf.writing(shelf.first), sent(content))
    assert not list(tmp_path.rglob("*.pdf"))
    with pytest.raises(InvalidInput) as refused:
        add(shelf, tmp_path, shelf.first, pdf("a"), source=" ", dated=None)
    assert set(refused.value.problems) == {"source", "dated"}
    assert sweep(tmp_path, owner) == 0
    with pytest.raises(NotFound):
        file_of(tmp_path, "../secret.pdf")


def test_a_pdf_that_is_damaged_or_takes_long_has_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing")
    assert text_of_pdf(path) == ""
    path.write_bytes(pdf("baik"))
    assert "baik" in text_of_pdf(path)
    assert text_of_pdf(path, seconds=0) == ""
