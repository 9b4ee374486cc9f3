"""A photograph is kept as pixels alone, in a file of its own, and is shown to nobody who may not see its case."""

from __future__ import annotations

import io
import os
import stat
import struct
import time
import zlib
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from queries import visits
from registry.cases.cases import TakeStep
from registry.cases.registration import decide_case
from registry.errors import NotFound
from registry.refusals import StepNotPermitted
from registry.visits import photographs, pictures
from registry.visits.models import VisitPhoto
from registry.visits.photographs import AddPhotograph, file_of, keep_photograph, sweep
from registry.visits.pictures import LARGEST_UPLOAD, PhotographRefused, plain_picture
from tests.integration.visits.conftest import assigned, photograph, version, visited

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from registry.principals import Principal
    from tests.integration.visits.conftest import Staff


def added(staff: Staff, home: Path, visit_id: int, *, who: Principal | None = None, **given: Any) -> int:
    command = AddPhotograph(**{"visit_id": visit_id, "client_key": uuid4(), "upload": photograph()} | given)
    return keep_photograph(home, lambda: staff.writing(who or staff.enumerator), command)


def files(home: Path) -> list[Path]:
    return [path for path in home.rglob("*") if path.is_file()]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_of_a_photograph_nothing_but_its_pixels_is_kept(kind: str) -> None:
    upload = photograph(kind=kind)
    assert b"Telefon Contoh" in upload
    kept = Image.open(io.BytesIO(plain_picture(upload).content))
    assert (kept.format, kept.size) == ("JPEG", (1600, 1200))
    assert dict(kept.getexif()) == {}
    assert not {"exif", "icc_profile", "comment", "xmp"} & set(kept.info)
    assert b"Telefon Contoh" not in plain_picture(upload).content


def test_a_photograph_that_was_taken_upright_stands_upright() -> None:
    picture = plain_picture(photograph(size=(400, 300), orientation=6))
    assert (picture.width, picture.height) == (300, 400)


def test_what_is_clear_becomes_white() -> None:
    written = io.BytesIO()
    Image.new("RGBA", (20, 10), (255, 0, 0, 0)).save(written, "PNG")
    kept = Image.open(io.BytesIO(plain_picture(written.getvalue()).content))
    assert kept.getpixel((5, 5)) == (255, 255, 255)


def bomb(width: int, height: int) -> bytes:
    """A few kB that unpack to many pixels."""
    written = io.BytesIO()
    Image.new("1", (width, height)).save(written, "PNG", optimize=True)
    return written.getvalue()


@pytest.mark.parametrize(
    ("upload", "problem"),
    [
        (bomb(8_000, 8_000), "photo_too_many_pixels"),
        (bomb(15_000, 13_000), "photo_too_many_pixels"),
        (b"\xff\xd8\xff" + b"0" * LARGEST_UPLOAD, "photo_too_large"),
        (b"MZ this is no picture", "photo_unreadable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo_unreadable"),
        (b"", "photo_unreadable"),
        (photograph()[:5_000], "photo_unreadable"),
    ],
    ids=["large", "bomb", "heavy", "program", "drawing", "nothing", "torn"],
)
def test_what_is_no_photograph_is_refused(upload: bytes, problem: str) -> None:
    with pytest.raises(PhotographRefused) as refused:
        plain_picture(upload)
    assert refused.value.problems == {"photo": problem}


def png_header(width: int, height: int) -> bytes:
    """A PNG that says how large it is, and holds not one pixel."""
    said = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", said), (b"IDAT", b""), (b"IEND", b""))
    packed = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def webp_header(width: int, height: int) -> bytes:
    """A WebP that says how large its canvas is, and no more."""
    said = bytes(4) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF" + struct.pack("<I", 22) + b"WEBPVP8X" + struct.pack("<I", 10) + said


def jpeg(size: tuple[int, int], *, progressive: bool = False) -> bytes:
    """A JPEG of one colour, torn off behind its header."""
    written = io.BytesIO()
    Image.new("L", size).save(written, "JPEG", progressive=progressive)
    return written.getvalue()[:2_000]


@pytest.mark.parametrize(
    "upload",
    [
        png_header(9_000, 6_600),
        png_header(4_001, 3_000),
        webp_header(16_383, 16_383),
        webp_header(4_001, 3_000),
        jpeg((9_000, 7_000)),
        jpeg((5_000, 5_000), progressive=True),
    ],
    ids=["png", "png a little over", "webp", "webp a little over", "jpeg", "progressive jpeg"],
)
def test_what_would_unpack_to_too_much_is_refused_by_its_header(upload: bytes) -> None:
    with pytest.raises(PhotographRefused) as refused:
        plain_picture(upload)  # there is nothing behind the header that could be unpacked
    assert refused.value.problems == {"photo": "photo_too_many_pixels"}


