"""The daily message on alerts: how many, by rule, with a link; no name, no figure, nothing hidden from its reader."""

from __future__ import annotations

from collections import Counter
from email.message import EmailMessage
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from registry.mailing import mail_server
from words import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy import Connection, Engine

    from registry.mailing import OwnMailSettings

_RECEIVERS: Final = text("""
    SELECT r.user_id, r.email, r.quiet_from, r.quiet_until
    FROM ekasih.alert_receiver AS r
    JOIN ekasih.app_user AS u ON u.id = r.user_id AND u.active
    WHERE r.sent_on IS DISTINCT FROM :today
    ORDER BY r.user_id
""")
_ACT: Final = text("SELECT ekasih.act_as(:user)")
_ALERTS: Final = text("""
    SELECT r.name_ms, r.name_en, count(*) AS alerts
    FROM ekasih.alert AS a
    JOIN ekasih.alert_rule AS r ON r.code = a.rule_code AND r.by_mail AND r.active
    LEFT JOIN ekasih.alert_mark AS m ON m.alert_id = a.id AND m.user_id = :user
    WHERE a.closed_at IS NULL AND m.taken_at IS NULL AND coalesce(m.snoozed_until <= :today, true)
        AND ekasih.alert_is_readable(a) AND ekasih.alert_is_for(r.to_whom, a.area_code)
    GROUP BY r.code, r.name_ms, r.name_en, r.position
    ORDER BY r.position
""")
_SENT: Final = text("UPDATE ekasih.alert_receiver SET sent_on = :today WHERE user_id = :user")


def send_digests(engine: Engine, settings: OwnMailSettings, *, now: datetime) -> dict[str, int]:
    """Send each receiver one message for today, where something is open and it is not their quiet time.

    ``now`` is a moment in Malaysia. A message is noted before it goes: rather none than two.
    """
    if settings.smtp_host is None:
        return {"messages": 0, "receivers": 0}
    today = now.date()
    with engine.begin() as connection:
        receivers = [
            row
            for row in connection.execute(_RECEIVERS, {"today": today})
            if not is_quiet(now.hour, row.quiet_from, row.quiet_until)
        ]
    if not receivers:
        return {"messages": 0, "receivers": 0}
    sent = 0
    with mail_server(settings) as send:
        for row in receivers:
            with engine.begin() as connection:
                counts = _counts(connection, row.user_id, today)
                if counts:
                    connection.execute(_SENT, {"today": today, "user": row.user_id})
            if counts:
                send(message(row.email, counts, settings))
                sent += 1
    return {"messages": sent, "receivers": len(receivers)}


def is_quiet(hour: int, quiet_from: int, quiet_until: int) -> bool:
    """Whether an hour lies in the quiet time, which may go over midnight."""
    if quiet_from <= quiet_until:
        return quiet_from <= hour < quiet_until
    return hour >= quiet_from or hour < quiet_until


def message(address: str, counts: Sequence[tuple[str, str, int]], settings: OwnMailSettings) -> EmailMessage:
    """The message: in both languages, a line for each rule, and where to read on."""
    total = sum(count for *_, count in counts)
    made = EmailMessage()
    made["From"], made["To"] = settings.smtp_from, address
    made["Subject"] = words_of("ms").n("alert.mail_subject", total)
    parts = []
    for place, language in enumerate(("ms", "en")):
        words = words_of(language)
        listed = [f"- {line[place]}: {line[2]:,}" for line in counts]
        read_on = f"{settings.address}/amaran"
        parts += [words.n("alert.mail_open", total), *listed, words("alert.mail_read"), read_on, ""]
    made.set_content("\n".join(parts))
    return made


def _counts(connection: Connection, user: int, today: date) -> list[tuple[str, str, int]]:
    """How many alerts wait for somebody by rule, of those that this person may read."""
    connection.execute(_ACT, {"user": user})
    found: Counter[tuple[str, str]] = Counter()
    for row in connection.execute(_ALERTS, {"user": user, "today": today}):
        found[row.name_ms, row.name_en] += int(row.alerts)
    return [(malay, english, count) for (malay, english), count in found.items()]
