"""Takes in the visits to sites that a device sends, now or when its connection is back."""

from __future__ import annotations

from decimal import Decimal
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from dashboard.guards import requires
from dashboard.pages.projects.parts import PATH, known_number
from dashboard.pages.projects.site_shape import site_now
from dashboard.sent import device
from dashboard.sent.kinds import whole_number
from dashboard.sent.refusals import NotUnderstood
from registry.errors import InvalidInput, NotFound, RegistryError, StaleRecord
from registry.principals import Permission
from registry.project_refusals import ProjectNotTheirs, ProjectStepIllegal
from registry.projects.site_visits import VisitProject, visit_project
from registry.refusals import ReasonMissing

if TYPE_CHECKING:
    from flask import Flask, Response

    from dashboard.deps import Deps
    from words import Words

_CONFLICTS: Final = (StaleRecord, ProjectStepIllegal, ProjectNotTheirs)
_MOST: Final = 100
_MOST_MILESTONES: Final = 100


def register(server: Flask, deps: Deps) -> None:
    """Add the route ``/projek/<number>/tapak``."""

    @server.post(f"{PATH}/<number>/tapak")
    @requires(Permission.OPEN_PROJECTS)
    def take_site_visit(number: str) -> Response:
        return device.answered(lambda words: _visit(deps, number, words))


def _visit(deps: Deps, number: str, words: Words) -> tuple[dict[str, Any], HTTPStatus]:
    person = deps.person()
    sent = device.sent_by(person.user_id)
    command = read_visit(number, sent)
    if command is None:
        raise RegistryError
    try:
        with deps.writing() as writing:
            report = visit_project(writing, command)
    except _CONFLICTS:
        with deps.reading() as conn:
            now = site_now(conn, number, person, words)
        if now is None:
            raise NotFound from None
        return {"conflict": now}, HTTPStatus.CONFLICT
    except ReasonMissing:
        return {"problems": {"reason": words("site.reason_needed")}}, HTTPStatus.UNPROCESSABLE_ENTITY
    except InvalidInput as error:
        problems = {name: words(f"problem.{problem}") for name, problem in error.problems.items()}
        return {"problems": problems}, HTTPStatus.UNPROCESSABLE_ENTITY
    return {"visit": report}, HTTPStatus.OK


def read_visit(number: str, sent: dict[str, Any]) -> VisitProject | None:
    """A visit as a device sent it, taken as input; ``None`` where it is none.

    Raises:
        NotUnderstood: it does not say on which version or report it is based.

    """
    key, form = device.key(sent.get("key")), sent.get("form")
    if key is None or not isinstance(form, dict) or known_number(number) is None:
        return None
    shares, report = form.get("shares"), sent.get("report")
    if not isinstance(shares, list) or len(shares) > _MOST_MILESTONES or isinstance(report, str | bool | float):
        raise NotUnderstood
    return VisitProject(
        number=number,
        version=device.version(sent.get("version")),
        report=None if report is None else whole_number(report),
        client_key=key,
        visited_at=device.moment(sent.get("visited_at")),
        shares=[_share(share) for share in shares],
        note=device.text(form.get("note")),
        reason=device.text(form.get("reason")),
        place=device.place(form),
    )


def _share(raw: object) -> Decimal | None:
    value = device.number(str(raw).strip().removesuffix("%"))
    return Decimal(str(value)).quantize(Decimal("0.01")) if value is not None and 0 <= value <= _MOST else None
