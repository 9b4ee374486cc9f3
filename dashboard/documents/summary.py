"""The summary of a household's record as a PDF: what an officer puts into a file or hands to the household."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from flask import Response
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from dashboard.components.sentence import status_sentence
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.isirumah import texts
from dashboard.pages.isirumah.parts import AID, INCOME, PARTS, PERSONAL, choice_label
from layers import numbers
from poverty.lines import explain
from queries import households
from registry.errors import NotFound
from registry.mykad import masked
from registry.principals import Permission
from registry.services import audit
from registry.services.explain import decision_of

if TYPE_CHECKING:
    from flask import Flask
    from reportlab.pdfgen.canvas import Canvas

    from dashboard.deps import Deps
    from dashboard.i18n import Words
    from queries.households import WholeRecord

ROUTE = "/isi-rumah/<int:household>/ringkasan.pdf"
_SHEET = getSampleStyleSheet()
_TEXT = ParagraphStyle("text", parent=_SHEET["BodyText"], fontName="Helvetica", fontSize=9, leading=12)
_TITLE = ParagraphStyle("title", parent=_TEXT, fontName="Helvetica-Bold", fontSize=15, leading=19)
_PART = ParagraphStyle("part", parent=_TEXT, fontName="Helvetica-Bold", fontSize=11, leading=15, spaceBefore=8)
_LINES = TableStyle(
    [
        ("LINEBELOW", (0, 0), (-1, -1), 0.25, colors.HexColor("#c8c8c8")),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]
)


def register(server: Flask, deps: Deps) -> None:
    """Add the route of the summary; each one that is made goes into the audit log."""

    @server.get(ROUTE)
    @requires(Permission.READ_PERSONS)
    @limited(DOWNLOADS)
    def household_summary(household: int) -> Response:
        words, principal = current_words(), deps.principal()
        with deps.writing() as session:
            record = households.whole_record(session.connection(), household)
            if record is None or principal is None:
                raise NotFound
            audit.record(
                session,
                "export_record",
                subject="household",
                subject_id=household,
                district_code=record.household["district_code"],
                after={"format": "pdf"},
            )
        answer = Response(summary_pdf(record, words, printed_by=principal.name), mimetype="application/pdf")
        name = f"ringkasan-{record.household['file_no']}.pdf"
        answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
        answer.headers["Cache-Control"] = "no-store"
        return answer


def summary_pdf(record: WholeRecord, words: Words, *, printed_by: str) -> bytes:
    """The record on A4 with the decision in force; identity numbers stay masked."""
    target = io.BytesIO()
    household = record.household
    document = SimpleDocTemplate(
        target,
        pagesize=A4,
        leftMargin=18 * mm,
        rightMargin=18 * mm,
        topMargin=16 * mm,
        bottomMargin=18 * mm,
        title=words("summary.title"),
        lang=words.language,
    )
    status = words(f"status.{household['status']}")
    strata = words(f"strata.{household['strata']}")
    area = texts.names(household["mukim_name"], household["district_name"], household["state_name"])
    story: list[Any] = [
        _line(words("summary.title"), _TITLE),
        _line(f"{household['head_name']} · {words('record.file_no', number=household['file_no'])}"),
        _line(f"{area} · {strata}"),
        _line(f"{words('summary.status')}: {status}", _PART),
        _line(status_sentence(explain(decision_of(household)), words)),
    ]
    if household["exited_on"] is not None:
        reason = words(f"exit.reason.{household['exit_reason']}")
        story.append(_line(words("exit.badge", date=numbers.day(household["exited_on"]), reason=reason)))
    for part in PARTS.values():
        story += [_line(words(f"part.{part.name}"), _PART), _body(part.name, record, words), Spacer(1, 2 * mm)]
    foot = words("summary.foot", name=printed_by, date=numbers.day(texts.today()), version=household["version"])

    def sign(canvas: Canvas, page: Any) -> None:
        canvas.setFont("Helvetica", 7.5)
        canvas.drawString(18 * mm, 10 * mm, foot)
        canvas.drawRightString(A4[0] - 18 * mm, 10 * mm, str(page.page))

    document.build(story, onFirstPage=sign, onLaterPages=sign)
    return target.getvalue()


def _body(name: str, record: WholeRecord, words: Words) -> Any:
    part = PARTS[name]
    if name == AID:
        rows = [
            [aid["programme"], aid["agency"], numbers.day(aid["given_on"]), numbers.money(aid["amount_rm"])]
            for aid in record.aid
        ]
        return _table(rows) if rows else _line(words("record.no_aid"))
    if not part.of_members:
        rows = [
            [words(f"field.{field.name}"), texts.value_text(field, record.household, words) or numbers.MISSING]
            for field in part.fields
        ]
        return _table(rows)
    fields = [field for field in part.fields if field.name != "name"]
    if name == PERSONAL:
        fields = [field for field in fields if field.name in {"relationship", "id_no", "birth_date", "sex"}]
    rows = [[words("record.member"), *(words(f"field.{field.name}") for field in fields)]]
    for member in record.members:
        shown = [texts.value_text(field, member, words) or numbers.MISSING for field in fields]
        if name == PERSONAL:
            shown[0] = words("record.head") if member["is_head"] else choice_label(
                "relationship", member["relationship"], words
            )  # fmt: skip
            shown[1] = masked(member["id_no"], kind=member["id_kind"]) or numbers.MISSING
        rows.append([member["name"], *shown])
    if name == INCOME:
        rows.append([words("record.income_all"), numbers.money(record.household["income_rm"]), "", "", ""])
    return _table(rows)


def _table(rows: list[list[str]]) -> Table:
    width = (A4[0] - 36 * mm) / len(rows[0])
    return Table(
        [[_line(cell) for cell in row] for row in rows], colWidths=[width] * len(rows[0]), style=_LINES, hAlign="LEFT"
    )


def _line(text: str, style: ParagraphStyle = _TEXT) -> Paragraph:
    escaped = str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return Paragraph(escaped, style)
