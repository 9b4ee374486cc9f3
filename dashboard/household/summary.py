"""The summary of a household's record as a PDF: what an officer puts into a file or hands to the household."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Response

from dashboard.components.sentence import status_sentence
from dashboard.guards import requires
from dashboard.household import given, texts
from dashboard.household.parts import AID, INCOME, PARTS, PERSONAL, choice_label
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from layers import numbers
from poverty.lines import explain
from queries import accounts, households
from registry import audit
from registry.errors import NotFound
from registry.mykad import masked
from registry.principals import Permission
from registry.status.explain import decision_of
from reports import paper

if TYPE_CHECKING:
    from flask import Flask
    from reportlab.platypus import Flowable

    from dashboard.deps import Deps
    from queries.households import WholeRecord
    from queries.row_types.given_aid import GivenRow
    from words import Words

ROUTE = "/isi-rumah/<int:household>/ringkasan.pdf"


def register(server: Flask, deps: Deps) -> None:
    """Add the route of the summary; each one that is made goes into the audit log."""

    @server.get(ROUTE)
    @requires(Permission.READ_PERSONS)
    @limited(DOWNLOADS)
    def household_summary(household: int) -> Response:
        words, person = current_words(), deps.person()
        with deps.writing() as session:
            record = households.whole_record(session.connection(), household)
            if record is None:
                raise NotFound
            audit.record(
                session,
                "export_record",
                subject="household",
                subject_id=household,
                district_code=record.household["district_code"],
                after={"format": "pdf"},
            )
            sample = bool(accounts.register_state(session.connection()).sample)
        made = summary_pdf(record, words, printed_by=person.name, sample=sample)
        answer = Response(made, mimetype="application/pdf")
        name = f"ringkasan-{record.household['file_no']}.pdf"
        answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
        answer.headers["Cache-Control"] = "no-store"
        return answer


def summary_pdf(record: WholeRecord, words: Words, *, printed_by: str, sample: bool) -> bytes:
    """The record on A4 with the decision in force; identity numbers stay masked."""
    household = record.household
    sheet = paper.Sheet(
        title=words("summary.title"),
        subtitle=words("record.file_no", number=household["file_no"]),
        source=words("summary.foot", name=printed_by, version=household["version"]),
        printed=datetime.now(UTC),
        words=words,
        language=words.language,
        sample=sample,
    )
    status, strata = words(f"status.{household['status']}"), words(f"strata.{household['strata']}")
    area = texts.names(household["mukim_name"], household["district_name"], household["state_name"])
    story: list[Flowable] = [
        paper.text(str(household["head_name"]), "title"),
        paper.text(f"{area} · {strata}"),
        paper.text(f"{words('summary.status')}: {status}", "heading"),
        paper.text(status_sentence(explain(decision_of(household)), words)),
    ]
    if household["exited_on"] is not None:
        reason = words(f"exit.reason.{household['exit_reason']}")
        story.append(paper.text(words("exit.badge", date=numbers.day(household["exited_on"]), reason=reason)))
    for part in PARTS.values():
        story.append(paper.text(words(f"part.{part.name}"), "heading"))
        story += _aid(record, words) if part.name == AID else [_body(part.name, record, words)]
    story.append(paper.text(words("summary.masked"), "small"))
    return paper.pdf(sheet, story)


def _body(name: str, record: WholeRecord, words: Words) -> Flowable:
    part = PARTS[name]
    if not part.of_members:
        return paper.facts(
            [
                (words(f"field.{field.name}"), texts.value_text(field, record.household, words) or numbers.MISSING)
                for field in part.fields
            ]
        )
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
        money = numbers.money(record.household["income_rm"])
        rows.append([words("record.income_all"), money, *([""] * (len(fields) - 1))])
    return paper.table(rows, (2, *([1] * len(fields))))


def _aid(record: WholeRecord, words: Words) -> list[Flowable]:
    """Needs that are met, the lines with their total, and apart from it what the family told."""
    story = [paper.text(line) for line in given.need_texts(record, words)]
    if record.given:
        head = [words(f"given.{name}") for name in ("day", "agency", "programme", "need", "amount")]
        rows = [head, *(_given_row(line, words) for line in record.given)]
        story.append(paper.table(rows, (1.1, 1.6, 2.4, 1.9, 1.2)))
        story.append(paper.text(" ".join(given.total_texts(record, words)), "small"))
    else:
        story.append(paper.text(words("given.none")))
    story.append(paper.text(words("given.by_family"), "heading"))
    by_family = [
        [told["programme"], told["agency"], numbers.day(told["given_on"]), numbers.money(told["amount_rm"])]
        for told in record.aid
    ]
    said = paper.table(by_family, (3, 2, 1, 1), head=False) if by_family else paper.text(words("record.no_aid"))
    story.append(said)
    return story


def _given_row(line: GivenRow, words: Words) -> list[str]:
    amount = line["amount_rm"]
    details = [
        numbers.money(amount) if amount is not None else words("given.not_told"),
        given.quantity_text(line),
        *given.marks_of(line, words),
    ]
    return [
        numbers.day(line["day"]),
        given.name_of(line, "agency", words) or words("given.hidden_agency"),
        given.programme_text(line, words),
        f"{given.name_of(line, 'need', words)}, {given.period_text(line['begins'], line['ends'], words)}",
        "; ".join(part for part in details if part),
    ]
