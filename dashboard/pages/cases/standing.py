"""How a case stands: how far it has come, the poverty test of its household, and what its form still lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import dcc, html

from dashboard.components.aria import aria
from dashboard.household import texts
from dashboard.household.problems import problem_text
from dashboard.household.scale import poverty_test
from dashboard.pages.cases.shape import FORM, REPORTER, draft_name
from layers import numbers
from queries import households
from registry.cases.draft import read_draft, rows_of, unanswered
from registry.cases.prospects import standing_of
from registry.status.explain import decision_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from dash.development.base_component import Component

    from dashboard.deps import Reads
    from poverty.lines import StatusDecision
    from queries.row_types.cases import CaseRow, StepRow
    from words import Words

STAGES: Final = ("form", "assign", "visit", "recommend", "decide")
_HELD_STAGES: Final = ("form", "decide")
_WORK_OF: Final = {
    "draft": "form", "received": "assign", "returned": "assign", "due": "assign", "assigned": "visit",
    "visited": "recommend", "recommended": "decide",
}  # fmt: skip
"""What is to be done with a case in a state; in the others it is over."""
_ENDS: Final = {"form": {"submit"}, "assign": {"assign", "reassign"}, "visit": {"visit"}, "recommend": {"recommend"}}
"""The steps by which a stage is done; any step that closes a case is its decision."""


def stages(case: CaseRow, steps: Sequence[StepRow], words: Words) -> Component:
    """The stages of a case in their order: which are done and since when, which is on now, which come next."""
    taken = {step["action"] for step in steps}
    # what an import held back is decided on without a visit, unless somebody is sent all the same
    listed = _HELD_STAGES if case["channel"] == "held" and not taken & {"assign", "visit"} else STAGES
    work = _WORK_OF.get(case["state"])
    open_at = listed.index(work) if work in listed else len(listed) - 1
    now = open_at if work is not None else len(listed)
    stopped = case["state"] == "withdrawn"
    items = [_stage(name, place, now, _since(name, steps), words, stopped=stopped) for place, name in enumerate(listed)]
    return html.Nav(html.Ol(items), className="ek-stages", **aria(label=words("case.stages")))


def _stage(name: str, place: int, now: int, since: datetime | None, words: Words, *, stopped: bool) -> Component:
    when = numbers.day(since) if since is not None else ""
    if stopped:
        kind = "done" if since is not None else "skipped"
    else:
        kind = "done" if place < now else "now" if place == now else "next"
    said = words(f"case.stage_is_{kind}")
    note = f"{said} {when}" if kind == "done" and when else said
    current: dict[str, Any] = {"aria-current": "step"} if kind == "now" else {}
    mark = html.Span("✓" if kind == "done" else str(place + 1), className="ek-stage-mark", **aria(hidden=True))
    name_said = html.Span(words(f"case.stage_{name}"), className="ek-stage-name")
    return html.Li([mark, name_said, html.Span(note, className="ek-stage-note")], className=f"is-{kind}", **current)


def _since(name: str, steps: Sequence[StepRow]) -> datetime | None:
    """When a stage was done last; steps come the latest first."""
    closes = {"active", "rejected", "exited", "returned"}
    for step in steps:
        if step["action"] in _ENDS[name] if name in _ENDS else step["to_state"] in closes:
            return step["at"].astimezone(numbers.MALAYSIA)
    return None


def poverty(conn: Reads, case: CaseRow, words: Words) -> list[Component]:
    """The poverty test as a record tells it: of the registered household, else what the form leads to today."""
    decision: StatusDecision | None
    record = households.record(conn, case["household_id"]) if case["household_id"] is not None else None
    if record is not None:
        note, decision = "case.test_now", decision_of(record)
    else:
        note, decision = "case.test_would_be", standing_of(conn, case["draft"], today=texts.today()).decision
    if decision is None:
        return [html.P(words("case_form.outlook_unknown"), className="ek-refused")]
    return [html.P(words(note), className="ek-footnote"), *poverty_test(decision, words)]


def missing(case: CaseRow, words: Words, *, form_path: str | None) -> Component:
    """What a form still lacks, each leading to its question in the form, or without one to its part of this page."""
    draft = case["draft"]
    _form, lacking = read_draft(draft, today=texts.today(), whole=True)
    if case["channel"] == "representative" and not case["reporter_name"]:
        lacking = {f"{REPORTER}.reporter_name": "required", **lacking}
    entries = [(place, problem_text(place, problem, draft, words)) for place, problem in lacking.items()]
    entries += [
        (part, words("case.part_unanswered", part=words(f"part.{part}")))
        for part in unanswered(draft, today=texts.today())
    ]
    if not entries:
        return html.P(words("case.missing_none"), className="ek-case-done")

    def link(place: str, text: str) -> Component:
        if form_path is not None:
            return dcc.Link(text, href=f"{form_path}#{place}")
        return html.A(text, href=f"#bahagian-{_part_of(place, draft)}")

    return html.Ul([html.Li(link(place, text)) for place, text in entries], className="ek-case-missing")


def _part_of(place: str, draft: dict[str, Any]) -> str:
    """The part of the form that a place lies in."""
    row, _, name = place.rpartition(".")
    if not row or row == REPORTER:
        return name if not row else "peribadi"
    aid = {one["key"] for one in rows_of(draft, "aid")}
    holds = "aid" if row in aid else "members"
    for part in FORM:
        if part.name == row or (part.holds == holds and name in {draft_name(field) for field in part.fields}):
            return part.name
    return "peribadi"
