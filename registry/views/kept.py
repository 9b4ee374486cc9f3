"""Keeps views of pages under a name, what is shown one after the other, and where somebody starts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from registry import audit
from registry.errors import InvalidInput, NotFound
from registry.refusals import refusals_named
from registry.views.models import LONGEST_NAME, LONGEST_PATH, MOST_VIEWS, SHARED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

IDENTITY: Final = re.compile(r"(?:[0-9][ -]*){12}")
"""What could be the number of an identity card, however it is written."""
_OWN_PATH: Final = re.compile(r"/(?:[^/\\\x00-\x1f\x7f][^\\\x00-\x1f\x7f]*)?")
_MINE: Final = "acting_user(), acting_role(), own_office_key()"
_KEEP: Final = text(f"""
    INSERT INTO saved_view (name, path, shared, owner_id, role, office) SELECT :name, :path, :shared, {_MINE}
    RETURNING id
""")
_CHANGE: Final = text("""
    UPDATE saved_view SET name = :name, shared = :shared WHERE id = :view AND owner_id = acting_user() RETURNING id
""")
_DROP: Final = text("DELETE FROM saved_view WHERE id = :view AND owner_id = acting_user() RETURNING name")
_HOME: Final = text("""
    INSERT INTO saved_home (user_id, view_id) SELECT acting_user(), v.id FROM saved_view AS v WHERE v.id = :view
    ON CONFLICT (user_id) DO UPDATE SET view_id = excluded.view_id
    RETURNING view_id
""")
_NO_HOME: Final = text("DELETE FROM saved_home WHERE user_id = acting_user() RETURNING view_id")
_SEEN: Final = text("SELECT count(*) FROM saved_view WHERE id = ANY (CAST(:views AS bigint[]))")
_ARRANGE: Final = text(f"""
    INSERT INTO presentation (name, views, shared, owner_id, role, office)
    SELECT :name, CAST(:views AS bigint[]), :shared, {_MINE}
    RETURNING id
""")
_REARRANGE: Final = text("""
    UPDATE presentation SET name = :name, views = CAST(:views AS bigint[]), shared = :shared
    WHERE id = :presentation AND owner_id = acting_user() RETURNING id
""")
_TAKE_DOWN: Final = text(
    "DELETE FROM presentation WHERE id = :presentation AND owner_id = acting_user() RETURNING name"
)


def keep_view(session: Session, *, name: str, path: str, shared: str) -> int:
    """Keep the address of a page under a name; its number.

    Raises:
        InvalidInput: no name, one too long or with the number of an identity card in it; an address not of this site.

    """
    values = _named(name, shared)
    wrong = {}
    if not _OWN_PATH.fullmatch(path) or len(path) > LONGEST_PATH:
        wrong["path"] = "view_path"
    elif IDENTITY.search(path):
        wrong["path"] = "digits"
    if wrong:
        raise InvalidInput(wrong)
    with refusals_named(session):
        view = int(session.execute(_KEEP, {**values, "path": path}).scalar_one())
    _note(session, "save_view", "saved_view", view, after={**values, "path": path})
    return view


def change_view(session: Session, view: int, *, name: str, shared: str) -> None:
    """Call an own view otherwise, or share it otherwise.

    Raises:
        InvalidInput: as :func:`keep_view`.
        NotFound: there is no such view of who acts.

    """
    values = _named(name, shared)
    _found(session, _CHANGE, {**values, "view": view})
    _note(session, "change_view", "saved_view", view, after=values)


def drop_view(session: Session, view: int) -> None:
    """Take away an own view; who started there starts where their role does.

    Raises:
        NotFound: there is no such view of who acts.

    """
    name = _found(session, _DROP, {"view": view})
    _note(session, "drop_view", "saved_view", view, before={"name": name})


def start_at(session: Session, view: int | None) -> None:
    """Come to a view after signing in; ``None``: where the role starts.

    Raises:
        NotFound: there is no such view for who acts.

    """
    if view is None:
        before = session.execute(_NO_HOME).scalar()
        if before is not None:
            _note(session, "set_home", "saved_view", int(before), after={"home": False})
        return
    _found(session, _HOME, {"view": view})
    _note(session, "set_home", "saved_view", view, after={"home": True})


def arrange(session: Session, *, name: str, views: Sequence[int], shared: str, presentation: int | None = None) -> int:
    """Put views in the order in which they are shown, anew or in place of what an own presentation had; its number.

    Raises:
        InvalidInput: as :func:`keep_view`; no views, too many, or one that who acts does not see.
        NotFound: there is no such presentation of who acts.

    """
    values: dict[str, Any] = {**_named(name, shared), "views": list(views)}
    if not 0 < len(views) <= MOST_VIEWS or session.scalar(_SEEN, {"views": list(views)}) != len(set(views)):
        raise InvalidInput({"views": "choice"})
    if presentation is None:
        number = _found(session, _ARRANGE, values)
    else:
        number = _found(session, _REARRANGE, {**values, "presentation": presentation})
    _note(session, "save_presentation", "presentation", int(number), after=values)
    return int(number)


def take_down(session: Session, presentation: int) -> None:
    """Take away an own presentation; its views stay.

    Raises:
        NotFound: there is no such presentation of who acts.

    """
    name = _found(session, _TAKE_DOWN, {"presentation": presentation})
    _note(session, "drop_presentation", "presentation", presentation, before={"name": name})


def _named(name: str, shared: str) -> dict[str, Any]:
    plain = " ".join(name.split())
    wrong = {}
    if not plain:
        wrong["name"] = "required"
    elif len(plain) > LONGEST_NAME:
        wrong["name"] = "too_long"
    elif IDENTITY.search(plain):
        wrong["name"] = "digits"
    if shared not in SHARED:
        wrong["shared"] = "choice"
    if wrong:
        raise InvalidInput(wrong)
    return {"name": plain, "shared": shared}


def _found(session: Session, statement: Any, values: dict[str, Any]) -> Any:
    with refusals_named(session):
        found = session.execute(statement, values).scalar()
    if found is None:
        raise NotFound
    return found


def _note(session: Session, action: str, subject: str, number: int, **told: Any) -> None:
    audit.record(session, action, subject=subject, subject_id=number, district_code=None, **told)
