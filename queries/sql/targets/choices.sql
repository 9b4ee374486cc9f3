-- What a target group is put together from beside the census's answers: areas, needs, agencies for who is of none.
-- grain:   one row per area, need or agency
-- params:
-- columns: kind, code, name_ms, name_en
-- row:     ChoiceRow
SELECT a.level AS kind, a.code, a.name AS name_ms, a.name AS name_en
FROM ekasih.area AS a
WHERE a.level IN ('state', 'district', 'parliament', 'dun', 'catchment')
    AND (a.level <> 'district' OR ekasih.target_reach() IS NULL OR a.code = ANY (ekasih.target_reach()))
UNION ALL
SELECT 'need', n.code, n.name_ms, n.name_en FROM ekasih.aid_need AS n
UNION ALL
SELECT 'agency', CAST(g.id AS text), g.name_ms, g.name_en FROM ekasih.agency AS g WHERE ekasih.acting_agency() IS NULL
ORDER BY kind, name_ms, code
