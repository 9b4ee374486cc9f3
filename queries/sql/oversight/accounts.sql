-- Accounts that administrators keep, by login; the first ones, and how many there are.
-- grain:   one row per account; total counts all
-- params:  role, area, state, wanted, row_limit
-- columns: user_id, login, display_name, role, territory, areas, active, version, total
-- row:     AccountListRow
SELECT u.id AS user_id, u.login, u.display_name, u.role, u.territory,
    ARRAY(SELECT area.name FROM ekasih.area AS area WHERE area.code = ANY (u.territory) ORDER BY area.code) AS areas,
    u.active, u.session_version AS version, count(*) OVER () AS total
FROM ekasih.app_user AS u
WHERE (CAST(:role AS text) = '' OR u.role = CAST(:role AS text))
    AND (CAST(:area AS text) = '' OR EXISTS (
        SELECT FROM unnest(u.territory) AS own (code)
        WHERE starts_with(own.code, CAST(:area AS text)) OR starts_with(CAST(:area AS text), own.code)))
    AND (CAST(:state AS text) = '' OR u.active = (CAST(:state AS text) = 'open'))
    AND (CAST(:wanted AS text) = '' OR strpos(lower(u.login || ' ' || u.display_name), lower(CAST(:wanted AS text))) > 0)
ORDER BY u.login
LIMIT CAST(:row_limit AS integer)
