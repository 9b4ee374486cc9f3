"""Keeps a form that was sent, under codes of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from registry.errors import InvalidInput
from registry.intake.codes import Codes, codes_of, secret_hash
from registry.intake.forms import Form, sent_values
from registry.refusals import refusals_named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection, TextClause
    from sqlalchemy.orm import Session

MARKS: Final = ("medan_tersembunyi", "terlalu_pantas")
"""What a form may be marked with as it comes; nothing is thrown away for it."""
_TURNS: Final = 5
_TELL: Final = text("SELECT ekasih.tell_notice(CAST(:given AS jsonb), :reference, :secret)")


def tell_notice(session: Session, form: Form, nonce: str, *, key: str) -> Codes:
    """Keep a notice of the community leader who acts; its codes, the same however often it is sent with ``nonce``.

    Raises:
        InvalidInput: the form has problems.
        NotPermitted: who acts tells of no families, or not of this district.

    """
    return keep(session, _TELL, form, nonce, key=key)


def keep(
    session: Session | Connection,
    statement: TextClause,
    form: Form,
    nonce: str,
    *,
    key: str,
    marks: Iterable[str] = (),
) -> Codes:
    """Keep a form by a statement that takes ``given``, ``reference`` and ``secret`` and says whether they stand.

    Raises:
        InvalidInput: the form has problems.

    """
    if form.problems:
        raise InvalidInput(form.problems)
    values = sent_values(form)
    given = json.dumps({**values, "marks": [mark for mark in marks if mark in MARKS]})
    # what was changed before it was sent again is another form, never one that is told it was kept
    said = json.dumps([nonce, values], sort_keys=True)
    for turn in range(_TURNS):
        codes = codes_of(form.kind, said, key=key, turn=turn)
        hashed = secret_hash(codes.reference, codes.secret, key=key)
        asked = {"given": given, "reference": codes.reference, "secret": hashed}
        with refusals_named(session):
            kept = session.execute(statement, asked).scalar_one()
        if kept:
            return codes
    raise AssertionError("five references in a row were taken")
