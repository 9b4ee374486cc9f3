"""Anybody asks and follows with both codes; who handles it answers; nobody else learns that there is a ticket."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from tests.integration.portal.conftest import portal, public, visitor  # noqa: F401 - fixtures

if TYPE_CHECKING:
    from tests.integration.portal.conftest import Visitor
    from tests.integration.support.conftest import Desk
    from tests.postman import Postman

from registry.support.mail import send_answers

ASKED = {
    "kind": "data", "subject": "Bilangan ahli", "words": "Rekod 900101-08-1234 salah\nSila betulkan",
    "district": "0803",
    "name": "Aminah", "telephone": "012-345 6789", "email": "aminah@ekasih.example",
}  # fmt: skip


def sent(visitor: Visitor, **changed: str) -> dict[str, str]:  # noqa: F811 - the fixture's value
    """Send a ticket; both its codes."""
    page = visitor.send("/awam/sokongan", ASKED | changed).get_data(as_text=True)
    found: Any = re.search(r"(T-[0-9A-Z]{4}-[0-9A-Z]{4})\. Kod rahsia: ([0-9A-Z]{4}-[0-9A-Z]{4})\.", page)
    return {"reference": found[1], "secret": found[2]}


def followed(visitor: Visitor, pair: dict[str, str], **more: str) -> str:  # noqa: F811 - the fixture's value
    return visitor.send("/awam/sokongan/ikut", pair | more).get_data(as_text=True)


def test_a_question_is_sent_answered_and_replied_to(desk: Desk, visitor: Visitor, postman: Postman) -> None:  # noqa: F811
    pair = sent(visitor)
    kept = desk.rows("SELECT number, opened_by, place, priority FROM ekasih.ticket")
    number = kept[0][0]
    assert kept == [(number, None, "0803", 3)]
    assert desk.rows("SELECT name, phone FROM ekasih.ticket_contact") == [("Aminah", "012-345 6789")]
    page = followed(visitor, {name: code.lower().replace("-", " ") for name, code in pair.items()})
    assert "diterima" in page
    assert "900101" not in page
    assert number not in page
    desk.step(desk.officer, number, "tanya", "Rumah yang mana?")
    assert send_answers(desk.owner, postman.settings) == 1
    letter = postman.got[0].content.decode("utf-8", "replace")
    assert pair["reference"] in letter
    assert "https://ekasih.example/awam/sokongan/ikut" in letter
    assert number not in letter
    assert pair["secret"] not in letter
    page = followed(visitor, pair, words="Rumah di hujung kampung")
    assert "Rumah yang mana?" in page
    assert "Rumah di hujung kampung" in page
    assert "pegawai" not in page.lower().replace("pegawai akan", "")
    assert desk.row(number).state == "dijawab"
    desk.step(desk.officer, number, "selesai", "Sudah")
    visitor.address = "203.0.113.5"
    assert 'name="rating"' in followed(visitor, pair)
    assert 'name="rating"' not in followed(visitor, pair, rating="5")
    assert (desk.row(number).satisfaction, desk.row(number).state) == (5, "selesai")
    followed(visitor, pair, words="Masih salah")
    assert desk.row(number).state == "dibuka_semula"


def test_a_wrong_pair_and_one_that_is_none_are_told_alike(desk: Desk, visitor: Visitor) -> None:  # noqa: F811
    pair, other = sent(visitor), sent(visitor)
    wrong = [
        {**pair, "secret": other["secret"]}, {**pair, "secret": "0000-0000"}, {**pair, "reference": "T-0000-0000"},
        {"reference": "", "secret": ""},
    ]  # fmt: skip
    pages = {re.sub(r'value="[^"]*"', "", followed(visitor, one, words="Saya lihat")) for one in wrong}
    assert len(pages) == 1
    assert "tidak sepadan" in pages.pop()
    assert desk.rows("SELECT DISTINCT action FROM ekasih.ticket_step") == [("buka",)]


def test_what_is_missing_is_said_at_its_field_and_nothing_is_kept(desk: Desk, visitor: Visitor) -> None:  # noqa: F811
    page = visitor.post("/awam/sokongan", {"email": "tiada"}).get_data(as_text=True)
    for name in ("kind", "subject", "words", "email"):
        assert f'id="{name}-problem"' in page
    assert desk.rows("SELECT count(*) FROM ekasih.ticket") == [(0,)]
    switched = visitor.post("/awam/sokongan", {**ASKED, "bahasa": "en"}).get_data(as_text=True)
    assert "Sila betulkan" in switched
    assert "What happened?" in switched


def test_somebody_elses_data_is_of_the_first_priority_and_only_handlers_read_who_told(
    desk: Desk,
    visitor: Visitor,  # noqa: F811
) -> None:
    sent(visitor, kind="dedah")
    (row,) = desk.rows("SELECT kind, exposure, priority FROM ekasih.ticket")
    assert row == ("data", True, 1)
    for table, columns in (("ticket_contact", "name"), ("ticket_public", "reference")):
        read = {}
        for who in (desk.officer, desk.elsewhere, desk.planner):
            with desk.reading(who) as conn:
                read[who.login] = len(conn.execute(text(f"SELECT {columns} FROM ekasih.{table}")).all())
        assert read == {"pegawai": 1, "daerah.lain": 0, "perancang": 0}
