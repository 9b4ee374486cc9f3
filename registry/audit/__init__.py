"""Writes who changed what, and sees to it that a submit sent twice is carried out once."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from registry.audit.models import AuditEntry, IdempotencyKey

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy.orm import Session

_ACTOR = text("SELECT ekasih.acting_user() AS id, ekasih.acting_login() AS login")
_TAKE_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended(:key, :user_id))")


ACTIONS: Final = frozenset(
    {
        # households
        "register_household", "edit_dwelling", "edit_assets", "edit_location", "edit_member", "edit_education",
        "edit_work", "edit_health", "edit_income", "add_member", "remove_member", "change_head", "move", "add_aid",
        "remove_aid", "exit", "reinstate", "confirm_odd_data", "merge_household", "undo_merge", "mark_different",
        "compare_duplicates", "reveal_id", "export_record", "request_change", "change_approved",
        "change_refused", "change_withdrawn", "change_stale", "import", "freeze_cohort",
        # poverty lines and the rule
        "set_targets", "share_targets", "propose_targets", "approve_targets", "refuse_targets", "withdraw_targets",
        "adopt_line", "set_rule", "add_line", "remove_line", "ask_line_change",
        "define_kpi", "withdraw_line_change", "add_mpi_structure",
        "take_alert", "change_alert_rule",
        # cases, visits, meetings
        "open_case", "save_form", "submit", "assign", "reassign", "visit", "record_visit", "add_photograph",
        "recommend", "approve", "reject", "return", "send_back", "withdraw", "fall_due", "accept_new", "same", "refuse",
        "settle", "plan_meeting", "edit_meeting", "draw_agenda", "take_off_agenda", "decide_items", "close_meeting",
        # cards
        "ask_for_cards", "request_cards", "approve_cards", "refuse_cards", "issue_cards", "issue_card", "print_card",
        "replace_card", "withdraw_card", "open_card",
        # applications for aid
        "open_application", "edit_application", "move_application",
        # projects
        "open_project", "move_project", "place_project", "report_project", "judge_report", "add_project_photo",
        "join_project", "note_defect", "mend_defect", "save_project_type", "add_project_rate", "save_contractor",
        # deliveries
        "upload_delivery", "try_delivery", "import_delivery", "discard_delivery",
        # the money of aid
        "post_entry", "set_payee", "verify_payee", "make_payments", "release_payments", "call_off_payments",
        "take_answers",
        # target groups
        "make_target", "change_target", "drop_target", "ask_target", "approve_target", "refuse_target", "freeze_target",
        # scenarios of what would be
        "keep_simulation", "drop_simulation",
        # support
        "open_ticket", "step_ticket", "note_ticket", "rate_ticket", "link_ticket", "link_ticket_article",
        "add_ticket_picture", "escalate_ticket", "follow_ticket", "change_support_calendar",
        # programmes of aid
        # aid
        "accept_aid_row", "refuse_aid_row", "settle_aid_pair", "protect_place", "unprotect_place",
        "set_programme_state", "add_programme", "add_aid_rate", "add_aid_conditions",
        "add_office", "change_office", "add_need", "change_need",
        # articles
        "save_article", "move_article", "tell_article", "add_library_file", "describe_library_file",
        "move_library_file",
        # boundaries
        "upload_boundaries", "check_boundaries", "ask_boundaries", "activate_boundaries", "discard_boundaries",
        "withdraw_boundaries",
        # views of pages, presentations, notes on areas
        "save_view", "change_view", "drop_view", "set_home", "save_presentation", "drop_presentation",
        "write_note", "change_note", "retire_note",
        # releases for the public
        "make_release", "ask_release", "approve_release", "refuse_release",
        # reports
        "make_report", "save_report_table", "retire_report_table",
        # jobs
        "ask_job", "cancel_job", "rerun_job",
        # accounts, and what is read
        "add_account", "change_account", "close_account", "open_account", "reset_password", "change_password",
        "set_factor", "reset_factor", "use_recovery_code", "allow_provider", "link_provider", "set_permissions",
        "delegate", "revoke_delegation", "change_settings", "rename_states", "verify_audit",
        "sign_in", "sign_in_refused", "sign_in_paused", "sign_out", "end_session",
        "check_status", "read", "search", "export",
        # what comes in without an account
        "send_inquiry", "note_inquiry", "open_check_code", "make_check_code", "withdraw_check_code",
        "change_district_office",
        # keys of programs
        "issue_api_key", "change_api_key", "rotate_api_key", "revoke_api_key", "take_api_token",
        "make_connection_key", "end_connection_key", "open_bi", "close_bi",
    }
)  # fmt: skip
"""What an entry of the log can say was done; those that the database writes itself are among them."""


def record(
    session: Session,
    action: str,
    *,
    subject: str,
    subject_id: int | None,
    district_code: str | None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Add an entry to the audit log in the caller's transaction; ``before`` and ``after`` hold only what changed.

    Raises:
        ValueError: the action is not one of ``ACTIONS``, so that auditors would have no words for it.

    """
    if action not in ACTIONS:
        msg = f"no such action: {action}"
        raise ValueError(msg)
    actor = session.execute(_ACTOR).one()
    session.add(
        AuditEntry(
            actor_id=actor.id,
            actor=actor.login,
            action=action,
            subject=subject,
            subject_id=subject_id,
            district_code=district_code,
            before=None if before is None else plain(before),
            after=None if after is None else plain(after),
        )
    )
    session.flush()


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as JSON keeps them: money and dates as text, so that nothing is rounded."""
    return {key: _plain(value) for key, value in values.items()}


def once(session: Session, key: str, act: Callable[[], Mapping[str, Any]]) -> tuple[dict[str, Any], bool]:
    """Carry out ``act`` unless this user has sent ``key`` before; answers its result, and whether it ran now.

    Two submits that arrive together take turns; the result is kept with the key and holds no personal data.
    """
    user_id = session.execute(_ACTOR).one().id
    session.execute(_TAKE_TURN, {"key": key, "user_id": user_id})
    sent = session.get(IdempotencyKey, (key, user_id))
    if sent is not None:
        return sent.result, False
    result = plain(act())
    session.add(IdempotencyKey(key=key, user_id=user_id, result=result))
    session.flush()
    return result, True


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case tuple() | list():
            return [_plain(item) for item in value]
        case dict():
            return plain(value)
        case _:
            return value
