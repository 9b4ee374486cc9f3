"""The types of rows in ``queries/row_types``: made from the statements' headers and from what PostgreSQL answers.

``python -m tests.row_types`` writes them.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import text

from queries.statements import FOLDER, statement
from registry.installation.cluster import Cluster
from tests.databases import PROJECT, Databases, home_in_memory

if TYPE_CHECKING:
    from sqlalchemy import Connection

WRITTEN = PROJECT / "queries" / "row_types"
NAMES = sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.sql"))
_TYPES = {
    "bigint": "int",
    "bigint[]": "list[int]",
    "boolean": "bool",
    "bytea": "bytes",
    "date": "date",
    "double precision": "float",
    "double precision[]": "list[float]",
    "integer": "int",
    "jsonb": "Any",
    "numeric": "Decimal",
    "numeric[]": "list[Decimal]",
    "smallint": "int",
    "text": "str",
    "text[]": "list[str]",
    "timestamp with time zone": "datetime",
    "uuid": "UUID",
}
_IMPORTS = (("datetime", ("date", "datetime")), ("decimal", ("Decimal",)), ("uuid", ("UUID",)))


def header(name: str) -> dict[str, str]:
    """What the header of a statement says, by its words: grain, params, columns, row."""
    source = (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    found = re.findall(r"^-- (grain|params|columns|row):(.*)$", source, re.MULTILINE)
    return {key: value.strip() for key, value in found}


def listed(words: str) -> list[str]:
    """The names of a list in a header, without what is said of them in parentheses."""
    return [re.split(r"[ (]", word.strip())[0] for word in re.sub(r"\([^)]*\)", "", words).split(",") if word.strip()]


def modules(connection: Connection) -> dict[str, str]:
    """The modules as they have to be, by the name of their file."""
    subjects: dict[str, list[str]] = {}
    for name in NAMES:
        told = header(name)
        if "row" in told:
            subjects.setdefault(name.split("/")[0], []).append(_row_type(connection, name, told))
    written = {f"{subject}.py": _module(subject, types) for subject, types in subjects.items()}
    return {
        "__init__.py": '"""Rows of the statements by subject; ``python -m tests.row_types`` writes them."""\n',
        **written,
    }


def _row_type(connection: Connection, name: str, told: dict[str, str]) -> str:
    asked = statement(name)
    answer = connection.execute(asked, dict.fromkeys(asked.compile().params))
    types = dict(connection.execute(text("SELECT oid, CAST(CAST(oid AS regtype) AS text) FROM pg_type")).all())
    columns = [(column.name, _TYPES[types[column.type_code]]) for column in answer.cursor.description]
    nullable = {column[:-1] for column in listed(told["columns"]) if column.endswith("?")}
    fields = [f"    {column}: {kind}{' | None' if column in nullable else ''}" for column, kind in columns]
    grain = told["grain"].rstrip(".")
    described = f'    """``{name}.sql``: {grain}."""'
    if len(described) > 120:
        described = f'    """A row of ``{name}.sql``."""'
    return "\n".join([f"class {told['row']}(TypedDict):", described, "", *fields])


def _module(subject: str, types: list[str]) -> str:
    body = "\n\n\n".join(types)
    used = [
        (module, [name for name in names if re.search(rf": (list\[)?{name}\b", body)]) for module, names in _IMPORTS
    ]
    imports = [f"    from {module} import {', '.join(names)}" for module, names in used if names]
    typing = [*(["TYPE_CHECKING"] if imports else []), *(["Any"] if ": Any" in body else []), "TypedDict"]
    lines = [
        f'"""Rows of the statements in ``queries/sql/{subject}``; ``python -m tests.row_types`` writes this."""',
        "",
        "from __future__ import annotations",
        "",
        f"from typing import {', '.join(typing)}",
        *(["", "if TYPE_CHECKING:", *imports] if imports else []),
    ]
    return "\n".join(lines) + f"\n\n\n{body}\n"


def write() -> None:
    """Make the modules anew."""
    cluster = Cluster(home_in_memory(Path(PROJECT / ".ekasih-test")), durable=False)
    cluster.up()
    databases = Databases(cluster, worker="types")
    engine = databases.engine(databases.create(databases.template()))
    with engine.connect() as connection:
        found = modules(connection)
    engine.dispose()
    databases.close()
    shutil.rmtree(WRITTEN, ignore_errors=True)
    WRITTEN.mkdir()
    for name, source in found.items():
        (WRITTEN / name).write_text(source, encoding="utf-8")


if __name__ == "__main__":
    write()
