"""Saves a form that the browser sends, and answers with what there is to say about it field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.components.sentence import status_sentence
from dashboard.household import texts
from dashboard.household.problems import problem_text
from dashboard.household.scale import scale_of
from dashboard.i18n import current_words
from dashboard.pages.cases.shape import REPORTER, form_of
from dashboard.sent.kinds import version_number, whole_number
from layers import numbers
from poverty.lines import explain
from queries import cases, households
from registry.cases.cases import SaveDraft, TakeStep, save_draft, take_step
from registry.cases.draft import LOCATION, PARTS, clean, completeness, head_of, read_draft, rows_of, unanswered
from registry.cases.prospects import standing_of
from registry.errors import NotFound, RegistryError, StaleRecord
from registry.households.checking import LookedUp, look_up
from registry.households.typed_values import read
from registry.mykad import MyKad, parse
from registry.principals import Permission
from registry.refusals import StepIllegal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.deps import Deps, Reads, Writes
    from words import Words

_LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as the browser sent it: of which case at which version, the browser's own count, whether to send it in."""

    case_id: int
    version: int
    at: int
    submit: bool
    form: dict[str, Any]
    reporter: dict[str, str | None]

    @classmethod
    def read(cls, data: object) -> Sent | None:
        """What the browser says, taken as input; ``None`` where it is no form.

        Raises:
            NotUnderstood: it does not say of which case, at which version.

        """
        if not isinstance(data, dict) or not isinstance(data.get("form"), dict):
            return None
        case_id, at = (whole_number(data.get(name)) for name in ("case", "at"))
        version = version_number(data.get("version"))
        reporter = data["form"].get(REPORTER)
        given = reporter if isinstance(reporter, dict) else {}
        who = {
            name: " ".join(str(given.get(name) or "").split())[:_LONGEST_TEXT] or None
            for name in ("reporter_name", "reporter_phone", "reporter_relation")
        }
        return cls(case_id, version, at, bool(data.get("submit")), clean(data["form"]), who)


def answer(deps: Deps, sent: Sent) -> dict[str, Any]:
    """Save the form and say what is wrong with it; both forms where somebody else saved it meanwhile."""
    words = current_words()
    try:
        with deps.writing() as session:
            saved = _save(session, sent, words)
    except StaleRecord:
        with deps.reading() as conn:
            found = cases.whole_case(conn, sent.case_id)
        if found is None:
            raise NotFound from None
        theirs = {"version": found.case["version"], "form": form_of(found.case)}
        return {"at": sent.at, "conflict": theirs}
    except (StepIllegal, NotFound) as error:
        return {"at": sent.at, "refused": words(f"error.{error.key}")}
    saved["said"]["hints"] = hints_of(deps, sent.form, sent.case_id, words)
    return {"at": sent.at, **saved}


def remarks_on(conn: Reads, draft: Mapping[str, object], words: Words, *, lacks_reporter: bool) -> dict[str, Any]:
    """What there is to say about a form by itself: problems by field, what it lacks, how much is answered, its status.

    ``lacks_reporter`` says that a representative brings it who is not named.
    """
    _form, problems = read_draft(draft, today=texts.today())
    _form, lacking = read_draft(draft, today=texts.today(), whole=True)
    if lacks_reporter:
        lacking = {f"{REPORTER}.reporter_name": "required", **lacking}
    return {
        "problems": {place: words(f"problem.{problem}") for place, problem in problems.items()},
        "lacking": [
            {"place": place, "text": problem_text(place, problem, draft, words)} for place, problem in lacking.items()
        ],
        "unanswered": [
            {"place": part, "text": words("case.part_unanswered", part=words(f"part.{part}"))}
            for part in unanswered(draft, today=texts.today())
        ],
        "hints": {},
        "complete": {part: list(counted) for part, counted in completeness(draft, today=texts.today()).items()},
        "outlook": outlook(conn, draft, words),
    }


def outlook(conn: Reads, draft: Mapping[str, object], words: Words) -> dict[str, Any] | None:
    """The status that a form leads to, with a record's sentence and bar; nothing where it does not say enough."""
    decision = standing_of(conn, draft, today=texts.today()).decision
    if decision is None:
        return None
    drawn = scale_of(decision, words)
    return {
        "label": words(f"status.{decision.status}"),
        "tone": drawn["status"].replace("_", "-"),
        "sentence": status_sentence(explain(decision), words),
        "scale": drawn,
    }


