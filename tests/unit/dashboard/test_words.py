"""Every text is in both catalogues, says the same things, and is used; none is written into the program."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from dashboard.pages.audit.texts import action_text
from registry.audit import ACTIONS
from words import CATALOGUES as FOLDERS
from words import LANGUAGES, UnknownWords, read_catalogue, words_of

PROJECT = Path(__file__).resolve().parents[3]
BY_SUBJECT = {
    language: {path.stem: read_catalogue(path) for path in sorted((FOLDERS / language).glob("*.po"))}
    for language in LANGUAGES
}
CATALOGUES = {
    language: {key: forms for subject in subjects.values() for key, forms in subject.items()}
    for language, subjects in BY_SUBJECT.items()
}
# Rooms whose code asks for words by key; poverty and registry name keys that dashboard and layers look up.
ROOMS = ("api", "dashboard", "layers", "poverty", "registry", "reports")

# Keyword arguments and components whose text people read.
SHOWN_ARGUMENTS = frozenset({
    "label", "title", "placeholder", "description", "alt", "children", "error", "text", "aria-label", "message", "hint",
    "nothingFoundMessage", "headerName", "tooltip", "summary",
})  # fmt: skip
# Names that are the same in every language.
SAME_EVERYWHERE = frozenset({"eKasih", "RM", "KIR", "AIR", "PGK", "CSV", "HTML", "GeoJSON"})


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


def sources() -> list[Path]:
    files = [path for room in ROOMS for path in (PROJECT / room).rglob("*") if path.suffix in {".py", ".html"}]
    return [path for path in files if "migrations" not in path.parts]


def test_both_catalogues_hold_the_same_keys() -> None:
    assert set(CATALOGUES["ms"]) == set(CATALOGUES["en"])


def test_a_text_stands_in_one_catalogue_of_the_same_subject_in_both_languages() -> None:
    assert BY_SUBJECT["ms"].keys() == BY_SUBJECT["en"].keys()
    assert all(BY_SUBJECT["ms"][subject].keys() == BY_SUBJECT["en"][subject].keys() for subject in BY_SUBJECT["ms"])
    assert sum(map(len, BY_SUBJECT["ms"].values())) == len(CATALOGUES["ms"])


@pytest.mark.parametrize("path", sorted(FOLDERS.glob("*/*.po")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_catalogue_is_sorted_and_holds_each_text_once(path: Path) -> None:
    keys = re.findall(r'^msgid "(.+)"$', path.read_text(encoding="utf-8"), re.MULTILINE)
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty(language: str) -> None:
    assert [key for key, forms in CATALOGUES[language].items() if not all(form.strip() for form in forms)] == []


def test_both_languages_fill_in_the_same_values() -> None:
    different = [
        key
        for key, forms in CATALOGUES["ms"].items()
        if placeholders(forms[-1]) != placeholders(CATALOGUES["en"].get(key, ("",))[-1])
    ]
    assert different == []


def test_every_text_is_used() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources())
    literals = set(re.findall(r"[a-z0-9_]+(?:\.[a-z0-9_]+)+", code))
    patterns = [
        re.compile(re.sub(r"\\{[^{}]*\\}|\{[^{}]*\}", r"[a-z0-9_.]+", re.sub(r"\.", r"\\.", pattern)))
        for pattern in set(re.findall(r"f[\"']([a-z0-9_.]*\.?\{[^\"'\n]*?\}[a-z0-9_.{}]*)[\"']", code))
        if "." in re.sub(r"\{[^{}]*\}", "", pattern)
    ]
    unused = [
        key for key in CATALOGUES["ms"] if key not in literals and not any(form.fullmatch(key) for form in patterns)
    ]
    assert unused == []


def asked_keys(path: Path) -> set[str]:
    """The keys that ``words("…")`` and ``words.n("…")`` ask for by name in a module."""
    keys = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func
        name = called.value if isinstance(called, ast.Attribute) and called.attr == "n" else called
        is_words = (isinstance(name, ast.Name) and name.id == "words") or (
            isinstance(name, ast.Call) and isinstance(name.func, ast.Name) and name.func.id == "current_words"
        )
        first = node.args[0]
        if is_words and isinstance(first, ast.Constant) and isinstance(first.value, str):
            keys.add(first.value)
    return keys


@pytest.mark.parametrize("room", ["dashboard", "layers"])
def test_every_text_that_is_asked_for_is_in_the_catalogues(room: str) -> None:
    asked = {key for path in (PROJECT / room).rglob("*.py") for key in asked_keys(path)}
    assert asked - set(CATALOGUES["ms"]) == set()


def test_templates_ask_for_texts_that_are_in_the_catalogues() -> None:
    pages = "\n".join(path.read_text(encoding="utf-8") for path in (PROJECT / "dashboard").rglob("*.html"))
    asked = set(re.findall(r"words(?:\.n)?\([\"']([^\"']+)[\"'] *[,)]", pages))
    assert asked
    assert asked - set(CATALOGUES["ms"]) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_auditors_have_words_for_everything_that_can_be_done(language: str) -> None:
    said = {action: action_text(action, words_of(language)) for action in ACTIONS}
    assert [action for action, words in said.items() if words == action] == []


def reads_like_words(text: str) -> bool:
    """Whether a string is something people would read: a word with a capital, or several words."""
    if text in SAME_EVERYWHERE or not re.search(r"[A-Za-z]{2}", text):
        return False
    return bool(re.fullmatch(r"[A-Z][a-z]+.*|.*[a-z]+ [a-z]+.*", text, re.DOTALL))


def written_in(path: Path) -> list[str]:
    """Strings handed to components of a module as what they show."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        is_component = (
            isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and (node.func.value.id in {"html", "dcc", "dmc", "dl", "dag"})
        )
        shown = [keyword.value for keyword in node.keywords if keyword.arg in SHOWN_ARGUMENTS]
        if is_component:
            shown += node.args
        for value in shown:
            parts = value.elts if isinstance(value, ast.List) else [value]
            found += [
                f"{path.relative_to(PROJECT)}:{part.lineno} {part.value}"
                for part in parts
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and reads_like_words(part.value)
            ]
    return found


def test_no_text_is_written_into_the_program() -> None:
    modules = [
        *(PROJECT / "dashboard").rglob("*.py"),
        PROJECT / "layers" / "screen.py",
        PROJECT / "layers" / "charts.py",
    ]
    assert [place for path in modules for place in written_in(path)] == []


def test_no_text_is_written_into_the_templates() -> None:
    found = []
    for path in (PROJECT / "dashboard" / "templates").rglob("*.html"):
        text = re.sub(
            r"{{.*?}}|{%.*?%}|{#.*?#}|<style.*?</style>|<[^>]*>", " ", path.read_text("utf-8"), flags=re.DOTALL
        )
        found += [
            f"{path.name}: {words}"
            for words in re.findall(r"[A-Za-z][A-Za-z ]+", text)
            if reads_like_words(words.strip())
        ]
    assert found == []


def test_a_text_asked_for_without_values_keeps_its_placeholders() -> None:
    assert words_of("en")("map.ranking") == "rank {rank} of {n}"


def test_one_and_many_are_told_apart_where_the_language_does() -> None:
    words = words_of("en")
    assert words.n("legend.areas", 1200).startswith("1,200")


def test_an_unknown_text_is_an_error_in_tests() -> None:
    with pytest.warns(UnknownWords):
        words_of("ms")("no.such.text")
