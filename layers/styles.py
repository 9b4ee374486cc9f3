"""Styles of a measure for other programs: classes and colours as the map has them, as QGIS's QML and as SLD."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from layers.breaks import Scheme, class_breaks
from layers.palettes import RAMPS, TOKENS

if TYPE_CHECKING:
    from collections.abc import Sequence

CLASSES: Final = 5
_RAMPS: Final = {"tegar": "tegar", "miskin": "miskin", "jumlah_miskin": "poor", "kadar": "poor", "jurang_rm": "cost"}
_PLACES: Final = {"kadar": 1}
KINDS: Final = {"qml": "application/xml", "sld": "application/vnd.ogc.sld+xml"}


@dataclass(frozen=True, slots=True)
class StyleClass:
    """Values above one bound, up to another and with it, and their colour; the lowest class has no bound below."""

    above: float | None
    upper: float
    colour: str
    label: str


def classes_of(measure: str, values: Sequence[float]) -> list[StyleClass]:
    """The classes of the values that are told, lowest first; none where there is no value."""
    if not values:
        return []
    places = _PLACES.get(measure, 0)
    found = class_breaks(np.asarray(sorted(values), dtype=np.float64), scheme=Scheme.JENKS, k=CLASSES, places=places)
    ramp = RAMPS[_RAMPS[measure]]
    step = 10.0**-found.places
    made: list[StyleClass] = []
    lower = float(min(values))
    for number, upper in enumerate(found.bounds):
        colour = ramp[min(len(ramp) - 1, number * len(ramp) // len(found.bounds))]
        label = f"{lower:,.{found.places}f} - {upper:,.{found.places}f}"
        made.append(StyleClass(made[-1].upper if made else None, upper, colour, label))
        lower = round(upper + step, 10)
    return made


def sld(name: str, title: str, measure: str, classes: Sequence[StyleClass], hidden: str) -> str:
    """The style as SLD 1.0; ``hidden`` is what the areas without a value are called."""
    rules = "".join(_sld_rule(one, measure) for one in classes)
    nothing = (
        f"<Rule><Title>{escape(hidden)}</Title><ogc:Filter><ogc:PropertyIsNull><ogc:PropertyName>{measure}"
        f"</ogc:PropertyName></ogc:PropertyIsNull></ogc:Filter>{_polygon(TOKENS['no-data'])}</Rule>"
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<StyledLayerDescriptor version="1.0.0" xmlns="http://www.opengis.net/sld"'
        ' xmlns:ogc="http://www.opengis.net/ogc">'
        f"<NamedLayer><Name>{escape(name)}</Name><UserStyle><Title>{escape(title)}</Title>"
        f"<FeatureTypeStyle>{rules}{nothing}"
        "</FeatureTypeStyle></UserStyle></NamedLayer></StyledLayerDescriptor>\n"
    )


def _sld_rule(one: StyleClass, measure: str) -> str:
    upto = _sld_bound("PropertyIsLessThanOrEqualTo", measure, one.upper)
    if one.above is not None:
        upto = f"<ogc:And>{_sld_bound('PropertyIsGreaterThan', measure, one.above)}{upto}</ogc:And>"
    return f"<Rule><Title>{escape(one.label)}</Title><ogc:Filter>{upto}</ogc:Filter>{_polygon(one.colour)}</Rule>"


def _sld_bound(how: str, measure: str, bound: float) -> str:
    value = f"<ogc:PropertyName>{measure}</ogc:PropertyName><ogc:Literal>{_number(bound)}</ogc:Literal>"
    return f"<ogc:{how}>{value}</ogc:{how}>"


def _number(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _polygon(colour: str) -> str:
    return (
        f'<PolygonSymbolizer><Fill><CssParameter name="fill">{colour}</CssParameter></Fill><Stroke>'
        f'<CssParameter name="stroke">{TOKENS["map-edge"]}</CssParameter>'
        '<CssParameter name="stroke-width">0.5</CssParameter></Stroke></PolygonSymbolizer>'
    )


def qml(measure: str, classes: Sequence[StyleClass], hidden: str) -> str:
    """The style as QGIS keeps it: rules, so that areas without a value are drawn and named as well."""
    told = [(_qml_condition(one, measure), one.label, one.colour) for one in classes]
    told.append((f"{measure} IS NULL", hidden, TOKENS["no-data"]))
    rules = "".join(
        f'<rule key="r{number}" symbol="{number}" filter={quoteattr(condition)} label={quoteattr(label)}/>'
        for number, (condition, label, _) in enumerate(told)
    )
    symbols = "".join(_qml_symbol(number, colour) for number, (_, _, colour) in enumerate(told))
    return (
        "<!DOCTYPE qgis>\n"
        '<qgis version="3.22" styleCategories="Symbology"><renderer-v2 type="RuleRenderer" symbollevels="0">'
        f'<rules key="root">{rules}</rules><symbols>{symbols}</symbols></renderer-v2>'
        "<layerGeometryType>2</layerGeometryType></qgis>\n"
    )


def _qml_condition(one: StyleClass, measure: str) -> str:
    above = "" if one.above is None else f"{measure} > {_number(one.above)} AND "
    return f"{above}{measure} <= {_number(one.upper)}"


def _qml_symbol(number: int, colour: str) -> str:
    options = {
        "color": _rgba(colour), "outline_color": _rgba(TOKENS["map-edge"]), "outline_style": "solid",
        "outline_width": "0.2", "outline_width_unit": "MM", "style": "solid",
    }  # fmt: skip
    told = "".join(f'<Option type="QString" name="{name}" value="{value}"/>' for name, value in options.items())
    return (
        f'<symbol type="fill" name="{number}" alpha="1" clip_to_extent="1">'
        '<layer class="SimpleFill" enabled="1" pass="0" locked="0">'
        f'<Option type="Map">{told}</Option></layer></symbol>'
    )


def _rgba(colour: str) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"{red},{green},{blue},255"
