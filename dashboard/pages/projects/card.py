"""A project in short beside the map, and its photographs before, meanwhile and after, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import dcc, html

from dashboard.casework import PROJECT_PHOTO_ROUTE
from dashboard.components.aria import aria
from dashboard.components.detail_page import fact_list
from dashboard.pages.projects.parts import address, named, percent, points, rm, state_tag
from layers import numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from queries.projects import WholeProject
    from queries.row_types.projects import ProjectMilestoneRow, ProjectPhotoRow
    from words import Words


def project_card(found: WholeProject, words: Words) -> Component:
    """State, progress against the plan, money, contractor, photographs, and the way to the project."""
    row = found.project
    pairs: list[tuple[str, Any]] = [(words("project.type"), named(row, "type", words))]
    pairs += standing_pairs(found, words)
    pairs.append((words("project.money"), rm(row["sum_rm"] or row["cost_rm"] or row["estimate_rm"])))
    if row["contractor"]:
        pairs.append((words("project.contractor"), row["contractor"]))
    return html.Article(
        [
            html.H2(dcc.Link(f"{row['number']} · {row['title']}", href=address(row["number"]))),
            html.P(state_tag(row["state"], words, status_of(found))),
            fact_list(pairs),
            strip(found.photos, found.milestones, words),
        ],
        className="ek-part ek-projects-card",
    )


def status_of(found: WholeProject) -> str:
    """How a project under way is marked: late, sick, or nothing."""
    row = found.project
    if found.standing is None or row["state"] not in {"dalam_pelaksanaan", "digantung"}:
        return ""
    if row["sick"] == "disahkan":
        return "sakit"
    return "lewat" if found.standing.status == "sakit" and row["sick"] == "ditolak" else found.standing.status


def standing_pairs(found: WholeProject, words: Words) -> list[tuple[str, Any]]:
    """How a project stands against its plan, as names with values."""
    now = found.standing
    if now is None:
        return []
    late = (
        words("project.days_early", n=-now.days_late) if now.days_late < 0 else words("project.days", n=now.days_late)
    )
    pairs: list[tuple[str, Any]] = [
        (words("project.actual"), words("project.a_of_p", actual=percent(now.actual), planned=percent(now.planned))),
        (words("project.gap"), words("project.points", n=points(now.gap))),
        (words("project.spi"), f"{float(now.spi):.2f}" if now.spi is not None else "—"),
        (words("project.on_plan_at"), numbers.day(now.on_plan_at)),
        (words("project.days_late"), late),
    ]
    if now.finished_on:
        pairs[3] = (words("project.work_done_on"), numbers.day(now.finished_on))
    return pairs


def strip(photos: Sequence[ProjectPhotoRow], milestones: Sequence[ProjectMilestoneRow], words: Words) -> Component:
    """The newest photograph of each phase, side by side; that there is none yet where there is none."""
    newest = {photo["phase"]: photo for photo in photos}
    return html.Div(
        [
            html.Figure(
                [
                    picture(newest[phase], milestones, words)
                    if phase in newest
                    else html.Div(words("project.no_photo"), className="ek-projects-no-photo"),
                    html.Figcaption(words(f"project.phase_{phase}")),
                ]
            )
            for phase in ("sebelum", "semasa", "selepas")
        ],
        className="ek-projects-strip",
        role="group",
        **aria(label=words("project.photos")),
    )


def picture(photo: ProjectPhotoRow, milestones: Sequence[ProjectMilestoneRow], words: Words) -> Component:
    """A photograph that opens as a whole."""
    source = f"{PROJECT_PHOTO_ROUTE}/{photo['photo_id']}"
    shown = html.Img(src=source, alt=photo_text(photo, milestones, words), width=photo["width"], height=photo["height"])
    opened: Component = html.A(shown, href=source, target="_blank", rel="noopener")
    return opened


def photo_text(photo: ProjectPhotoRow, milestones: Sequence[ProjectMilestoneRow], words: Words) -> str:
    """What a photograph shows: its phase, its milestone, its day."""
    of = next((named(one, "name", words) for one in milestones if one["position"] == photo["position"]), "")
    return " · ".join(
        part for part in (words(f"project.phase_{photo['phase']}"), of, numbers.day(photo["day"])) if part
    )