@pytest.mark.parametrize("size", [(8_900, 6_700), (50_000, 1_100)])
def test_a_large_jpeg_is_unpacked_at_a_fraction_of_its_size(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    written = io.BytesIO()
    Image.new("L", size, 128).save(written, "JPEG")
    unpacked = []
    monkeypatch.setattr(
        pictures, "_encoded", lambda opened: (opened.load(), unpacked.append(opened.width * opened.height))
    )
    plain_picture(written.getvalue())
    assert 0 < unpacked[0] <= size[0] * size[1] / 15


def test_a_photograph_for_no_visit_of_ones_own_is_not_even_looked_at(staff: Staff, tmp_path: Path) -> None:
    visit, no_picture = visited(staff, assigned(staff)), b"this is no picture"
    with pytest.raises(NotFound):
        added(staff, tmp_path, 999_999, upload=no_picture)
    with pytest.raises(StepNotPermitted):
        added(staff, tmp_path, visit, who=staff.officer, upload=no_picture)
    with pytest.raises(PhotographRefused):
        added(staff, tmp_path, visit, upload=no_picture)


def test_a_file_is_for_the_server_alone_and_says_nothing_by_its_name(staff: Staff, tmp_path: Path) -> None:
    photo = added(staff, tmp_path, visited(staff, assigned(staff)))
    with staff.reading(staff.coordinator) as connection:
        name = visits.photo_file(connection, photo)
    assert name is not None
    [path] = files(tmp_path)
    assert path == file_of(tmp_path, name)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["../secrets/secret_key", "a.jpg", "", f"{'0' * 32}.jpg/..", f"{'0' * 32}.jpg\n"])
def test_a_name_leads_nowhere_else(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotFound):
        file_of(tmp_path, name)


def test_a_photograph_that_is_sent_twice_is_kept_once(staff: Staff, owner: Connection, tmp_path: Path) -> None:
    visit, key = visited(staff, assigned(staff)), uuid4()
    first = added(staff, tmp_path, visit, client_key=key)
    assert added(staff, tmp_path, visit, client_key=key) == first
    assert owner.scalar(text("SELECT count(*) FROM ekasih.visit_photo")) == 1
    assert len(files(tmp_path)) == 1


def test_a_file_does_not_outlive_a_transaction_that_fails(staff: Staff, tmp_path: Path) -> None:
    visit = visited(staff, assigned(staff))
    with pytest.raises(StepNotPermitted):
        added(staff, tmp_path, visit, who=staff.officer)
    with pytest.raises(NotFound):
        added(staff, tmp_path, visit, who=staff.elsewhere)
    assert files(tmp_path) == []


def test_what_a_sudden_end_left_behind_is_swept_and_nothing_else(
    staff: Staff, owner: Connection, tmp_path: Path
) -> None:
    added(staff, tmp_path, visited(staff, assigned(staff)))
    (kept,) = files(tmp_path)
    left, being_written = (kept.with_name(f"{digit * 32}.jpg") for digit in "ab")
    for path in (left, being_written):
        path.write_bytes(b"-")
    long_ago = time.time() - 7200
    for path in (kept, left):
        os.utime(path, (long_ago, long_ago))
    assert sweep(tmp_path, owner) == 1
    assert [path.exists() for path in (kept, left, being_written)] == [True, False, True]


def test_a_visit_keeps_so_many_photographs(staff: Staff, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photographs, "MOST_PER_VISIT", 1)
    visit = visited(staff, assigned(staff))
    added(staff, tmp_path, visit)
    with pytest.raises(PhotographRefused):
        added(staff, tmp_path, visit)
    assert len(files(tmp_path)) == 1


def test_nobody_adds_a_photograph_to_anothers_visit_or_after_the_decision(staff: Staff, tmp_path: Path) -> None:
    case_id = assigned(staff)
    visit = visited(staff, case_id)
    facts: dict[str, Any] = {"sha256": "0", "width": 1, "height": 1, "bytes": 1}
    with staff.writing(staff.officer) as session, pytest.raises(ProgrammingError, match="row-level security"):
        session.add(VisitPhoto(visit_id=visit, client_key=uuid4(), name="x", **facts))
        session.flush()
    with staff.writing(staff.coordinator) as session:
        step = TakeStep(case_id=case_id, version=version(staff, case_id), action="approve", meeting_id=staff.meeting)
        decide_case(session, step)
    with staff.writing(staff.enumerator) as session, pytest.raises(ProgrammingError, match="row-level security"):
        session.add(VisitPhoto(visit_id=visit, client_key=uuid4(), name="y", **facts))
        session.flush()
    with pytest.raises(StepNotPermitted):
        added(staff, tmp_path, visit)
    assert files(tmp_path) == []


def test_a_photograph_is_found_by_who_sees_the_case(staff: Staff, tmp_path: Path) -> None:
    photo = added(staff, tmp_path, visited(staff, assigned(staff)))
    seen = set()
    for who in ("officer", "enumerator", "coordinator", "administrator", "elsewhere", "planner"):
        with staff.reading(getattr(staff, who)) as connection:
            if visits.photo_file(connection, photo) is not None:
                seen.add(who)
    assert seen == {"officer", "enumerator", "coordinator", "administrator"}
