"""Opens a household for a change, settles what follows from it, and tells what became of it."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, insert, text

from registry import audit
from registry.errors import NotFound, StaleRecord
from registry.households.change_payload import kind_of, payload_of
from registry.households.commands import HouseholdCommand, Saved
from registry.households.models import ChangeRequest, Household

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from sqlalchemy.orm import Session

_BRING_UP_TO_DATE = text("SELECT * FROM ekasih.reclassify(ARRAY[CAST(:id AS bigint)], :on_date, NULL)")
_DECIDE = text("SELECT * FROM ekasih.reclassify(ARRAY[CAST(:id AS bigint)], :on_date, :cause)")
_REFRESH = text("SELECT ekasih.refresh_household(:id)")
_TODAY = text("""
    SELECT greatest(current_date, max(effective_on)) FROM ekasih.status_decision WHERE household_id = :id
""")
_KEEP_PLACE = text("""
    INSERT INTO ekasih.area_history (household_id, changed_by, state_code, district_code, mukim_code, strata, geom,
        geom_method, geom_accuracy_m)
    SELECT id, ekasih.acting_login(), state_code, district_code, mukim_code, strata, geom, geom_method, geom_accuracy_m
    FROM ekasih.household WHERE id = :id
""")
_CLOSE_FLAGS = text("""
    UPDATE ekasih.quality_flag SET resolved_at = now(), resolved_by = ekasih.acting_login()
    WHERE household_id = :id AND code = ANY (:codes) AND member_no IS NOT DISTINCT FROM CAST(:member_no AS smallint)
        AND resolved_at IS NULL
""")
_RAISE_FLAG = text("""
    INSERT INTO ekasih.quality_flag (household_id, district_code, member_no, code)
    SELECT h.id, h.district_code, CAST(:member_no AS smallint), :code
    FROM ekasih.household AS h
    WHERE h.id = :id AND NOT EXISTS (
        SELECT FROM ekasih.quality_flag AS f
        WHERE f.household_id = h.id AND f.code = :code AND f.resolved_at IS NULL
            AND f.member_no IS NOT DISTINCT FROM CAST(:member_no AS smallint))
