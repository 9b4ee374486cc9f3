"""Draws what a change of the line or the rule does: who stands where, what it costs, from what to what, by state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dash import html

from dashboard.components.cards import Figure, figure_card, figure_cards
from dashboard.components.tables import ruled
from dashboard.pages.lines.texts import state_name
from layers import numbers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from dash.development.base_component import Component

    from registry.status.effects import Effect
    from words import Words

STATUSES: Final = ("tegar", "miskin", "mudah_miskin", "terkeluar")
_GROUPS: Final = (("tegar", ("tegar",)), ("miskin", ("miskin",)), ("not_poor", ("mudah_miskin", "terkeluar")))


def effect_view(effect: Effect, names: Mapping[str, str], words: Words, *, done: bool) -> list[Component]:
    """The whole of it; ``names`` are those of the states, ``done`` says whether it was made or is foreseen."""
    when = "done" if done else "foreseen"
    lead = words(
        f"line.lead_{when}",
        households=numbers.count(effect.households),
        moved=numbers.count(effect.moved),
        before=numbers.money(effect.cost(after=False), sen=False),
        after=numbers.money(effect.cost(after=True), sen=False),
    )
    parts: list[Component] = [html.P(lead, className="ek-lead"), _cards(effect, words, when)]
    if not effect.households:
        return [*parts, html.P(words("line.nobody"))]
    return [
        *parts,
        html.H3(words("line.matrix")),
        _matrix(effect, words),
        html.H3(words("line.by_state")),
        _by_state(effect, names, words),
        html.Details([html.Summary(words("line.moves_by_state")), _moves(effect, names, words)]),
    ]


def _cards(effect: Effect, words: Words, when: str) -> Component:
    before, after = effect.standing(after=False), effect.standing(after=True)
    cards = []
    for name, statuses in _GROUPS:
        was, now = (sum(counts.get(status, 0) for status in statuses) for counts in (before, after))
        figure = Figure(
            words(f"line.group_{name}"),
            numbers.count(now),
            unit=words("line.households"),
            changes=(_changed(now - was, words),),
            note=words(f"line.was_{when}", before=numbers.count(was)),
            tone="tegar" if name == "tegar" else "miskin" if name == "miskin" else "",
        )
        cards.append(figure_card(figure))
    was_rm, now_rm = (effect.cost(after=later) for later in (False, True))
    cost = Figure(
        words("line.cost"),
        numbers.money(now_rm, sen=False),
        unit=words("line.a_month"),
        changes=(_dearer(now_rm - was_rm, words),),
        note=words(f"line.was_{when}", before=numbers.money(was_rm, sen=False)),
    )
    return figure_cards([*cards, figure_card(cost)])


def _changed(difference: int, words: Words) -> str:
    if not difference:
        return words("line.same")
    return words("line.more" if difference > 0 else "line.fewer", n=numbers.change_count(difference))


def _dearer(difference: Decimal, words: Words) -> str:
    if not difference:
        return words("line.same")
    key = "line.dearer" if difference > 0 else "line.cheaper"
    return words(key, amount=numbers.money(abs(difference), sen=False))


def _matrix(effect: Effect, words: Words) -> Component:
    """Households by status before (rows) and after (columns)."""
    found = effect.matrix()
    head = [words("line.from_to"), *(words(f"status.{status}") for status in STATUSES)]
    cells: list[list[object]] = []
    for before in STATUSES:
        counts = [found.get((before, after), 0) for after in STATUSES]
        marked = [
            html.Strong(numbers.count(count)) if count and after != before else numbers.count(count)
            for after, count in zip(STATUSES, counts, strict=True)
        ]
        cells.append([words(f"status.{before}"), *marked])
    return ruled(head, cells, label=words("line.matrix"), named=True)


def _by_state(effect: Effect, names: Mapping[str, str], words: Words) -> Component:
    head = [words("line.column_state"), *(words(f"line.group_{name}") for name, _ in _GROUPS), words("line.cost_month")]
    cells = []
    for state in effect.states:
        before, after = (effect.standing(after=later, state=state) for later in (False, True))
        counts = [
            [sum(each.get(status, 0) for status in statuses) for each in (before, after)] for _, statuses in _GROUPS
        ]
        cost = [numbers.money(effect.cost(after=later, state=state), sen=False) for later in (False, True)]
        entries = [_became(numbers.count(was), numbers.count(now), words) for was, now in counts]
        cells.append([state_name(state, names, words), *entries, _became(cost[0], cost[1], words)])
    return ruled(head, cells, label=words("line.by_state"), named=True)


def _became(before: str, after: str, words: Words) -> object:
    return before if before == after else html.Span(words("line.became", before=before, after=after))


def _moves(effect: Effect, names: Mapping[str, str], words: Words) -> Component:
    head = [words(f"line.column_{name}") for name in ("state", "before", "after", "cause", "households")]
    cells = [
        [
            state_name(move.state_code, names, words),
            words(f"status.{move.previous_status}"),
            words(f"status.{move.status}"),
            words(f"cause.{move.cause}"),
            numbers.count(move.moved),
        ]
        for move in effect.moves
        if move.moved
    ]
    return ruled(head, cells, label=words("line.moves_by_state"), named=True)
