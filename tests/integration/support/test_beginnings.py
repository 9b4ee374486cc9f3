"""What an answer may begin with: templates that administrators keep, and articles that its reader may open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from queries import support
from registry.errors import InvalidInput, NotPermitted, StaleRecord
from registry.principals import Role
from registry.support.tickets import SaveTemplate, save_template
from tests.world import add_principal

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.integration.support.conftest import Desk

NEW = SaveTemplate(
    code="", version=0, name_ms="Panggilan", name_en="A call", words_ms="Telefon 012-3456789.", words_en="Call first."
)  # fmt: skip


def test_an_administrator_keeps_and_retires_a_template_and_nobody_else_does(desk: Desk, owner: Connection) -> None:
    administrator = add_principal(owner, "pentadbir.uji", Role.ADMINISTRATOR)
    owner.commit()
    for who in (desk.officer, desk.planner, desk.agency):
        with pytest.raises(NotPermitted), desk.writing(who) as session:
            save_template(session, NEW)
    with desk.writing(administrator) as session:
        save_template(session, NEW)
    with pytest.raises(InvalidInput), desk.writing(administrator) as session:
        save_template(session, replace(NEW, words_en=" "))
    with desk.reading(desk.officer) as conn:
        kept = next(row for row in support.templates(conn) if row["name_ms"] == NEW.name_ms)
    assert "3456789" not in kept["words_ms"]
    changed = replace(NEW, code=kept["code"], version=kept["version"], name_ms="Telefon", active=False)
    with desk.writing(administrator) as session:
        save_template(session, changed)
    with pytest.raises(StaleRecord), desk.writing(administrator) as session:
        save_template(session, changed)
    with desk.reading(desk.officer) as conn:
        assert kept["code"] not in {row["code"] for row in support.templates(conn)}
        assert kept["code"] in {row["code"] for row in support.templates(conn, retired=True)}
    with desk.reading(desk.planner) as conn:
        assert support.templates(conn, retired=True) == []
    audited = text("SELECT count(*) FROM ekasih.audit_log WHERE action = 'save_ticket_template'")
    assert owner.scalar(audited) == 2


def test_an_answer_to_the_public_leads_to_articles_of_the_public_alone(desk: Desk, owner: Connection) -> None:
    number = desk.open()
    public = set(owner.scalars(text("SELECT slug FROM ekasih.article WHERE audience = 'awam'")))
    with desk.reading(desk.officer) as conn:
        found = support.whole(conn, number, language="ms")
        assert found is not None
        assert {one.slug for one in found.articles} - public
    with desk.reading(desk.asks) as conn:
        own = support.whole(conn, number, language="ms")
        assert own is not None
        assert own.articles == []
    sent = text(
        "SELECT portal.send_ticket(:number, sha256('a'), 'bantuan', 'Sewa', 'Apa?', false, '0803', '', '', '', 'ms')"
    )
    owner.execute(sent, {"number": "T-UJIA-N001"})
    owner.commit()
    from_public = owner.scalar(text("SELECT number FROM ekasih.ticket WHERE opened_by IS NULL"))
    with desk.reading(desk.officer) as conn:
        found = support.whole(conn, str(from_public), language="en")
        assert found is not None
        assert found.articles
        assert {one.slug for one in found.articles} <= public
