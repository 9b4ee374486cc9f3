"""The steps of a ticket: the thread of those that were taken, and a small form for each that may be taken now."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import html

from dashboard.components.forms import SAVES
from dashboard.guards import may
from dashboard.pages.support import ids
from dashboard.pages.support.parts import priority_text
from layers import numbers
from queries.support import PUBLIC_SHELF
from registry.principals import Permission
from registry.support.models import RECORDS
from registry.support.tickets import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from queries.row_types.articles import ArticleRow
    from queries.row_types.support import TicketNoteRow, TicketStepRow
    from queries.support import WholeTicket
    from words import Words

LONGEST: Final = 4_000
_MAIN: Final = frozenset({"ambil", "jawab", "balas"})
_PLAIN: Final = frozenset({"ambil", "tutup"})
_ANSWERS: Final = frozenset({"jawab", "tanya", "selesai"})
ARTICLE: Final = "ilmu:"
_ARTICLE_PATH: Final = re.compile(r"((?:/awam)?/ilmu/[a-z0-9-]+)")
OVER: Final = frozenset({"selesai", "tutup"})


def offered(found: WholeTicket, words: Words) -> Component:
    """A form for each step that may be taken now, and for what is done beside the steps."""
    forms = [_form(step["action"], found, words, needs_words=step["needs_words"]) for step in found.allowed]
    ticket = found.ticket
    if ticket["own"] and ticket["state"] in OVER and ticket["satisfaction"] is None:
        forms.insert(0, _rating(words))
    if ticket["state"] != "digabung":
        forms.append(_linking(words))
    if ticket["handles"]:
        forms.append(_opened("nota", [_words("nota", words, needed=True)], words))
        if ticket["article_slug"] is None and ticket["first_answer_at"] and may(Permission.WRITE_ARTICLES):
            forms.append(_opened("jadi_artikel", [], words))
        forms.append(_article(ticket["article_slug"], words))
    if not forms:
        return html.P(words("support.no_steps"), className="ek-footnote")
    return html.Ul([html.Li(form) for form in forms], className="ek-case-steps")


def _form(action: str, found: WholeTicket, words: Words, *, needs_words: bool) -> Component:
    if action in _PLAIN:
        note = html.P(words(f"support.note_{action}"), className="ek-footnote")
        return html.Div([note, _button(action, words)], className="ek-case-step", **SAVES)
    fields: list[Any] = []
    if action == "beri":
        people = [{"value": str(row["user_id"]), "label": row["name"]} for row in found.handlers]
        fields.append(_select(action, "to", people, words))
    elif action == "keutamaan":
        others = [one for one in (1, 2, 3, 4) if one != found.ticket["priority"]]
        fields.append(
            _select(
                action, "priority", [{"value": str(one), "label": priority_text(one, words)} for one in others], words
            )
        )
    elif action == "gabung":
        fields.append(
            dmc.TextInput(
                id=ids.answer(action, "into"),
                label=words("support.field_into"),
                value="",
                attributes={"input": {"maxLength": 20}},
            )
        )
    elif action in _ANSWERS and (beginnings := _beginnings(found, words)):
        fields.append(
            dmc.Select(
                id=ids.template(action), label=words("support.template"), data=beginnings, clearable=True,
                searchable=True, placeholder=words("form.choose"), nothingFoundMessage=words("form.no_match"),
            )
        )  # fmt: skip
    fields.append(_words(action, words, needed=needs_words))
    return _opened(action, fields, words)


def _beginnings(found: WholeTicket, words: Words) -> list[dict[str, Any]]:
    """What an answer may begin with: articles that its subject finds, and templates."""
    named = [
        {"value": row["code"], "label": row["name_ms"] if words.language == "ms" else row["name_en"]}
        for row in found.templates
    ]
    listed = [{"value": f"{ARTICLE}{one.slug}", "label": one.title} for one in found.articles]
    groups = (("support.from_articles", listed), ("support.from_templates", named))
    return [{"group": words(name), "items": items} for name, items in groups if items]


def article_answer(row: ArticleRow | None, words: Words) -> str | None:
    """An answer that leads to a published article, by the way on which its readers find it."""
    if row is None or row["title_ms"] is None:
        return None
    title = row["title_ms"] if words.language == "ms" else row["title_en"] or row["title_ms"]
    shelf = "/awam/ilmu" if row["audience"] == PUBLIC_SHELF else "/ilmu"
    return words("support.article_answer", title=title, path=f"{shelf}/{row['slug']}")


def _opened(action: str, fields: list[Any], words: Words) -> Component:
    note = html.P(words(f"support.note_{action}"), className="ek-footnote")
    return html.Details(
        [
            html.Summary(words(f"support.step_{action}")),
            html.Div([note, *fields, _button(action, words)], className="ek-case-step-fields"),
        ],
        className="ek-case-step",
        **SAVES,
    )


def _button(action: str, words: Words) -> Component:
    variant = "filled" if action in _MAIN else "default"
    button: Component = dmc.Button(words(f"support.step_{action}"), id=ids.step(action), variant=variant)
    return button


def _select(action: str, name: str, data: list[dict[str, str]], words: Words) -> Component:
    select: Component = dmc.Select(
        id=ids.answer(action, name), label=words(f"support.field_{name}"), data=data, withAsterisk=True,
        searchable=True, placeholder=words("form.choose"), nothingFoundMessage=words("form.no_match"),
    )  # fmt: skip
    return select


def _words(action: str, words: Words, *, needed: bool) -> Component:
    field: Component = dmc.Textarea(
        id=ids.answer(action, "words"), label=words("support.field_words"), value="", autosize=True, minRows=2,
        withAsterisk=needed, attributes={"input": {"maxLength": LONGEST}},
    )  # fmt: skip
    return field


def _rating(words: Words) -> Component:
    data = [{"value": str(one), "label": words(f"support.rating_{one}")} for one in range(5, 0, -1)]
    return _opened("puas", [_select("puas", "rating", data, words)], words)


def _linking(words: Words) -> Component:
    kinds = [{"value": kind, "label": words(f"support.record_{kind}")} for kind in RECORDS]
    record = dmc.TextInput(
        id=ids.answer("pautkan", "record"),
        label=words("support.field_record"),
        value="",
        attributes={"input": {"maxLength": 40}},
    )
    return _opened("pautkan", [_select("pautkan", "kind", kinds, words), record], words)


def _article(slug: str | None, words: Words) -> Component:
    field = dmc.TextInput(
        id=ids.answer("artikel", "slug"),
        label=words("support.field_slug"),
        value=slug or "",
        attributes={"input": {"maxLength": 120}},
    )
    return _opened("artikel", [field], words)


def thread(steps: Sequence[TicketStepRow], words: Words) -> Component:
    """What was said and done, the earliest first."""
    return html.Ol([_said(step, words) for step in steps], className="ek-case-history")


def _said(step: TicketStepRow, words: Words) -> Component:
    facts: list[Any] = [html.Strong(words(f"support.did_{step['action']}"))]
    facts += [f" · {text}" for text in _details(step, words)]
    who = words("support.system") if step["side"] == "sistem" else step["actor_name"] or words("support.public")
    side = words(f"support.side_{step['side']}")
    at = html.Time(numbers.moment(step["at"]), dateTime=step["at"].isoformat())
    return html.Li([html.P(facts), html.P([f"{who} ({side}) · ", at]), *_text(step["words"], words)])


def _details(step: TicketStepRow, words: Words) -> list[str]:
    action, detail = step["action"], step["detail"]
    if action == "beri" and step["given_to"]:
        return [step["given_to"]]
    if action == "keutamaan":
        return [f"{detail['from']} → {detail['to']}"]
    if action == "naik":
        return [words(f"support.level_{detail['to']}")]
    return [str(detail["into"])] if action == "gabung" else []


def _text(said: str, words: Words) -> list[Component]:
    """What was said; that a number was hidden in it, and what to do instead."""
    if not said:
        return []
    parts: list[Component] = [html.P(_with_ways(said), className="ek-case-reason")]
    if HIDDEN in said:
        parts.append(html.P(words("support.hidden_note"), className="ek-footnote"))
    return parts


def _with_ways(said: str) -> list[Any]:
    """What was said, with the articles that it names as links."""
    return [html.A(one, href=one) if _ARTICLE_PATH.fullmatch(one) else one for one in _ARTICLE_PATH.split(said) if one]


def notes(found: Sequence[TicketNoteRow], words: Words) -> Component:
    """What those who handle the ticket told each other."""
    if not found:
        return html.P(words("support.no_notes"), className="ek-footnote")
    said = [
        html.Li(
            [
                html.P([f"{row['actor_name'] or '—'} · ", html.Time(numbers.moment(row["at"]))]),
                *_text(row["words"], words),
            ]
        )
        for row in found
    ]
    return html.Ol(said, className="ek-case-history")
