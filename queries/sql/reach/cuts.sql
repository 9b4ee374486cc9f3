-- Aid that reached one area, by cut: all of it, each need, agency and programme, in the twelve months before the newest
-- publication; exact where live, else as published. Names are those of the cut's need, agency or programme.
-- grain:   one row per cut with anything
-- params:  area, live
-- columns: cut, kind, name_ms?, name_en?, agency_code?, aided?, never?, households?, amount_rm?
-- row:     ReachCutRow
WITH found AS (
    SELECT e.cut, e.aided, e.never, e.households, e.amount_rm FROM ekasih.aid_area AS e
    WHERE CAST(:live AS boolean) AND e.area_code = CAST(:area AS text)
    UNION ALL
    SELECT p.cut, p.aided, p.never, p.households, p.amount_rm FROM ekasih.published_aid AS p
    WHERE NOT CAST(:live AS boolean) AND p.area_code = CAST(:area AS text)
)
SELECT f.cut, split_part(f.cut, ':', 1) AS kind, coalesce(n.name_ms, a.name_ms, g.name_ms) AS name_ms,
    coalesce(n.name_en, a.name_en, g.name_en) AS name_en, coalesce(a.code, own.code) AS agency_code, f.aided, f.never,
    f.households, f.amount_rm
FROM found AS f
LEFT JOIN ekasih.aid_need AS n ON f.cut = 'need:' || n.code
LEFT JOIN ekasih.agency AS a ON f.cut = 'agency:' || a.code
LEFT JOIN ekasih.aid_programme AS g ON f.cut = 'programme:' || g.code
LEFT JOIN ekasih.agency AS own ON own.id = g.agency_id
ORDER BY f.amount_rm DESC NULLS LAST, f.cut
