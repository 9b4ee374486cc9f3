-- A page of the applications of a list that who is acting reads: those that wait for the own step, the open ones, the late ones
-- (by the day on which a step is due) and the closed ones (the latest first). Their total is counted up to 2,001, from where on
-- the list is not sorted otherwise anyway.
-- grain:   one row per application
-- params:  which, programme_code, row_limit, row_offset
-- columns: number, state, state_since, due_on?, late, for_name, kind_ms, kind_en, programme_ms, programme_en, agency_ms, agency_en, district_name, amount_asked_rm, amount_rm?, outside_target?, total
-- row:     ApplicationListRow
WITH listed AS (
    SELECT a.id, a.due_on, a.state_since
    FROM ekasih.aid_application AS a
    JOIN ekasih.aid_kind AS k ON k.id = a.kind_id
    JOIN ekasih.aid_programme AS p ON p.id = k.programme_id
    WHERE CASE WHEN CAST(:which AS text) = 'ditutup' THEN a.state IN ('ditolak', 'ditolak_muktamad', 'selesai', 'dibatalkan', 'ditarik', 'luput')
               ELSE a.state IN ('draf', 'diterima', 'tidak_lengkap', 'disemak', 'diluluskan', 'dalam_bayaran', 'diserah', 'dirayu') END
        AND (CAST(:which AS text) <> 'lewat' OR a.due_on < current_date)
        AND (CAST(:which AS text) <> 'menunggu' OR ekasih.application_waits(a))
        AND (CAST(:programme_code AS text) IS NULL OR p.code = CAST(:programme_code AS text))
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
