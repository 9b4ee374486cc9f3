-- What the programmes that a report speaks of are called.
-- grain:   one row per programme
-- params:  codes
-- columns: code, name_ms, name_en
-- row:     ProgrammeNameRow
SELECT p.code, p.name_ms, p.name_en
FROM ekasih.aid_programme AS p
WHERE p.code = ANY (CAST(:codes AS text[]))
ORDER BY p.code
