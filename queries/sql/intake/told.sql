-- The notices that who is acting told of, the latest first, before one of them.
-- grain:   one row per notice
-- params:  before_form, row_limit
-- columns: notice_id, reference, sent_on, shown, moved_on
-- row:     ToldNoticeRow
SELECT t.notice_id, t.reference, t.sent_on, t.shown, t.moved_on
FROM ekasih.told_notices(CAST(nullif(:before_form, 0) AS bigint), CAST(:row_limit AS integer)) AS t
