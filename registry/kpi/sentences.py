"""A formula as a sentence, and what is wrong with one: where, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poverty.kpi.tree import Ago, Chosen, Figure, Joined, Negated, Node, Number, Reference, Total, reference_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poverty.kpi.measures import Measure
    from poverty.kpi.refused import FormulaRefused
    from words import Words

_MARKS: Final = {"+": "plus", "-": "minus", "*": "times", "/": "over"}
_FILTER_VALUES: Final = {"strata": "strata.{}", "status": "status.{}", "reason": "exit.reason.{}"}


def sentence(tree: Node, measures: Mapping[str, Measure], words: Words) -> str:
    """What an accepted formula works out, in one sentence."""
    return words("formula.says", what=_Sayer(measures, words).say(tree))


def refusal(refused: FormulaRefused, words: Words) -> str:
    """Where a formula breaks a rule, which, and what to do."""
    key = refused.code
    if key in {"sintaks", "unit_tidak_sepadan"} and not refused.found:
        key += "_end" if key == "sintaks" else "_whole"
    if refused.code == "ukuran_tidak_dikenali" and refused.more["known"]:
        key += "_near"
    if refused.code == "penapis_tidak_dikenali" and not refused.more["known"]:
        key += "_none"
    more = {
        name: words(f"level.{value}").lower() if name in {"lowest", "level"} else value
        for name, value in refused.more.items()
    }
    return words(f"formula.error_{key}", at=refused.position + 1, found=refused.found, **more)


class _Sayer:
    def __init__(self, measures: Mapping[str, Measure], words: Words) -> None:
        self.measures = measures
        self.words = words

    def say(self, node: Node) -> str:
        match node:
            case Number(value):
                return f"{value:f}"
            case Reference() | Ago() | Total():
                return self.figure(node)
            case Negated(of):
                return self.words("formula.negated", one=self.inside(of))
            case Chosen(how, parts):
                return self.words(f"formula.{how}", parts="; ".join(map(self.say, parts)))
            case Joined(first, rest):
                said = self.inside(first)
                for mark, _, part in rest:
                    said = self.words(f"formula.{_MARKS[mark]}", one=said, other=self.inside(part))
                return said

    def figure(self, node: Figure) -> str:
        one = self.measure(reference_of(node))
        if isinstance(node, Reference):
            return one
        if isinstance(node.months, str):
            return self.words("formula.total_ytd", one=one)
        key = "formula.ago" if isinstance(node, Ago) else "formula.total"
        return self.words.n(key, node.months, one=one)

    def inside(self, node: Node) -> str:
        """Part of a longer expression: in brackets where it is one itself."""
        return f"({self.say(node)})" if isinstance(node, Joined | Chosen) else self.say(node)

    def measure(self, reference: Reference) -> str:
        found = self.measures[reference.name]
        name = found.name_ms if self.words.language == "ms" else found.name_en
        filters = [
            self.words(f"formula.filter_{each}", values=f" {self.words('formula.or')} ".join(self.values(each, values)))
            for each, values in reference.filters
        ]
        return f"“{name}”" + (f" [{'; '.join(filters)}]" if filters else "")

    def values(self, name: str, values: tuple[str, ...]) -> list[str]:
        return [self.words(_FILTER_VALUES[name].format(value)) for value in values]
