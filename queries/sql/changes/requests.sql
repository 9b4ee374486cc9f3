-- Requests for changes of the territory, those that wait longest first; direct ones are changes made at once.
-- grain:   one row per request; total counts all of the state
-- params:  state, household, ticked, row_limit, row_offset
-- columns: request_id, household_id, file_no, head_name, district_name, version, seen_version, kind, before, after, effect, note?, state, direct, requested_by?, requester?, requested_at, decider?, decided_at?, reason?, total
-- row:     RequestRow
SELECT c.id AS request_id, c.household_id, h.file_no, h.head_name, district.name AS district_name, h.version,
    c.seen_version, c.kind, ekasih.with_area_names(c.before) AS before,
    ekasih.with_area_names(c.after) AS after, c.effect, c.note, c.state, c.direct, c.requested_by,
    ekasih.name_of_user(c.requested_by) AS requester, c.requested_at, ekasih.name_of_user(c.decided_by) AS decider, c.decided_at,
    c.reason, count(*) OVER () AS total
FROM ekasih.change_request AS c
JOIN ekasih.household AS h ON h.id = c.household_id
JOIN ekasih.area AS district ON district.code = c.district_code
WHERE NOT c.direct AND c.state = CAST(:state AS text)
    AND (CAST(:ticked AS bigint[]) IS NULL OR c.id = ANY (CAST(:ticked AS bigint[])))
    AND (CAST(:household AS bigint) IS NULL OR c.household_id = CAST(:household AS bigint))
ORDER BY CASE WHEN c.state = 'waiting' THEN c.id ELSE -c.id END
LIMIT :row_limit OFFSET :row_offset
