-- How many rows of aid are held, by reason, of an agency and a district where they are named.
-- grain:   one row per reason
-- params:  agency, district
-- columns: code, held
-- row:     HeldCountRow
SELECT r.code, count(*) AS held
FROM ekasih.aid_row AS r
JOIN ekasih.agency AS a ON a.id = r.agency_id
WHERE r.fate = 'held' AND (SELECT ekasih.acting_agency()) IS NULL
    AND (CAST(:agency AS text) IS NULL OR a.code = CAST(:agency AS text))
    AND (CAST(:district AS text) IS NULL OR r.district_code = CAST(:district AS text))
GROUP BY r.code
ORDER BY held DESC, r.code
