"""How a job reads: what it does, how far it has come, why it failed, what can be done."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, TypedDict

from dash import dcc, html

from dashboard.components.aria import aria
from dashboard.components.feedback import progress
from dashboard.components.sortable import ordered, sortable
from dashboard.pages.jobs import ids
from layers import numbers
from registry.jobs.schedules import SCHEDULES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.components.sortable import Heads
    from queries.row_types.jobs import JobRow, LastRunRow
    from words import Words

_UNEXPECTED: Final = "job.problem_unexpected"


class Progress(TypedDict):
    """How far a job has come."""

    state: str
    steps_done: int
    steps_total: int


COLUMNS: Final = ("kerja", "keadaan", "oleh", "masa")
"""What a list of jobs is put in order by, as addresses say it; the last column has buttons."""


def orders(words: Words) -> dict[str, Callable[[JobRow], Any]]:
    """What each column of a list of jobs is sorted by."""
    return {
        "kerja": lambda row: name_of(row["task"], row["arguments"], words).casefold(),
        "keadaan": lambda row: words(f"job.state_{row['state']}"),
        "oleh": lambda row: row["asked_at"],
        "masa": lambda row: row["ended_at"] or row["started_at"],
    }


def table(rows: Sequence[JobRow], words: Words, *, by: Heads) -> Component:
    """The jobs of a list."""
    head = [words(f"job.column_{name}") for name in ("task", "state", "asked", "times", "acts")]
    cells = [
        [_task(row, words), _state(row, words), _asked(row, words), _times(row, words), _acts(row, words)]
        for row in rows
    ]
    return ordered(head, cells, words, name="jobs", label=words("nav.jobs"), by=by)


def schedules(last: Mapping[str, LastRunRow], words: Words) -> list[Component]:
    """What is done every day by itself: when it was done last, and when it is next."""
    now = datetime.now(UTC)
    head = [words(f"job.column_{name}") for name in ("task", "daily", "last", "next")]
    cells = [
        [
            name_of(schedule.task, {}, words),
            words("job.every_minutes", count=schedule.every_minutes)
            if schedule.every_minutes
            else f"{schedule.at:%H:%M}",
            _last(last.get(schedule.task), words),
            numbers.moment(schedule.next_after(now)),
        ]
        for schedule in SCHEDULES
    ]
    return [
        html.H2(words("job.schedules")),
        html.P(words("job.schedules_hint"), className="ek-footnote"),
        sortable(head, cells, words, name="jobs-schedules", label=words("job.schedules")),
    ]


def name_of(task: str, arguments: Mapping[str, Any], words: Words) -> str:
    """What a task is called; ``what`` among its arguments tells several of one task apart."""
    parts = [f"job.task_{task.replace('.', '_')}", *([str(arguments["what"])] if "what" in arguments else [])]
    key = "_".join(parts)
    return words(key, **arguments) if words.has(key) else task


def steps(row: Progress, words: Words) -> list[Component]:
    """How far a job under way has come; nothing where it has not said so."""
    if row["state"] != "running" or not row["steps_total"]:
        return []
    done, total = row["steps_done"], row["steps_total"]
    label = words("job.steps", done=done, total=total)
    return [html.Span(label), progress(done, total, label)]


def _task(row: JobRow, words: Words) -> list[Component]:
    parts: list[Component] = [html.Span(name_of(row["task"], row["arguments"], words))]
    if row["file_name"] is not None:
        page = "/penghantaran-bantuan" if row["task"] == "aid.carry_out" else "/penghantaran"
        address = f"{page}/{row['arguments']['upload']}"
        parts.append(html.Div(dcc.Link(row["file_name"], href=address)))
    return parts


def _state(row: JobRow, words: Words) -> list[Component]:
    state = "cancelling" if row["cancel_asked"] and row["state"] == "running" else row["state"]
    parts: list[Component] = [html.Span(words(f"job.state_{state}"), className="ek-tag")]
    if row["state"] in {"waiting", "running"}:
        parts.append(html.Div(steps(row, words), id={"type": ids.STEPS, "job": row["job_id"]}))
    if row["problem"] and row["state"] != "cancelled":
        parts.append(html.Div(problem_of(row["problem"], words)))
    if row["state"] == "waiting" and row["attempts"] and row["run_at"] is not None:
        again = words("job.again_at", attempt=row["attempts"] + 1, at=numbers.moment(row["run_at"]))
        parts.append(html.Div(again, className="ek-footnote"))
    if row["state"] == "done" and row["result"]:
        key = f"job.result_{row['task'].replace('.', '_')}"
        parts += [html.Div(words(key, **row["result"]), className="ek-footnote")] if words.has(key) else []
    return parts


def problem_of(problem: Mapping[str, Any], words: Words) -> str:
    """Why an attempt failed, in a sentence; never what a library says of a row."""
    key = problem["key"] if words.has(problem["key"]) else _UNEXPECTED
    return words(key, **problem["values"])


def _asked(row: JobRow, words: Words) -> list[Component]:
    who = row["asker"] or words("job.by_itself")
    return [html.Span(who), html.Div(numbers.moment(row["asked_at"]), className="ek-footnote")]


def _times(row: JobRow, words: Words) -> list[Component]:
    entries = [("started", row["started_at"]), ("ended", row["ended_at"])]
    return [html.Div(words(f"job.{name}", at=numbers.moment(at))) for name, at in entries if at is not None]


def _acts(row: JobRow, words: Words) -> list[Component]:
    """What may be done with it now."""
    open_ = row["state"] in {"waiting", "running"} and not row["cancel_asked"]
    act = "cancel" if open_ else "rerun" if row["state"] == "failed" else None
    if act is None:
        return []
    name = words("job.act_of", act=words(f"job.act_{act}"), task=name_of(row["task"], row["arguments"], words))
    return [
        html.Button(
            words(f"job.act_{act}"),
            id={"type": ids.ACT, "act": act, "job": row["job_id"]},
            className="ek-button",
            n_clicks=0,
            **aria(label=name),
        )
    ]


def _last(run: LastRunRow | None, words: Words) -> list[Component] | str:
    if run is None:
        return words("job.never")
    state = html.Div(words(f"job.state_{run['state']}"), className="ek-footnote")
    return [html.Span(numbers.moment(run["ended_at"])), state]
