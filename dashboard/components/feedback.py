"""What a page says when there is nothing, nothing yet, or something went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.components.aria import aria
from dashboard.components.icons import icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.components.icons import IconName


def progress(done: int, total: int, label: str) -> Component:
    """How far something has come, as a bar; ``label`` says it in words."""
    return html.Progress(value=str(done), max=str(total), className="ek-progress", **aria(label=label))


def empty(
    title: str, hint: str = "", *, action: Component | None = None, image: IconName = "empty", page: bool = False
) -> Component:
    """Nothing to show: what that means, and what to do next. ``page`` says that there is nothing else to read."""
    return _state(title, hint, action=action, image=image, kind="empty", page=page)


def problem(title: str, hint: str = "", *, action: Component | None = None) -> Component:
    """Something went wrong: what happened, what was kept, what to do next. Read out at once."""
    return _state(title, hint, action=action, image="alert", kind="problem", role="alert")


def refusal(title: str, hint: str = "", *, action: Component | None = None) -> Component:
    """A page that the person may not open."""
    return _state(title, hint, action=action, image="lock", kind="refusal", page=True)


def skeleton(label: str, *, lines: int = 3, block: bool = False) -> Component:
    """Grey shapes in the place of what is on its way; ``label`` says so to who does not see them."""
    shapes: Sequence[Component] = [html.Span(className="ek-skeleton-block")] if block else []
    shapes = [*shapes, *(html.Span(className="ek-skeleton-line") for _ in range(lines))]
    return html.Div(
        [html.Span(label, className="ek-sr"), html.Div(shapes, **aria(hidden=True))],
        className="ek-skeleton",
        role="status",
    )


def error_summary(title: str, problems: Sequence[tuple[str, str]], *, summary_id: str) -> Component:
    """Everything wrong with a form in one list; each ``(field id, message)`` leads to its field. Takes the focus."""
    links = [html.Li(html.A(message, href=f"#{field_id}")) for field_id, message in problems]
    return html.Div(
        [html.H2(title), html.Ul(links)], id=summary_id, className="ek-error-summary", role="alert", tabIndex=-1
    )


def _state(
    title: str,
    hint: str,
    *,
    action: Component | None,
    image: IconName,
    kind: str,
    role: str | None = None,
    page: bool = False,
) -> Component:
    extra: dict[str, Any] = {"role": role} if role else {}
    heading = html.H1 if page else html.P
    parts: list[Component] = [icon(image, large=True), heading(title, className="ek-state-title")]
    if hint:
        parts.append(html.P(hint, className="ek-state-hint"))
    if action is not None:
        parts.append(html.Div(action, className="ek-state-action"))
    return html.Div(parts, className=f"ek-state ek-state-{kind}", **extra)
