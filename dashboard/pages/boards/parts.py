"""The parts of a board on screen: its numbers, its ranking, the courses of the areas inside, the table of lights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import dcc, html

from dashboard.components.aria import aria
from dashboard.components.badges import light_badge
from dashboard.components.tables import STEP
from dashboard.indicator_words import name_of, source_of, worklist_address, written, written_beside_goal
from dashboard.pages.boards.changes import difference_text, signed
from dashboard.pages.boards.drawing import colour_of
from dashboard.pages.boards.view import BY_LEVEL
from layers import numbers
from layers.spark import spark_svg
from layers.trend import data_url

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from dash.development.base_component import Component

    from dashboard.indicators import Measured
    from dashboard.pages.boards.ranking import Ranked
    from dashboard.pages.boards.reading import BoardFigures, Course, Told
    from queries.kpi import Indicator
    from words import Words


def numbers_row(figures: BoardFigures, words: Words) -> Component:
    """The numbers, each with its light, its target, its course, its day and its source."""
    cards = [_number(one, figures, words) for one in figures.numbers]
    return html.Section(cards, className="ek-board-numbers", **aria(label=words("board.numbers")))


def _number(one: Told, figures: BoardFigures, words: Words) -> Component:
    item = one.now
    value = words("kpi.hidden_short") if item.actual is None else written_beside_goal(item.actual, item, words)
    by = difference_text(item, one.before, words)
    name: Any = name_of(item.indicator, words)
    if item.indicator in figures.choices:
        view, chosen = figures.view.but(indicator=item.indicator.indicator_code), item.indicator == figures.chosen
        title = words("board.choose", name=name)
        href = view.address(figures.board.path)
        name = html.A(name, href=href, title=title, **STEP, **aria(current="true" if chosen else None))
    line: list[Component] = [html.Span(value, className="ek-board-value")]
    if by and item.indicator.unit != "syer":
        line.append(html.Span(words("board.since_month", by=by), className="ek-board-by"))
    parts: list[Component] = [html.H2(name, className="ek-board-name"), html.P(line, className="ek-board-figure")]
    if item.light:
        parts.append(html.P(light_badge(item.light, words), className="ek-board-light"))
    if item.goal:
        target = written_beside_goal(item.goal.target, item, words)
        parts.append(
            html.P(words("board.target", target=target, due=numbers.day(item.goal.due_on)), className="ek-board-note")
        )
    parts += _spark(one, words)
    source = f"{source_of(item.indicator, words)} · {numbers.day(item.on)}"
    parts.append(html.P(source, className="ek-board-note ek-board-source"))
    address = worklist_address(item.indicator.indicator_code, figures.area.code)
    if figures.opens_worklists and address:
        parts.append(dcc.Link(words("kpi.open_worklist"), href=address, className="ek-board-list"))
    return html.Article(parts, className="ek-panel ek-board-number")


def _spark(one: Told, words: Words) -> list[Component]:
    """The course with its first and last value."""
    goal = one.now.goal
    drawn = course_image(
        one.course, one.now.indicator, words, width=200, height=26, target=float(goal.target) if goal else None
    )
    if drawn is None:
        return []
    first, last = (next(value for _, value in course if value is not None) for course in (one.course, one.course[::-1]))
    unit = one.now.indicator.unit
    ends = [html.Span(written(value, unit, words, beside=(first, last))) for value in (first, last)]
    return [drawn, html.P(ends, className="ek-board-ends")]


def course_image(
    course: Course, indicator: Indicator, words: Words, *, width: int, height: int, target: float | None = None
) -> Component | None:
    """A course as a picture that says in words what it shows; ``None`` where there is no line to draw."""
    values = [None if value is None else float(value) for _, value in course]
    svg = spark_svg(values, width=width, height=height, colour=colour_of(indicator), target=target)
    if not svg:
        return None
    known = [(month, value) for month, value in course if value is not None]
    said = words(
        "board.course",
        name=name_of(indicator, words),
        first=written(known[0][1], indicator.unit, words),
        since=numbers.month(known[0][0], words),
        last=written(known[-1][1], indicator.unit, words),
        until=numbers.month(known[-1][0], words),
    )
    return html.Img(src=data_url(svg), alt=said, className="ek-board-spark")


def ranking_table(figures: BoardFigures, words: Words) -> list[Component]:
    """The worst and the best areas, each with its value, its change in a year, its place and how that changed."""
    ranking = figures.ranking
    heads = [
        html.Th(words("board.place"), scope="col"),
        html.Th(words("kpi.area"), scope="col"),
        html.Th(words("board.value"), scope="col", className="ek-number"),
        html.Th(words("board.in_year"), scope="col", className="ek-number"),
        html.Th(words("board.places"), scope="col", className="ek-number", title=words("board.places_title")),
    ]
    bodies = [
        html.Tbody(
            [
                html.Tr(html.Th(words(f"board.{name}", n=len(rows)), scope="rowgroup", colSpan=len(heads))),
                *(_ranked(row, figures, words) for row in rows),
            ]
        )
        for name, rows in (("worst", ranking.worst), ("best", ranking.best))
        if rows
    ]
    table = html.Table([html.Thead(html.Tr(heads)), *bodies], className="ek-table ek-board-ranks")
    note = html.P(_order_note(figures, words), className="ek-board-note")
    return [
        html.Div(table, className="ek-scroll", role="region", tabIndex=0, **aria(label=words("board.ranking"))),
        note,
    ]


def _order_note(figures: BoardFigures, words: Words) -> list[Any]:
    ranking = figures.ranking
    order, other = ("nilai", "perubahan") if ranking.by_value else ("perubahan", "nilai")
    note: list[Any] = [words(f"board.order_{order}"), " "]
    if ranking.left_out:
        note += [words.n("board.left_out", ranking.left_out), " "]
    if ranking.too_few_changes:
        return [*note, words("board.too_few_changes")]
    href = figures.view.but(order=other).address(figures.board.path)
    return [*note, html.A(words(f"board.to_{other}"), href=href, **STEP)]


def _ranked(row: Ranked, figures: BoardFigures, words: Words) -> Component:
    chosen = figures.chosen
    return html.Tr(
        [
            html.Td(str(row.place)),
            html.Th(html.A(row.name, href=area_address(figures, row.code), **STEP), scope="row"),
            html.Td(written(row.value, chosen.unit, words), className="ek-number"),
            html.Td(change_text(row.change, chosen, words), className="ek-number"),
            html.Td(place_text(row.up, words), className="ek-number"),
        ]
    )


def change_text(by: Decimal | None, chosen: Indicator, words: Words) -> str:
    """A change in a year: of shares in percentage points."""
    if by is None:
        return numbers.MISSING
    if chosen.unit == "syer":
        return signed(by, "syer", words) if by else "0"
    return numbers.change(by)


def place_text(up: int | None, words: Words) -> str:
    """By how many places an area is better or worse than a month before."""
    if up is None:
        return words("board.new_place")
    return numbers.change_count(up) if up else words("board.same_place")


def area_address(figures: BoardFigures, code: str) -> str:
    """Where the figures of an area inside are: its own board, or where it has none the map."""
    board = BY_LEVEL.get({2: "state", 4: "district"}.get(len(code), ""))
    if board is None:
        return f"/?in={code}"
    return figures.view.but(area=code).address(board.path)


def courses(figures: BoardFigures, words: Words) -> Component:
    """The course of the chosen indicator in each area inside, each from zero by its own scale."""
    items = []
    for one in figures.inside:
        drawn = course_image(one.course, figures.chosen, words, width=130, height=34)
        value = one.now[figures.chosen.indicator_code].actual
        told = words("kpi.hidden_short") if value is None else written(value, figures.chosen.unit, words)
        name = html.A(one.name, href=area_address(figures, one.code), **STEP)
        head = html.P([name, html.Span(told)], className="ek-board-small-head")
        if drawn is None:
            drawn = html.P(words("board.no_course"), className="ek-board-note")
        items.append(html.Li([head, drawn]))
    return html.Ul(items, className="ek-board-small")


def lights_table(figures: BoardFigures, words: Words) -> Component:
    """The areas inside by indicator: value and light in each cell of a table that is read by row or column."""
    rows = [(one.code, one.name, one.now) for one in figures.inside]
    return cells_table(rows, figures, words, label=words("board.lights"))


def beside_table(figures: BoardFigures, words: Words) -> list[Component]:
    """The district beside those that touch it and those most like it."""
    rows = [(one.code, one.name, one.now) for one in figures.beside]
    table = cells_table(rows, figures, words, label=words("board.beside"))
    return [table, html.P(words("board.beside_note"), className="ek-board-note")]


def cells_table(
    rows: Sequence[tuple[str, str, Mapping[str, Measured]]], figures: BoardFigures, words: Words, *, label: str
) -> Component:
    """Areas by indicator; an indicator that none of them has is left out. The board's own area stands out."""
    shown = [
        one.now.indicator
        for one in figures.numbers
        if any(is_told(found[one.now.indicator.indicator_code]) for _, _, found in rows)
    ]
    heads = [html.Th(words("kpi.area"), scope="col")]
    heads += [html.Th(short_name(item, words), scope="col", title=name_of(item, words)) for item in shown]
    beside = {item.indicator_code: [found[item.indicator_code].actual for _, _, found in rows] for item in shown}
    body = [
        html.Tr(
            [
                html.Th(html.A(name, href=area_address(figures, code), **STEP), scope="row"),
                *(_cell(found[item.indicator_code], words, beside[item.indicator_code]) for item in shown),
            ],
            className="ek-board-own" if code == figures.area.code else "",
        )
        for code, name, found in rows
    ]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="ek-table ek-board-lights")
    return html.Div(table, className="ek-scroll", role="region", tabIndex=0, **aria(label=label))


def is_told(item: Measured) -> bool:
    """Whether there is something to say of an indicator: a value, or that it is hidden."""
    return item.actual is not None or item.missing == "disembunyikan"


def short_name(indicator: Indicator, words: Words) -> str:
    """What an indicator is called at the head of a column."""
    key = f"board.short_{indicator.indicator_code}"
    return words(key) if words.has(key) else name_of(indicator, words)


def _cell(item: Measured, words: Words, beside: Sequence[Decimal | None]) -> Component:
    if item.actual is None:
        hidden = item.missing == "disembunyikan"
        told = words("kpi.hidden_short") if hidden else numbers.MISSING
        return html.Td(told, className="ek-board-cell ek-board-none")
    least = min((value for value in beside if value), default=None)
    value = html.Span(written(item.actual, item.indicator.unit, words, beside=(least,)))
    if item.light is None:
        return html.Td(value, className="ek-board-cell")
    light = words(f"light.{item.light}")
    mark = html.Span(className="ek-light", **aria(hidden=True))
    looks = f"ek-board-cell ek-badge-light ek-badge-{item.light.replace('_', '-')}"
    return html.Td([mark, value, html.Span(f" {light}", className="ek-sr")], title=light, className=looks)