def hints_of(deps: Deps, draft: Mapping[str, object], case_id: int, words: Words) -> dict[str, Any]:
    """What the members' MyKad suggest and where they are registered, by the members' keys.

    Everybody in the form is looked up as at the counter: within the account's limit, written down, and in a transaction
    of its own that ends before anything is told. The form is saved by then; without an answer there are no hints.
    """
    members = [(row, card) for row in rows_of(draft, "members") if (card := _card_of(row))]
    if not members:
        return {}
    may_check = deps.person().may(Permission.CHECK_STATUS)
    try:
        with deps.writing() as session:
            numbers = [card.number for _row, card in members] if may_check else []
            looked_up = look_up(session, numbers, purpose="draft", case_id=case_id)
            born_in = {card.birth_state_code for _row, card in members if card.birth_state_code}
            states = {code: households.area_name(session.connection(), code) for code in born_in}
    except RegistryError:
        return {}
    return {
        row["key"]: _hint(row, card, states.get(card.birth_state_code or ""), looked_up, words) for row, card in members
    }


def _save(session: Writes, sent: Sent, words: Words) -> dict[str, Any]:
    conn = session.connection()
    found = cases.whole_case(conn, sent.case_id)
    if found is None:
        raise NotFound
    location = sent.form.get(LOCATION, {})
    own = {row["code"] for row in households.districts(conn)}
    district = location.get("district_code") if location.get("district_code") in own else found.case["district_code"]
    mukims = {row["code"] for row in households.mukims(conn, str(district))}
    mukim = location.get("mukim_code") if location.get("mukim_code") in mukims else None
    command = SaveDraft(
        case_id=sent.case_id,
        version=sent.version,
        district_code=str(district),
        mukim_code=mukim,
        head_name=head_of(sent.form),
        # what a form does not ask stays as it was
        draft={**{name: kept for name, kept in found.case["draft"].items() if name not in PARTS}, **sent.form},
        reporter_name=sent.reporter["reporter_name"],
        reporter_phone=sent.reporter["reporter_phone"],
        reporter_relation=sent.reporter["reporter_relation"],
    )
    case = save_draft(session, command)
    unnamed = found.case["channel"] == "representative" and not sent.reporter["reporter_name"]
    remarks = remarks_on(conn, sent.form, words, lacks_reporter=unnamed)
    submitted = sent.submit and not remarks["lacking"]
    if submitted:
        case = take_step(session, TakeStep(case_id=case.id, version=case.version, action="submit"))
    saved = f"{case.updated_at.astimezone(numbers.MALAYSIA):%H:%M}"
    return {"version": case.version, "saved": saved, "submitted": submitted, "said": remarks}


def _card_of(row: Mapping[str, object]) -> MyKad | None:
    return parse(str(row.get("id_no") or ""), today=texts.today())


def _hint(
    row: Mapping[str, object], card: MyKad, state: str | None, looked_up: LookedUp, words: Words
) -> dict[str, Any]:
    """What a member's MyKad suggests and what disagrees with it; offered, never forced."""
    facts = [
        words("hint.born", date=numbers.day(card.birth_date)) if card.birth_date else "",
        words(f"sex.{card.sex}"),
        words("hint.state", name=state) if state else words("hint.state_unknown"),
    ]
    born, _problem = read("date", row.get("birth_date"))
    odd = [words(f"flag.{code}") for code in card.mismatches(birth_date=born, sex=str(row.get("sex") or ""))]
    known = looked_up.registered.get(card.number)
    if known is not None:
        message = words("case_form.registered_own", number=known.file_no) if known.own else ""
        odd.append(message or words("case_form.registered_elsewhere", district=known.district_name))
    elif card.number in looked_up.unchecked:
        odd.append(words("case_form.unchecked"))
    fill: dict[str, str] = {}
    if row.get("sex") != card.sex:
        fill["sex"] = card.sex
    if card.birth_date and (born is None or born.strftime("%y%m%d") != card.number[:6]):
        fill["birth_date"] = numbers.day(card.birth_date)
    return {
        "facts": words("hint.mykad", facts=", ".join(fact for fact in facts if fact)),
        "odd": odd,
        "fill": fill,
    }
