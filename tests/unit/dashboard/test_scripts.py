"""The scripts of the pages do what they say, and Python and they call each other by names that both have."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dash
import pytest

from dashboard import forgery
from registry.principals import Role
from tests.unit.dashboard.app import PEOPLE, app_for

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).resolve().parents[3]
TESTS = PROJECT / "tests" / "js"
ASSETS = PROJECT / "dashboard" / "assets"
# how a script finds an element, or a property of the app, by its id
_BY_ID = re.compile(r"""(?:getElementById|set_props|tell|status)\(\s*["']([a-z][\w-]*)["']""")
_IN_SELECTOR = re.compile(r"""(?:querySelector|querySelectorAll|closest|matches)\(\s*["'`]#([a-z][\w-]*)""")
_OF_TRIGGER = re.compile(r"""(?:includes|startsWith)\(["']([a-z]+-[\w-]+)["']\)""")
_MADE = re.compile(r"""\bid[:=]\s*["']([a-z][\w-]*)["']|\.id = ["']([a-z][\w-]*)["']""")
_MARK = re.compile(r"data-ek-[a-z-]+")
_MARK_READ = re.compile(r"\bdataset\.(ek[A-Z]\w*)")


def node(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["node", *arguments], cwd=PROJECT, capture_output=True, text=True, check=False)


@cache
def names() -> dict[str, Any]:
    """What Python may reach in the scripts by its name."""
    told = node(str(TESTS / "names.js"))
    assert told.returncode == 0, told.stderr
    found: dict[str, Any] = json.loads(told.stdout)
    return found


@cache
def scripts() -> dict[str, str]:
    """The scripts without their comments."""
    without = re.compile(r"/\*.*?\*/|^\s*//.*?$", re.DOTALL | re.MULTILINE)
    return {path.name: without.sub("", path.read_text(encoding="utf-8")) for path in (ASSETS / "js").rglob("*.js")}


@cache
def styles() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in ASSETS.rglob("*.css"))


@cache
def texts() -> frozenset[str]:
    """Every text that the pages' Python holds, the parts of those that are put together as well."""
    return frozenset(_texts())


def _texts() -> Iterator[str]:
    for room in ("dashboard", "layers"):
        for path in (PROJECT / room).rglob("*.py"):
            for part in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value
    for path in (PROJECT / "dashboard").rglob("*.html"):
        yield from re.findall(r"[\w-]+", path.read_text(encoding="utf-8"))


def test_dash_still_tells_its_store_as_mounting_js_takes_it_to() -> None:
    renderer = (Path(dash.__file__).parent / "dash-renderer" / "build" / "dash_renderer.min.js").read_text(
        encoding="utf-8"
    )
    assert {
        name
        for name in ("window.dash_stores", '"RESET_COMPONENT_STATE"', "itempath", "layoutHashes")
        if name not in renderer
    } == set()


def test_what_the_scripts_work_out_is_right() -> None:
    files = sorted(TESTS.glob("*.test.js"))
    told = node("--test", *map(str, files))
    assert told.returncode == 0, told.stdout + told.stderr
    assert re.search(r"pass [1-9]\d", told.stdout)


def test_every_clientside_function_is_there_and_every_one_there_is_called(tmp_path: Path) -> None:
    app = app_for(PEOPLE[Role.ADMINISTRATOR], tmp_path)
    with app.server.test_request_context("/"):
        app._setup_server()
    given = [entry["clientside_function"] for entry in app._callback_list if entry.get("clientside_function")]
    called = {(one["namespace"], one["function_name"]) for one in given}
    there = {(namespace, name) for namespace, found in names()["functions"].items() for name in found}
    assert called == there


def test_every_renderer_of_a_table_is_there_and_every_one_there_draws(tmp_path: Path) -> None:
    named = {text for text in texts() if re.fullmatch(r"Ek[A-Z]\w+", text)}
    assert named == set(names()["renderers"])


def test_what_the_map_calls_is_there() -> None:
    named = {text for text in texts() if re.fullmatch(r"ekasih(\.\w+)+", text)}
    assert named
    assert named - set(names()["called"]) == set()


@pytest.mark.parametrize("file", sorted(path.name for path in (ASSETS / "js").rglob("*.js")))
def test_every_id_that_a_script_looks_for_is_drawn_by_python_or_by_a_script(file: str) -> None:
    script = scripts()[file]
    wanted = {name for pattern in (_BY_ID, _IN_SELECTOR, _OF_TRIGGER) for name in pattern.findall(script)}
    made = {name for other in scripts().values() for pair in _MADE.findall(other) for name in pair if name}
    # an id that ends where its row begins is put together
    assert {name for name in wanted - made - texts() if not name.endswith("-")} == set()


def test_every_mark_that_one_side_sets_the_other_reads() -> None:
    python = {mark for text in texts() for mark in _MARK.findall(text)}
    written = {mark for script in scripts().values() for mark in _MARK.findall(script)}
    read = {mark_of(name) for script in scripts().values() for name in _MARK_READ.findall(script)}
    styled = set(_MARK.findall(styles()))
    assert python
    assert (written | read) - python - made_by_scripts() == set(), "a script reads a mark that nobody sets"
    assert python - written - read - styled == set(), "a mark is set that nobody reads"


def made_by_scripts() -> set[str]:
    """Marks that a script puts on what it draws, or on the page itself."""
    set_on = re.compile(r"""(?:(?:set|toggle)Attribute\(\s*)["'](data-ek-[a-z-]+)["']|["'](data-ek-[a-z-]+)["']\s*:""")
    put = re.compile(r"\bdataset\.(ek[A-Z]\w*)\s*=[^=]")
    found = {mark for script in scripts().values() for pair in set_on.findall(script) for mark in pair if mark}
    return found | {mark_of(name) for script in scripts().values() for name in put.findall(script)}


def mark_of(name: str) -> str:
    """The attribute that a name of ``dataset`` stands for."""
    return "data-" + re.sub(r"[A-Z]", lambda letter: "-" + letter[0].lower(), name)


def test_every_id_that_python_names_is_drawn_or_looked_for() -> None:
    modules = {path: path.read_text(encoding="utf-8") for path in (PROJECT / "dashboard").rglob("*.py")}
    everywhere = "\n".join((*scripts().values(), styles()))
    unused = set()
    for module in (path for path in modules if path.name.endswith("ids.py")):
        read = set(re.findall(r"\w+", "\n".join(said for path, said in modules.items() if path != module)))
        for statement in ast.parse(modules[module]).body:
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(value))):
                    if name not in read and value not in everywhere:
                        unused.add(f"{module.relative_to(PROJECT)}: {name}")
    assert unused == set()


def test_what_changes_something_carries_the_token() -> None:
    sends = {name: script for name, script in scripts().items() if re.search(r"method:|XMLHttpRequest", script)}
    assert {name for name, script in sends.items() if forgery.HEADER not in script} == set()
    assert forgery.COOKIE in scripts()["forgery.js"]


def test_the_apps_own_questions_carry_the_token(tmp_path: Path) -> None:
    config = app_for(PEOPLE[Role.ADMINISTRATOR], tmp_path).config
    assert (config.csrf_token_name, config.csrf_header_name) == (forgery.COOKIE, forgery.HEADER)
