"""The project's own files: pinned packages say nothing of a machine, modules stay small and say what they are for."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[3]
ROOMS = ("dashboard", "geo", "layers", "poverty", "queries", "registry")
MODULES = sorted(
    path.relative_to(PROJECT)
    for room in ROOMS
    for path in (PROJECT / room).rglob("*.py")
    if "versions" not in path.parts
)
LONGEST_FILE = 400
LONGEST_FUNCTION = 40


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_pinned_packages_have_checksums_and_name_no_place(name: str) -> None:
    text = (PROJECT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|--find-links|--index|file:|^/", text, flags=re.MULTILINE)
    pins = re.split(r"\n(?=\S)", text.strip())
    assert all("==" in pin and "--hash=sha256:" in pin for pin in pins if not pin.startswith("#"))


def test_tests_run_on_the_very_versions_that_are_served() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^(\S+==\S+)", (PROJECT / name).read_text(encoding="utf-8"), flags=re.MULTILINE))

    assert pins("requirements.txt") <= pins("requirements-dev.txt")


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_says_what_it_is_for_and_stays_small(module: Path) -> None:
    source = (PROJECT / module).read_text(encoding="utf-8")
    tree = ast.parse(source)
    assert ast.get_docstring(tree), "its first line must say what it is for"
    assert len(source.splitlines()) <= LONGEST_FILE
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert not {f.name: _length(f) for f in functions if _length(f) > LONGEST_FUNCTION}


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body without the docstring, leaving out functions inside it, which are measured for themselves."""
    statements = function.body[1:] if ast.get_docstring(function) else function.body
    inner = [node for node in statements if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    if not statements:
        return 0
    whole = (statements[-1].end_lineno or 0) - statements[0].lineno + 1
    return whole - sum((node.end_lineno or 0) - node.lineno + 1 for node in inner)
