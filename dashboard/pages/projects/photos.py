"""Photographs of a project: taken in from a phone or a desk, shown by day and phase, before beside after."""

from __future__ import annotations

import json
import math
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from dash import html
from flask import Flask, Response, request

from dashboard.bodies import takes
from dashboard.casework import PROJECT_PHOTO_ROUTE
from dashboard.components.aria import aria
from dashboard.components.compared import compared
from dashboard.components.detail_page import sentence
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.kept_files import kept_file
from dashboard.pages.projects.card import photo_text, picture
from dashboard.pages.projects.parts import PATH, named, today
from dashboard.sent import device
from layers import numbers
from queries import projects
from registry.errors import NotFound, RegistryError
from registry.households.typed_values import day_of
from registry.principals import Permission
from registry.projects.photographs import AddProjectPhoto, PhotoFacts, file_of, keep_project_photo
from registry.visits.pictures import LARGEST_UPLOAD, PhotographRefused
from registry.visits.visits import moment_told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.projects import ProjectMilestoneRow, ProjectPhotoRow
    from words import Words

_TOLD: Final = ("add", "phase", "day", "sending", "sent", "away", "place")


def register(server: Flask, deps: Deps) -> None:
    """Add the routes ``/projek/<number>/foto`` and ``/foto-projek/<photograph>``."""

    @server.post(f"{PATH}/<number>/foto")
    @takes(LARGEST_UPLOAD)
    @requires(Permission.OPEN_PROJECTS)
    def take_project_photograph(number: str) -> Response:
        words = current_words()
        try:
            told, status = _kept(deps, number, words)
        except PhotographRefused as error:
            told = {"refused": words(f"problem.{error.problems['photo']}")}
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        except RegistryError as error:
            told, status = {"refused": sentence(error.key, error.values, words)}, HTTPStatus.CONFLICT
        return Response(json.dumps(told), status=status, mimetype="application/json")

    @server.get(f"{PROJECT_PHOTO_ROUTE}/<int:photo>")
    @requires(Permission.READ_PROJECTS)
    def show_project_photograph(photo: int) -> Response:
        with deps.reading() as conn:
            name = projects.photo_file(conn, photo) if photo < 1 << 63 else None
        path = file_of(deps.settings.home, name or "")
        if not path.is_file():
            raise NotFound
        deps.note_read("read", subject="project_photo", subject_id=photo)
        answer = kept_file(path, "image/jpeg")
        answer.headers["Content-Disposition"] = "inline"
        return answer


def _kept(deps: Deps, number: str, words: Words) -> tuple[dict[str, Any], HTTPStatus]:
    if (request.content_length or 0) > LARGEST_UPLOAD:
        return {"refused": words("problem.photo_too_large")}, HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    try:
        key = UUID(request.args.get("kunci", ""))
    except ValueError:
        raise RegistryError from None
    phase, _, position = request.args.get("peringkat", "").partition(":")
    facts = PhotoFacts(
        phase=phase,
        position=int(position) if position.isdecimal() and position.isascii() and len(position) < 4 else None,  # noqa: PLR2004 - milestones are few
        day=_day(),
        longitude=_degrees(request.args.get("bujur"), 180),
        latitude=_degrees(request.args.get("lintang"), 90),
    )
    command = AddProjectPhoto(number=number, client_key=key, facts=facts, upload=request.get_data(cache=False))
    return {"photo": keep_project_photo(deps.settings.home, deps.writing, command)}, HTTPStatus.OK


def _day() -> date:
    """The day that was typed for a photograph, or the one on which a device took it: its clock may be ahead."""
    taken = request.args.get("saat")
    if taken is None:
        return day_of(request.args.get("hari")) or today()
    return moment_told(device.moment(taken)).astimezone(numbers.MALAYSIA).date()


def _degrees(raw: str | None, most: int) -> float | None:
    try:
        value = float(raw or "")
    except ValueError:
        return None
    return round(value, 6) if math.isfinite(value) and abs(value) <= most else None


def gallery(
    number: str,
    photos: Sequence[ProjectPhotoRow],
    milestones: Sequence[ProjectMilestoneRow],
    words: Words,
    *,
    adds: bool,
) -> Component:
    """All photographs, before beside after where there are both, and the place to add one."""
    parts: list[Any] = [_slider(photos, milestones, words)]
    if photos:
        parts.append(
            html.Ul(
                [
                    html.Li([picture(photo, milestones, words), html.Small(photo_text(photo, milestones, words))])
                    for photo in photos
                ],
                className="ek-projects-photos",
            )
        )
    else:
        parts.append(html.P(words("project.no_photos"), className="ek-footnote"))
    if adds:
        parts.append(_adding(number, milestones, words))
    return html.Div(parts)


def _slider(
    photos: Sequence[ProjectPhotoRow], milestones: Sequence[ProjectMilestoneRow], words: Words
) -> Component | None:
    """The last photograph before and the last after, one over the other: a slider uncovers the one beneath."""
    before = next((photo for photo in reversed(photos) if photo["phase"] == "sebelum"), None)
    after = next((photo for photo in reversed(photos) if photo["phase"] == "selepas"), None)
    if before is None or after is None:
        return None
    first, last = (
        html.Img(src=f"{PROJECT_PHOTO_ROUTE}/{one['photo_id']}", alt=photo_text(one, milestones, words))
        for one in (before, after)
    )
    return compared(first, last, label=words("project.compare"))


def _adding(number: str, milestones: Sequence[ProjectMilestoneRow], words: Words) -> Component:
    """Where the script draws the field that takes a photograph: before, meanwhile by milestone, after."""
    phases = [["sebelum", words("project.phase_sebelum")]]
    phases += [[f"semasa:{one['position']}", named(one, "name", words)] for one in milestones]
    phases += [["selepas", words("project.phase_selepas")]]
    shape = {
        "address": f"{PATH}/{number}/foto",
        "phases": phases,
        "today": numbers.day(today()),
        "most": LARGEST_UPLOAD,
        "too_large": words("problem.photo_too_large"),
        "words": {name: words(f"project.photo_{name}") for name in _TOLD},
    }
    told: Any = {"data-ek-project-photos": json.dumps(shape, ensure_ascii=False)}
    labelled = aria(label=words("project.photo_add"))
    return html.Div(className="ek-projects-adding ek-screen-only", role="group", **told, **labelled)
