"""The auditor's page: who did or read what and when, and whether the chain of the log holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, ctx, dcc, html, no_update

from dashboard.components.days import beside_day
from dashboard.components.forms import ASKS
from dashboard.components.sortable import sortable
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.audit import ids
from dashboard.pages.audit.texts import action_text, fields_text
from dashboard.sent.kinds import Code, Ends, Number, Scalar, View
from dashboard.taking import TableAsked, file_buttons, file_to_keep, kind_pressed
from layers import numbers
from queries import oversight
from queries.oversight import MOST_COUNTED, Entries
from registry.audit.chain import verify
from registry.audit.reads import keyed_hash, write_down_sights
from registry.audit.seals import SealBook, SealKey, first_broken_seal_for
from registry.db import FILE, WHOLE
from registry.errors import InvalidInput
from registry.households.checking import household_of_log, households_of_log
from registry.households.typed_values import day_of
from registry.principals import Permission
from registry.refusals import TooManyChecks

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps, Reads
    from queries.row_types.oversight import ChainRow, EntryRow
    from reports.spreadsheet import Cell
    from words import Words

PATH: Final = "/audit"
MOST_VERIFIED: Final = 10_000_000
PAGE_ROWS: Final = 100
MOST_IN_FILE: Final = 50_000
_COLUMNS: Final = ("at", "actor", "action", "subject", "district", "source", "fields")
_UNSPELT: Final = {"input": {"autoComplete": "off", "spellCheck": "false"}}
_ASKED: Final = (ids.FILE_NO, ids.NUMBER, ids.NAME, ids.SINCE, ids.UNTIL, ids.PERSON, ids.ACTION, ids.AREA)


def _asked_about(deps: Deps, file_no: object, number: object, name: object, *inputs: Code | None) -> Entries | None:
    """What the fields ask for; ``None`` where they name a household or a person that is not within reach.

    Raises:
        TooManyChecks: too many persons were asked for.
        InvalidInput: a name is too short to be looked for.

    """
    asked, told = asked_of(*inputs), [str(one or "").strip() for one in (file_no, number, name)]
    with deps.writing() as session:
        write_down_sights(session)
        found: list[set[int]] = []
        if any(told[:2]):
            one = household_of_log(session, file_no=told[0], id_no=told[1])
            found.append(set() if one is None else {one})
        if told[2]:
            found.append(set(households_of_log(session, name=told[2])))
    if not found:
        return asked
    about = set.intersection(*found)
    return replace(asked, about=tuple(sorted(about))) if about else None


def asked_of(since: object, until: object, person: object, done: object, district: object) -> Entries:
    """What the fields ask for but the household; an empty field is all."""
    return Entries(
        since=day_of(since),
        until=day_of(until),
        person=str(person or "").strip().lower() or None,
        done=str(done) if done else None,
        district=str(district) if district else None,
    )


def layout(**_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=trail_of("audit"), data=[{"label": words("nav.audit")}]),
            dcc.Store(id=ids.PAGE, data=[]),
            dcc.Store(id=ids.COUNTED),
            dcc.Download(id=ids.FILE),
            html.H1(words("nav.audit")),
            html.P(words("audit.lead"), className="ek-lead"),
            _chain_panel(words),
            _filters(words),
            html.Section(
                [
                    html.P(id=ids.NOTE, role="status"),
                    html.Div(id=ids.ENTRIES),
                    html.Div(
                        [_button(ids.LATER, "audit.later", words), _button(ids.EARLIER, "audit.earlier", words)],
                        className="ek-admin-buttons",
                    ),
                ],
                className="ek-panel",
            ),
        ],
        className="ek-page ek-admin",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    _listing(app, deps)
    _chaining(app, deps)
    _exporting(app, deps)


def _listing(app: Dash, deps: Deps) -> None:
    @app.callback(Output(ids.ACTION, "data"), Output(ids.AREA, "data"), Input(ids.SHOW, "id"))
    @requires(Permission.READ_AUDIT)
    def offer(_once: object) -> tuple[object, object]:
        words = current_words()
        with deps.reading() as conn:
            known, areas = oversight.actions(conn), oversight.areas(conn)
        groups: dict[str, list[dict[str, str]]] = {}
        for row in areas:
            if row["level"] == "district":
                groups.setdefault(row["state_name"], []).append({"value": row["code"], "label": row["name"]})
        actions = [{"value": name, "label": action_text(name, words)} for name in known]
        return actions, [{"group": state, "items": items} for state, items in groups.items()]

    @app.callback(
        Output(ids.ENTRIES, "children"),
        Output(ids.NOTE, "children"),
        Output(ids.PAGE, "data"),
        Output(ids.LATER, "disabled"),
        Output(ids.EARLIER, "disabled"),
        Output(ids.COUNTED, "data"),
        *(Input(name, "n_clicks") for name in (ids.SHOW, ids.LATER, ids.EARLIER)),
        State(ids.PAGE, "data"),
        State(ids.COUNTED, "data"),
        *(State(name, "value") for name in _ASKED),
    )
    @requires(Permission.READ_AUDIT)
    def show(
        _show: object,
        _later: object,
        _earlier: object,
        ends: Ends | None,
        counted: View | None,
        *inputs: Code | None,
    ) -> tuple[object, ...]:
        words, pages = current_words(), ends or []
        # a page ends with an entry, and the next one begins behind it
        turned = {ids.LATER: pages[:-2], ids.EARLIER: pages}
        before = turned.get(str(ctx.triggered_id), [])
        known = counted if ctx.triggered_id in turned else None
        try:
            asked = _asked_about(deps, *inputs)
        except (TooManyChecks, InvalidInput) as refusal:
            key = f"error.{TooManyChecks.key}" if isinstance(refusal, TooManyChecks) else "audit.name_too_short"
            return html.P(words(key), role="alert"), None, [], True, True, None
        if asked is None:
            return html.P(words("audit.none")), None, [], True, True, None
        with deps.reading() as conn:
            found = oversight.entries(conn, asked, limit=PAGE_ROWS + 1, before=before[-1] if before else None)
            total, kept = _counted(conn, asked, known or {}, secret=deps.settings.secret_key)
        shown, page = found[:PAGE_ROWS], len(before)
        after = [*before, shown[-1]["entry_id"]] if shown else before
        note = _note(page, len(shown), total, words)
        return _entries(shown, total, words), note, after, page == 0, len(found) <= PAGE_ROWS, kept


def _counted(conn: Reads, asked: Entries, kept: View, *, secret: str) -> tuple[int, View]:
    """How many entries a question has, and that to be kept: counting costs as much as reading all that is counted."""
    of, total = keyed_hash(repr(asked), secret=secret), kept.get("total")
    if kept.get("of") != of or not isinstance(total, int):
        total = oversight.count(conn, asked)
    return total, {"of": of, "total": total}


def _chaining(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.CHAIN, "children"),
        Input(ids.VERIFY_NEWEST, "n_clicks"),
        Input(ids.VERIFY_ALL, "n_clicks"),
        State(ids.NEWEST, "value"),
        running=[
            (Output(ids.VERIFY_NEWEST, "disabled"), True, False),
            (Output(ids.VERIFY_ALL, "disabled"), True, False),
        ],
    )
    @requires(Permission.READ_AUDIT)
    def check(_newest: object, _all: object, count: Scalar) -> Any:
        if ctx.triggered_id:
            asked = int(count) if isinstance(count, int | float) else 1
            newest = None if ctx.triggered_id == ids.VERIFY_ALL else max(1, min(asked, MOST_VERIFIED))
            key, book = SealKey(deps.settings.audit_key), SealBook(deps.settings.seal_book)
            with deps.writing(patience=WHOLE) as session:
                broken_seal = first_broken_seal_for(session, key, book, newest=newest)
                verify(session, newest=newest, broken_seal=broken_seal)
        with deps.reading() as conn:
            state = oversight.chain_state(conn)
        return _chain(state, current_words()) if state else no_update


def _exporting(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.FILE, "data"),
        Input(ids.CSV, "n_clicks"),
        Input(ids.XLSX, "n_clicks"),
        *(State(name, "value") for name in _ASKED),
        prevent_initial_call=True,
        running=[(Output(name, "disabled"), True, False) for name in (ids.CSV, ids.XLSX)],
    )
    @requires(Permission.READ_AUDIT)
    @limited(DOWNLOADS)
    def export(csv: Number | None, xlsx: Number | None, *inputs: Code | None) -> Any:
        if not csv and not xlsx:
            return no_update
        words, kind = current_words(), kind_pressed(ids.XLSX)
        try:
            asked = _asked_about(deps, *inputs)
        except InvalidInput:
            return no_update
        if asked is None:
            return no_update
        with deps.reading(patience=FILE) as conn:
            found = oversight.entries(conn, asked, limit=MOST_IN_FILE)
        facts: dict[str, Any] = {"rows": len(found), "since": asked.since, "until": asked.until, "done": asked.done}
        facts |= {"district": asked.district, "households": asked.about}
        deps.note_read("export", subject="audit", facts=facts)
        heads = [words(f"audit.column_{name}") for name in _COLUMNS]
        file = TableAsked(kind, "ekasih-audit", words("nav.audit"))
        return file_to_keep(file, heads, written_out(found, words), words)


def written_out(found: list[EntryRow], words: Words) -> list[list[Cell]]:
    """The entries as the rows of a file: the moment is one."""
    return [[row["at"], *_cells(row, words)[1:]] for row in found]


def _cells(row: EntryRow, words: Words) -> tuple[str, ...]:
    number = row["file_no"] or row["subject_id"]
    key = f"audit.subject_{row['subject']}"
    subject = words(key) if words.has(key) else str(row["subject"])
    return (
        numbers.moment(row["at"]),
        row["actor"],
        action_text(row["action"], words),
        subject if number is None else f"{subject} {number}",
        row["district_name"] or "",
        words(f"audit.source_{row['source']}") if row["source"] else "",
        fields_text(row, words),
    )


def _entries(found: list[EntryRow], total: int, words: Words) -> Component:
    if not found:
        return html.P(words("audit.none"))
    head = [words(f"audit.column_{name}") for name in _COLUMNS]
    return sortable(
        head, [_cells(row, words) for row in found], words, name="audit", label=words("nav.audit"), total=total
    )


def _note(page: int, shown: int, total: int, words: Words) -> str:
    first = page * PAGE_ROWS
    message = numbers.count(min(total, MOST_COUNTED))
    many = words("audit.more_than", total=message) if total > MOST_COUNTED else message
    return words(
        "audit.shown", first=numbers.count(first + min(1, shown)), last=numbers.count(first + shown), total=many
    )


def _chain(state: ChainRow, words: Words) -> list[Component]:
    if state["verified_at"] is None:
        verdict = html.P(words("audit.never_verified"))
    elif state["reason"] is None:
        texts = {"at": numbers.moment(state["verified_at"]), "links": numbers.count(state["verified_links"])}
        verdict = html.P(words("audit.holds", **texts), className="ek-admin-done")
    else:
        texts = {"at": numbers.moment(state["verified_at"]), "link": str(state["broken_link"] or "–")}  # noqa: RUF001
        verdict = html.P(words("audit.broken", **texts), className="ek-admin-refused", role="alert")
    return [
        verdict,
        html.P(words("audit.links", n=numbers.count(state["links"]))),
        html.P(_sealed(state, words)),
        html.P([words("audit.newest_hash"), " ", html.Code(state["hash"] or "–", className="ek-admin-hash")]),  # noqa: RUF001
    ]


def _sealed(state: ChainRow, words: Words) -> str:
    """How far the chain is sealed with the key that is outside the database."""
    if state["sealed_link"] is None:
        return words("audit.never_sealed")
    newer = numbers.count(state["links"] - state["sealed_link"])
    return words(
        "audit.sealed", link=numbers.count(state["sealed_link"]), at=numbers.moment(state["sealed_at"]), n=newer
    )


def _chain_panel(words: Words) -> Component:
    return html.Section(
        [
            html.H2(words("audit.chain")),
            html.Div(id=ids.CHAIN, role="status"),
            html.Div(
                [
                    dmc.NumberInput(id=ids.NEWEST, label=words("audit.newest"), value=1000, min=1, allowDecimal=False),
                    _button(ids.VERIFY_NEWEST, "audit.verify_newest", words),
                    _button(ids.VERIFY_ALL, "audit.verify_all", words),
                ],
                className="ek-admin-buttons",
            ),
        ],
        className="ek-panel",
        **ASKS,
    )


def _filters(words: Words) -> Component:
    def select(name: str, key: str) -> Any:
        return dmc.Select(
            id=name,
            label=words(key),
            data=[],
            searchable=True,
            clearable=True,
            placeholder=words("search.all"),
            nothingFoundMessage=words("form.no_match"),
            clearButtonProps={"aria-label": words("form.clear"), "tabIndex": -1},
        )

    return html.Section(
        [
            html.Div(
                [
                    dmc.TextInput(id=ids.FILE_NO, label=words("audit.file_no"), attributes=_UNSPELT),
                    dmc.TextInput(
                        id=ids.NUMBER,
                        label=words("audit.number"),
                        description=words("audit.number_hint"),
                        attributes=_UNSPELT,
                    ),
                    dmc.TextInput(
                        id=ids.NAME,
                        label=words("audit.name"),
                        description=words("audit.number_hint"),
                        attributes=_UNSPELT,
                    ),
                    dmc.TextInput(id=ids.SINCE, label=words("audit.since"), **beside_day(words("audit.since"), words)),
                    dmc.TextInput(id=ids.UNTIL, label=words("audit.until"), **beside_day(words("audit.until"), words)),
                    dmc.TextInput(id=ids.PERSON, label=words("audit.person")),
                    select(ids.ACTION, "audit.column_action"),
                    select(ids.AREA, "audit.column_district"),
                ],
                className="ek-admin-form",
            ),
            html.Div(
                [_button(ids.SHOW, "audit.show", words), *file_buttons(ids.CSV, ids.XLSX, words)],
                className="ek-admin-buttons",
            ),
        ],
        className="ek-panel",
        **ASKS,
    )


def _button(name: str, key: str, words: Words) -> Component:
    return html.Button(words(key), id=name, type="button", className="ek-button")
