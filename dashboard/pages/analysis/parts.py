"""Draws what was measured of an area: figures, both bases, inequality, deprivation, and the areas inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from dash import html

from dashboard.areas import COUNTRY
from dashboard.components.aria import aria
from dashboard.components.cards import Figure, figure_card, figure_cards
from dashboard.components.feedback import empty
from dashboard.components.figures_line import figures_line
from dashboard.components.listing import Tab, tabs
from dashboard.components.sortable import sortable
from dashboard.components.tables import STEP, ruled
from dashboard.drilled_files import map_links
from dashboard.pages.analysis.texts import indicator_name, told, written
from dashboard.pages.analysis.view import COLUMNS, HOUSEHOLD, MAP_ROUTE, MEASURES, PATH, PERSON, AnalysisView
from dashboard.profile.charts import chart_tools
from layers import numbers
from layers.inequality import lorenz_svg, parts_svg
from layers.trend import data_url

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.pages.analysis.view import Read
    from poverty.multidimensional import Structure
    from queries.measures import AreaMeasures
    from words import Words

CARDS: Final = ("P0", "P1", "P2", "I", "gap_rm", "mean_gap_rm", "households")
LEAST_KNOWN: Final = 0.9
"""The share of households of which everything must be known for the index to be shown without a warning."""
LORENZ: Final = tuple(f"lorenz_{tenth}0" for tenth in range(1, 10))


def heading(state: AnalysisView, found: Read, words: Words) -> list[Component]:
    """What is shown of where and when, the choice of months and bases, and the way to the map."""
    to_map = f"/?{urlencode({'in': found.area.code, 'month': f'{found.month:%Y-%m}'})}"
    bases = [
        Tab(words(f"analysis.basis_{basis}"), state.but(basis=basis).address(PATH), here=basis == state.basis)
        for basis in (HOUSEHOLD, PERSON)
    ]
    return [
        html.H2(words("analysis.title", area=place(found, words), month=numbers.month(found.month, words))),
        html.Div(
            [
                _months(state, found, words),
                html.A(words("analysis.to_map"), href=to_map, className="ek-button", **STEP),
                map_links(MAP_ROUTE, state.query(), words),
            ],
            className="ek-actions",
        ),
        html.Div(tabs(bases), className="ek-tasks"),
        html.P(words("analysis.among"), className="ek-footnote"),
    ]


def place(found: Read, words: Words) -> str:
    """The area in words."""
    return words("map.country") if found.area.code == COUNTRY else found.area.name


def _months(state: AnalysisView, found: Read, words: Words) -> Component:
    links: list[Any] = [
        html.Li(
            html.A(
                numbers.month(month, words),
                href=state.but(month_text=f"{month:%Y-%m}").address(PATH),
                **STEP,
                **aria(current="true" if month == found.month else None),
            )
        )
        for month in found.months
    ]
    return html.Details(
        [html.Summary(words("analysis.month"), className="ek-button"), html.Ul(links)],
        className="ek-poverty-map-files",
    )


def measures(state: AnalysisView, words: Words) -> Component:
    """Links to what the map shows; the open one is marked."""
    return tabs(
        [
            Tab(words(f"measure.poverty_{key}"), state.but(measure=key).address(PATH), here=key == state.measure)
            for key in MEASURES
        ]
    )


def figures(state: AnalysisView, found: Read, words: Words) -> list[Component]:
    """Everything measured of the area itself."""
    if not found.own.values:
        key = "analysis.nobody" if found.live else "analysis.nothing_shown"
        return [empty(words(key), words(f"{key}_hint"))]
    return [
        figure_cards([_card(found, name, words) for name in CARDS]),
        *_stands(found, words),
        *_bases(state, found, words),
        *_inequality(found, words),
        *_deprivation(found, words),
        html.H2(words("analysis.how")),
        html.Ul([html.Li(words(f"analysis.how_{number}")) for number in range(1, 7)]),
        *([] if found.live else [html.P(words("analysis.published"), className="ek-footnote")]),
    ]


def _card(found: Read, name: str, words: Words) -> Component:
    return figure_card(
        Figure(
            words(f"analysis.{name.lower()}"), told(found.own, name, words), note=words(f"analysis.{name.lower()}_note")
        )
    )


def _stands(found: Read, words: Words) -> list[Component]:
    """Where a figure is of an earlier month, that it is."""
    month = found.own.figure_month
    if month is None or month == found.month:
        return []
    return [html.P(words("analysis.stands", month=numbers.month(month, words)), role="note", className="ek-footnote")]


def _bases(state: AnalysisView, found: Read, words: Words) -> list[Component]:
    """The indices over the registered and over everybody, in two columns; the food line for who sees persons."""
    own = found.own
    head = [words("analysis.index"), words("analysis.of_registered"), words(f"analysis.of_all_{state.basis}")]
    rows: list[list[Any]] = [
        [words(f"analysis.{name.lower()}"), told(own, name, words), told(own, f"{name}_all", words)]
        for name in ("P0", "P1", "P2")
    ]
    rows += [[words(f"analysis.{name.lower()}"), told(own, name, words), numbers.MISSING] for name in ("sen", "watts")]
    if found.live:
        rows += [
            [words(f"analysis.{name.lower()}"), told(own, name, words), numbers.MISSING]
            for name in ("F0", "F1", "F2", "food_gap_rm")
        ]
    label = words("analysis.both_bases")
    return [
        html.H2(label),
        ruled(head, rows, label=label, named=True),
        html.P(words("analysis.both_bases_note"), className="ek-footnote"),
    ]


def _inequality(found: Read, words: Words) -> list[Component]:
    own = found.own
    parts: list[Component] = [
        html.H2(words("analysis.inequality")),
        html.P(words("analysis.gini_told", gini=told(own, "gini", words))),
    ]
    between = own.value("between")
    if (between is not None and found.level != "district") or (between is not None and found.area.level == "state"):
        key = "analysis.theil_states" if found.area.code == COUNTRY else "analysis.theil_districts"
        parts.append(html.P(words(key, share=written("between", between), theil=told(own, "theil", words))))
    shares = [own.value(name) for name in LORENZ]
    if all(share is not None for share in shares):
        curve = [float(share) for share in shares if share is not None]
        said = words("analysis.lorenz_told", half=written("share", shares[4] or 0))
        svg = lorenz_svg(curve, population=words("analysis.lorenz_population"), income=words("analysis.lorenz_income"))
        head = [words("analysis.lorenz_poorest"), words("analysis.lorenz_share")]
        plain = [[tenth / 10, share] for tenth, share in enumerate(curve, start=1)]
        tools = chart_tools(
            svg, head, plain, words, name=_called("lorenz", found), title=words("analysis.inequality")
        )
        image = html.Img(src=data_url(svg), alt=said, className="ek-analysis-picture")
        parts.append(html.Figure([image, html.Figcaption(said), tools]))
        rows = [
            [f"{tenth}0%", written("share", share)] for tenth, share in enumerate(shares, start=1) if share is not None
        ]
        parts.append(
            html.Details([html.Summary(words("analysis.lorenz_table")), ruled(head, rows, label=said, named=True)])
        )
    else:
        parts.append(html.P(words("analysis.lorenz_none"), className="ek-footnote"))
    return parts


def _called(name: str, found: Read) -> str:
    return f"ekasih-{name}-{found.area.code}-{found.month:%Y-%m}"


def _deprivation(found: Read, words: Words) -> list[Component]:
    own, structure = found.own, found.structure
    parts: list[Component] = [html.H2(words("analysis.mpi_title"))]
    if structure is None:
        return [*parts, html.P(words("analysis.reason_tiada_data"))]
    parts += [
        html.P(html.Strong(words("analysis.mpi_ours"))),
        figure_cards(
            [
                figure_card(
                    Figure(
                        words(f"analysis.{key.lower()}"),
                        told(own, key, words),
                        note=words(f"analysis.{key.lower()}_note"),
                    )
                )
                for key in ("H", "A", "MPI")
            ]
        ),
    ]
    low, high = own.value("H_lower"), own.value("H_upper")
    if low is not None and high is not None:
        parts.append(html.P(words("analysis.bounds", low=written("H", low), high=written("H", high))))
    parts.append(html.P(words("analysis.dropped", n=told(own, "dropped", words))))
    used, dropped = own.value("used"), own.value("dropped")
    if used is not None and dropped and float(used) < LEAST_KNOWN * (float(used) + float(dropped)):
        parts.append(html.P(words("analysis.many_dropped"), role="note"))
    return [*parts, *_indicators(found, words), *_structure(structure, words)]


def _structure(structure: Structure, words: Words) -> list[Component]:
    """By which structure it was measured, and what of it is not collected."""
    name = structure.name_en if words.language == "en" else structure.name_ms
    parts: list[Component] = []
    missing = ", ".join(indicator_name(one.code, words) for one in structure.not_collected)
    dimensions = len({one.dimension for one in structure.indicators})
    parts.append(
        html.P(
            words(
                "analysis.structure",
                name=name,
                code=structure.code,
                k=str(structure.cutoff),
                dimensions=dimensions,
                indicators=len(structure.computed),
                day=structure.valid_from,
                source=structure.source,
            ),
            className="ek-footnote",
        )
    )
    if missing:
        parts.append(html.P(words("analysis.not_collected", names=missing), className="ek-footnote"))
    parts.append(html.P(words("analysis.other_structures"), className="ek-footnote"))
    link = html.A(words("structure.title"), href=f"{PATH}/struktur", className="ek-button", **STEP)
    parts.append(html.Div(link, className="ek-actions"))
    return parts


def _indicators(found: Read, words: Words) -> list[Component]:
    own, structure = found.own, found.structure
    if structure is None:
        return []
    known = [(one.code, own.indicators.get(("contribution", one.code))) for one in structure.computed]
    if not own.indicators or any(value is None for _, value in known):
        return [html.P(words("analysis.indicators_none"))]
    ranked = sorted(((code, float(value or 0)) for code, value in known), key=lambda pair: -pair[1])
    told_parts = [(indicator_name(code, words), value) for code, value in ranked]
    said = words("analysis.contributions")
    head = [words("analysis.indicator"), words("analysis.weight"), words("analysis.deprived"),
            words("analysis.deprived_poor"), words("analysis.contribution")]  # fmt: skip
    weights = {one.code: str(one.weight) for one in structure.computed}
    rows = [
        [
            indicator_name(code, words),
            weights[code],
            *(written(name, own.indicators.get((name, code)) or 0) for name in ("share", "censored", "contribution")),
        ]
        for code, _ in ranked
    ]
    svg = parts_svg(told_parts)
    tools = chart_tools(svg, [head[0], head[-1]], told_parts, words, name=_called("sumbangan", found), title=said)
    return [
        html.H3(said),
        html.Img(src=data_url(svg), alt=said, className="ek-analysis-picture"),
        tools,
        sortable(head, rows, words, name="analysis-indicators", label=said),
    ]


def areas_table(state: AnalysisView, found: Read, words: Words) -> list[Component]:
    """The areas that the map shows, sorted by any column, each a step into it."""
    title = words("quality.by_area", level=words(f"level.{found.level}"))
    inside = found.within == found.area.code
    head = [words("quality.area"), *(words(f"analysis.{name.lower()}") for name in COLUMNS)]
    head += [words("analysis.part_of_gap")] if inside else []
    rows: list[list[Any]] = []
    for one in found.areas:
        row = [_step(one, state), *(told(one, name, words) for name in COLUMNS)]
        rows.append([*row, _part(one, found, words)] if inside else row)
    return [
        html.H2(title),
        sortable(head, rows, words, name="analysis-areas", label=title),
        *_contributions(state, found, words),
        figures_line(found.layer.source, words),
    ]


def _step(one: AreaMeasures, state: AnalysisView) -> Any:
    return html.A(one.name, href=state.but(area=one.code).address(PATH), **STEP)


def _part(one: AreaMeasures, found: Read, words: Words) -> str:
    """How much of what lifts everyone in the whole is an area's, of the sums that are shown."""
    part, whole = one.value("gap_rm"), found.own.value("gap_rm")
    if part is None or not whole:
        return told(one, "gap_rm", words) if part is None else numbers.MISSING
    return numbers.share(float(part) / float(whole))


def _contributions(state: AnalysisView, found: Read, words: Words) -> list[Component]:
    """What each indicator contributes to the index of each area, of those of which that is shown."""
    if found.structure is None:
        return []
    codes = [one.code for one in found.structure.computed]
    rows: list[list[Any]] = []
    for one in found.areas:
        shares = [one.indicators.get(("contribution", code)) for code in codes]
        if all(share is not None for share in shares):
            rows.append([_step(one, state), *(written("contribution", share or 0) for share in shares)])
    if not rows:
        return []
    label = words("analysis.contributions_by_area")
    head = [words("quality.area"), *(indicator_name(code, words) for code in codes)]
    table = sortable(head, rows, words, name="analysis-contributions", label=label)
    return [html.Details([html.Summary(label), table])]
