-- A page of the applications of a list that who is acting reads: those that wait for the own step, the open ones, the late ones
-- (by the day on which a step is due) and the closed ones (the latest first). Their total is counted up to 2,001, from where on
-- the list is not sorted otherwise anyway.
-- grain:   one row per application
-- params:  which, programme_code, row_limit, row_offset
-- columns: number, state, state_since, due_on?, late, for_name, kind_ms, kind_en, programme_ms, programme_en, agency_ms, agency_en, district_name, amount_asked_rm, amount_rm?, outside_target?, total
-- row:     ApplicationListRow
WITH asked AS (
    SELECT CASE WHEN CAST(:programme_code AS text) IS NOT NULL THEN ARRAY(
               SELECT k.id FROM ekasih.aid_kind AS k JOIN ekasih.aid_programme AS p ON p.id = k.programme_id
               WHERE p.code = CAST(:programme_code AS text)) END AS kinds,
           greatest(2001, CAST(:row_limit AS bigint) + :row_offset) AS most
), found AS (
    SELECT w.id FROM asked CROSS JOIN LATERAL ekasih.waiting_applications(asked.kinds, asked.most) AS w
    WHERE CAST(:which AS text) = 'menunggu'
    UNION ALL
    SELECT o.id FROM asked CROSS JOIN LATERAL ekasih.open_applications(
        asked.kinds, CASE WHEN CAST(:which AS text) = 'lewat' THEN current_date END, asked.most) AS o
    WHERE CAST(:which AS text) IN ('terbuka', 'lewat')
    UNION ALL
    SELECT a.id FROM asked JOIN ekasih.aid_application AS a ON asked.kinds IS NULL OR a.kind_id = ANY (asked.kinds)
    WHERE CAST(:which AS text) = 'ditutup'
        AND a.state IN ('ditolak', 'ditolak_muktamad', 'selesai', 'dibatalkan', 'ditarik', 'luput')
), listed AS (
    SELECT a.id, a.due_on, a.state_since FROM found AS f JOIN ekasih.aid_application AS a ON a.id = f.id
), page AS (
    SELECT a.*, a.due_on < current_date AND a.state <> 'ditolak' AS late
    FROM listed AS l JOIN ekasih.aid_application AS a ON a.id = l.id
    ORDER BY CASE WHEN CAST(:which AS text) <> 'ditutup' THEN l.due_on END, CASE WHEN CAST(:which AS text) = 'ditutup' THEN l.state_since END DESC, l.id
    LIMIT :row_limit OFFSET :row_offset
)
SELECT l.number, l.state, l.state_since, l.due_on, coalesce(l.late, false) AS late, l.for_name, k.name_ms AS kind_ms, k.name_en AS kind_en,
    p.name_ms AS programme_ms, p.name_en AS programme_en, g.name_ms AS agency_ms, g.name_en AS agency_en,
    d.name AS district_name, l.amount_asked_rm, l.amount_rm, l.outside_target,
    (SELECT count(*) FROM (SELECT FROM listed LIMIT 2001) AS most) AS total
FROM page AS l
JOIN ekasih.aid_kind AS k ON k.id = l.kind_id
JOIN ekasih.aid_programme AS p ON p.id = k.programme_id
JOIN ekasih.agency AS g ON g.id = l.agency_id
JOIN ekasih.area AS d ON d.code = l.district_code
ORDER BY CASE WHEN CAST(:which AS text) <> 'ditutup' THEN l.due_on END, CASE WHEN CAST(:which AS text) = 'ditutup' THEN l.state_since END DESC, l.id
