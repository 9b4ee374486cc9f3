-- Programmes that are open on a day, with the conditions in force on it.
-- grain:   one row per programme
-- params:  on_day
-- columns: programme_id, code, programme_ms, programme_en, agency_ms, agency_en, conditions?
-- row:     OpenProgrammeRow
SELECT p.id AS programme_id, p.code, p.name_ms AS programme_ms, p.name_en AS programme_en, a.name_ms AS agency_ms,
    a.name_en AS agency_en, c.conditions
FROM ekasih.aid_programme AS p
JOIN ekasih.agency AS a ON a.id = p.agency_id
LEFT JOIN ekasih.aid_conditions AS c
    ON c.programme_id = p.id AND daterange(c.from_date, c.until_date, '[]') @> CAST(:on_day AS date)
WHERE p.state = 'dibuka' AND daterange(p.valid_from, p.valid_until, '[]') @> CAST(:on_day AS date)
ORDER BY a.code, p.code
