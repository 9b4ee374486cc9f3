"""Takes in what a device sends, now or when its connection is back: visits and photographs; shows photographs."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from flask import Response, request

from dashboard.bodies import takes
from dashboard.casework import PHOTO_ROUTE
from dashboard.guards import requires
from dashboard.kept_files import kept_file
from dashboard.pages.visits.facts import change_of, differences_of, standing_of
from dashboard.pages.visits.shape import shape_of
from dashboard.sent import device
from queries import cases, visits
from registry.errors import InvalidInput, NotFound, RegistryError, StaleRecord
from registry.principals import Permission
from registry.refusals import StepIllegal, StepNotPermitted
from registry.visits.photographs import AddPhotograph, file_of, keep_photograph
from registry.visits.pictures import LARGEST_UPLOAD, PhotographRefused
from registry.visits.visits import COMPONENTS, Finding, RecordVisit, record_visit

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.deps import Deps
    from words import Words

_MOST_CHANGES: Final = 1_000
_OWN_FIELDS: Final = frozenset(
    {"recommendation", "reason", "remarks", "place", "latitude", "longitude", "accuracy", *COMPONENTS}
)
_CONFLICTS: Final = (StaleRecord, StepIllegal, StepNotPermitted)


def register(server: Flask, deps: Deps) -> None:
    """Add the routes ``/lawatan/<case>/hantar``, ``/lawatan/<visit>/foto`` and ``/foto/<photograph>``."""

    @server.post("/lawatan/<int:case_id>/hantar")
    @requires(Permission.VISIT)
    def take_visit(case_id: int) -> Response:
        return device.answered(lambda words: _visit(deps, case_id, words))

    @server.post("/lawatan/<int:visit_id>/foto")
    @takes(LARGEST_UPLOAD)
    @requires(Permission.VISIT)
    def take_photograph(visit_id: int) -> Response:
        return device.answered(lambda words: _photograph(deps, visit_id, words))

    @server.get(f"{PHOTO_ROUTE}/<int:photo>")
    @requires(Permission.READ_PERSONS)
    def show_photograph(photo: int) -> Response:
        with deps.reading() as conn:
            name = visits.photo_file(conn, photo) if photo < 1 << 63 else None
        path = file_of(deps.settings.home, name or "")
        if not path.is_file():
            raise NotFound
        deps.note_read("read", subject="photograph", subject_id=photo)
        answer = kept_file(path, "image/jpeg")
        answer.headers["Content-Disposition"] = "inline"
        return answer


def _visit(deps: Deps, case_id: int, words: Words) -> tuple[dict[str, Any], HTTPStatus]:
    person = deps.person()
    sent = device.sent_by(person.user_id)
    command = read_visit(case_id, sent)
    if command is None:
        raise RegistryError
    try:
        command = with_differences(deps, command, sent)
        with deps.writing() as writing:
            recorded = record_visit(writing, command)
    except _CONFLICTS:
        with deps.reading() as conn:
            now = shape_of(conn, case_id, person, words)
        if now is None:
            raise NotFound from None
        return {"conflict": now}, HTTPStatus.CONFLICT
    except InvalidInput as error:
        problems = {_place_of(name): words(f"problem.{problem}") for name, problem in error.problems.items()}
        return {"problems": problems}, HTTPStatus.UNPROCESSABLE_ENTITY
    return {"visit": recorded.visit_id, "request": recorded.request_id}, HTTPStatus.OK


def with_differences(deps: Deps, command: RecordVisit, sent: dict[str, Any]) -> RecordVisit:
    """A visit with what it found otherwise, beside what stands now; one that had arrived is left as it is.

    Raises:
        InvalidInput: a fact that is not there any more, or cannot be read.
        NotFound: there is no such case for who acts.
        NotUnderstood: it does not say at which version of the record.

    """
    given = _changes(sent)
    with deps.reading() as conn:
        found = cases.whole_case(conn, command.case_id)
        if found is None:
            raise NotFound
        if any(visit["client_key"] == command.client_key for visit in visits.of_case(conn, command.case_id)):
            return command
        standing = standing_of(conn, found.case)
    differences = differences_of(standing, given)
    if standing.record is None or (not differences and sent.get("household") is None):
        return replace(command, differences=differences)
    change = change_of(standing, differences, command.place, version=device.version(sent.get("household")))
    return replace(command, differences=differences, change=change)


def _changes(sent: dict[str, Any]) -> dict[str, str]:
    """The facts that a device sends as otherwise, by ``<row>.<field>``."""
    given = sent["form"].get("changes")
    rows = list(given.items())[:_MOST_CHANGES] if isinstance(given, dict) else []
    return {str(key): device.text(value) for key, value in rows}


def _place_of(problem: str) -> str:
    """What the device calls the place of a problem: a fact of the household itself has no row before its name."""
    return problem if "." in problem or problem in _OWN_FIELDS else f".{problem}"


def _photograph(deps: Deps, visit_id: int, words: Words) -> tuple[dict[str, Any], HTTPStatus]:
    key = device.key(request.args.get("kunci"))
    if key is None:
        raise RegistryError
    if (request.content_length or 0) > LARGEST_UPLOAD:
        return {"refused": words("problem.photo_too_large")}, HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    command = AddPhotograph(visit_id=visit_id, client_key=key, upload=request.get_data(cache=False))
    try:
        photo = keep_photograph(deps.settings.home, deps.writing, command)
    except PhotographRefused as error:
        return {"refused": words(f"problem.{error.problems['photo']}")}, HTTPStatus.UNPROCESSABLE_ENTITY
    return {"photo": photo}, HTTPStatus.OK


def read_visit(case_id: int, sent: dict[str, Any]) -> RecordVisit | None:
    """A visit as a device sent it, taken as input; ``None`` where it is none.

    Raises:
        NotUnderstood: it does not say at which version of the case.

    """
    key, form = device.key(sent.get("key")), sent.get("form")
    if key is None or not isinstance(form, dict):
        return None
    given = form.get("findings")
    rows = given if isinstance(given, dict) else {}
    findings = {name: _finding(rows[name]) for name in COMPONENTS if isinstance(rows.get(name), dict)}
    return RecordVisit(
        case_id=case_id,
        version=device.version(sent.get("version")),
        client_key=key,
        visited_at=device.moment(sent.get("visited_at")),
        recommendation=device.text(form.get("recommendation")),
        reason=device.text(form.get("reason")),
        findings=findings,
        remarks=device.text(form.get("remarks")),
        place=device.place(form),
    )


def _finding(row: dict[str, Any]) -> Finding:
    return Finding(agrees={"yes": True, "no": False}.get(str(row.get("agrees"))), note=device.text(row.get("note")))
