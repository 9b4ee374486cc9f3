"""The line under every figure: source, date, rule, and how exact the boundaries are."""

from layers import numbers
from layers.choropleth import ChoroplethLayer, Source
from layers.numbers import Words

METRES_IN_A_KILOMETRE = 1000


def footnote(source: Source, words: Words) -> tuple[str, ...]:
    """Return what a figure says about itself, one short phrase each, in reading order.

    Source, date and rule always; census year, derived lines, boundaries with their accuracy and
    "sample data" where they apply.
    """
    phrases = [
        words("source.name", name=source.name),
        words("source.as_of", date=numbers.day(source.as_of)),
        _rule(source, words),
    ]
    if source.lines_derived:
        phrases.append(words("source.lines_derived"))
    if source.census_year is not None:
        phrases.append(words("source.census", year=str(source.census_year)))
    if source.boundary_name:
        phrases.append(words("source.boundary", name=source.boundary_name))
    phrases.extend(accuracy(source, words))
    if source.sample:
        phrases.append(words("source.sample"))
    return tuple(phrases)


def how_classed(layer: ChoroplethLayer, words: Words) -> str:
    """Return how the classes were made, in one phrase: "Jenks, 5 classes · number of areas at the right".

    The number is that of the choice beside the map, or the phrase says why it is another. Classes that hold for more
    than one month say for which.
    """
    if layer.how:
        return layer.how
    said = _method(layer, words)
    if layer.span is None or not layer.colours:
        return said
    first, last = (f"{month:%m/%Y}" for month in (layer.span.first, layer.span.last))
    over = "legend.of_two_months" if layer.span.ends else "legend.over_months"
    key = "legend.of_one_month" if first == last else over
    return f"{said} · {words(key, first=first, last=last)}"


def _method(layer: ChoroplethLayer, words: Words) -> str:
    how = words(f"scheme.{layer.scheme}")
    if not layer.classed:
        return words("legend.only_zero" if layer.colours else "legend.nothing")
    if layer.asked:
        return words("legend.method_fewer", method=how, classes=layer.classed, asked=layer.asked)
    return words("legend.method_zero" if layer.zero_apart else "legend.method", method=how, classes=layer.classed)


def accuracy(source: Source, words: Words) -> tuple[str, ...]:
    """Return how exact the boundaries are, in km or m, or nothing where that is not known."""
    metres = source.boundary_accuracy_m
    if metres is None:
        return (words("source.approximate"),) if source.boundary_approximate else ()
    if metres >= METRES_IN_A_KILOMETRE:
        distance = f"{numbers.decimal(metres / METRES_IN_A_KILOMETRE, places=0)} km"
    else:
        distance = f"{numbers.count(metres)} m"
    key = "source.approximate_to" if source.boundary_approximate else "source.accurate_to"
    return (words(key, distance=distance),)


def _rule(source: Source, words: Words) -> str:
    rule = words(f"rule.{source.rule}")
    return rule if source.line_year is None else words("source.rule", rule=rule, year=str(source.line_year))