""")
_MAY = text("SELECT ekasih.acting_user() IS NULL OR ekasih.may(:permission)")
_WRITE_BY = text("SELECT ekasih.write_by(:permission)")
_KEEP_BASELINE = text("SELECT ekasih.keep_baseline(ARRAY[CAST(:id AS bigint)])")
_KEEP_VERSION = text("SELECT ekasih.keep_versions(ARRAY[CAST(:id AS bigint)], :on_date, :cause, ekasih.acting_login())")
_KEEP_CORRECTION = text("SELECT ekasih.keep_correction(:id, :on_date, :cause, ekasih.acting_login())")
_ON_BEHALF = "ekasih.on_behalf"


@contextmanager
def on_behalf(session: Session) -> Iterator[None]:
    """Changes that follow from what somebody else asked for: an approved request, or a decision on a case.

    Who acts needs no permission to edit then (the database judges the decision itself), and no request of its own is
    written down.
    """
    before = session.info.get(_ON_BEHALF, False)
    session.info[_ON_BEHALF] = True
    try:
        yield
    finally:
        session.info[_ON_BEHALF] = before


class Change:
    """One change to one household, from the lock on its row to what it did.

    ``permission`` is what who acts needs to make it at once; :func:`on_behalf` of a request nothing is needed.

    Raises:
        NotFound: there is no such household, or not for editing by who acts.
        StaleRecord: someone changed it since ``command.version``; ``values`` holds ``version`` and ``at``.

    """

    def __init__(self, session: Session, command: HouseholdCommand, *, permission: str = "edit_households") -> None:
        self._direct = not session.info.get(_ON_BEHALF, False)
        if self._direct:
            if not session.scalar(_MAY, {"permission": permission}):
                raise NotFound
            session.execute(_WRITE_BY, {"permission": permission})
        found = session.get(Household, command.household_id, with_for_update=True, populate_existing=True)
        if found is None:
            raise NotFound
        if found.version != command.version:
            raise StaleRecord(version=found.version, at=found.updated_at)
        session.execute(_KEEP_BASELINE, {"id": found.id})
        self.session = session
        self.command = command
        self.household = found
        self.on_date: date = session.scalar(_TODAY, {"id": found.id})
        self._before = (found.status, found.per_capita_rm)
        self._decided = False
        self._was: dict[str, Any] = {}
        self._is: dict[str, Any] = {}

    def bring_line_up_to_date(self) -> None:
        """Decide by the line in force now, before anything is changed, so that line and change stay two decisions."""
        self._reclassified(self.session.execute(_BRING_UP_TO_DATE, {"id": self.household.id, "on_date": self.on_date}))

    def assign(self, target: object, values: Mapping[str, Any], *, member_no: int | None = None) -> bool:
        """Set what differs on a household or a person, remembering both; whether anything did."""
        differs = False
        for name, value in values.items():
            old = getattr(target, name)
            if old != value:
                setattr(target, name, value)
                self.note(name, old, value, member_no=member_no)
                differs = True
        return differs

    def note(self, name: str, was: Any, now: Any, *, member_no: int | None = None) -> None:
        """Remember that a field differs, for the audit log."""
        key = name if member_no is None else f"{member_no}.{name}"
        self._was[key] = was
        self._is[key] = now

    @property
    def changed(self) -> bool:
        """Whether anything differs so far."""
        return bool(self._is)

    def refresh(self) -> None:
        """Work out again what follows from persons and incomes."""
        self.session.flush()
        self.session.execute(_REFRESH, {"id": self.household.id})
        self.session.refresh(self.household)

    def decide(self, cause: str) -> None:
        """Decide the status again and keep the decision, with the change as its cause."""
        self.session.flush()
        parameters = {"id": self.household.id, "on_date": self.on_date, "cause": cause}
        self._reclassified(self.session.execute(_DECIDE, parameters))

    def keep_place(self) -> None:
        """Keep where the household is from now on in its history."""
        self.session.flush()
        self.session.execute(_KEEP_PLACE, {"id": self.household.id})

    def settle_flags(self, *, checked: tuple[str, ...], found: tuple[str, ...], member_no: int | None = None) -> None:
        """Close the open flags among ``checked`` that no longer hold and raise those ``found``."""
        self.session.flush()
        gone = [code for code in checked if code not in found]
        same = {"id": self.household.id, "member_no": member_no}
        self.session.execute(_CLOSE_FLAGS, {**same, "codes": gone})
        for code in found:
            self.session.execute(_RAISE_FLAG, {**same, "code": code})

    def finish(self, action: str, *, correction: bool = False) -> Saved:
        """Write the new version and the audit entry; a change that changed nothing leaves both alone.

        A ``correction`` says that the incomes on record were wrong as long as they stood, not that they changed.
        """
        if self.changed:
            self.household.version += 1
            self.household.updated_at = datetime.now(UTC)
            self.household.updated_by = str(self.session.scalar(text("SELECT ekasih.acting_login()")))
            audit.record(
                self.session,
                action,
                subject="household",
                subject_id=self.household.id,
                district_code=self.household.district_code,
                before=self._was,
                after=self._is,
            )
            kept = {"id": self.household.id, "on_date": self.on_date, "cause": action}
            self.session.execute(_KEEP_CORRECTION if correction else _KEEP_VERSION, kept)
        return self._closed()

    def taken_over(self, *, before: Mapping[str, Any], after: Mapping[str, Any]) -> Saved:
        """Close a change that the database has made, versioned and audited by itself, from what to what."""
        self.session.refresh(self.household)
        self._was, self._is = dict(before), dict(after)
        return self._closed()

    def _closed(self) -> Saved:
        saved = self._saved()
        if self.changed and self._direct:
            self._write_down(saved)
        return saved

    def _saved(self) -> Saved:
        status, per_capita = self._before
        return Saved(
            household_id=self.household.id,
            version=self.household.version,
            changed=tuple(self._is),
            status_before=status,
            status_after=self.household.status,
            per_capita_before_rm=per_capita,
            per_capita_after_rm=self.household.per_capita_rm,
            decided=self._decided,
        )

    def _write_down(self, saved: Saved) -> None:
        """Keep a change made at once as a request that needed nobody else."""
        values = {
            "household_id": self.household.id,
            "district_code": self.household.district_code,
            "kind": kind_of(self.command),
            "payload": payload_of(self.command),
            "seen_version": self.command.version,
            "before": audit.plain(self._was),
            "after": audit.plain(self._is),
            "effect": effect_of(saved),
        }
        self.session.execute(insert(ChangeRequest).values(**values, state="approved", direct=True))

    def _reclassified(self, result: Any) -> None:
        rows: list[Row[Any]] = list(result)
        if rows:
            self._decided = True
            self.session.refresh(self.household)


def effect_of(saved: Saved) -> dict[str, Any]:
    """What a change did to the status, as a request keeps it."""
    return audit.plain(
        {
            "status_before": saved.status_before,
            "status_after": saved.status_after,
            "per_capita_before_rm": saved.per_capita_before_rm,
            "per_capita_after_rm": saved.per_capita_after_rm,
            "decided": saved.decided,
        }
    )
