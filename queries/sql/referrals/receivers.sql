-- To whom a referral may go: agencies, which are reached at their office for the place; offices; districts; states; the country.
-- grain:   one row per party
-- params:
-- columns: party, kind, name_ms, name_en, within_ms?, within_en?
-- row:     ReceiverRow
SELECT f.party, f.kind, f.name_ms, f.name_en, f.within_ms, f.within_en
FROM (
    SELECT 1 AS no, 'agensi:' || a.code AS party, 'agensi' AS kind, a.name_ms, a.name_en, NULL AS within_ms, NULL AS within_en
    FROM ekasih.agency AS a
    UNION ALL
    SELECT 2, 'pejabat:' || o.code, 'pejabat', o.name_ms, o.name_en, a.name_ms, a.name_en
    FROM ekasih.office AS o JOIN ekasih.agency AS a ON a.id = o.agency_id
    WHERE daterange(o.valid_from, o.valid_until, '[]') @> current_date
    UNION ALL
    SELECT 3, 'daerah:' || d.code, 'daerah', d.name, d.name, s.name, s.name
    FROM ekasih.area AS d JOIN ekasih.area AS s ON s.code = d.state_code WHERE d.level = 'district'
    UNION ALL
    SELECT 4, 'negeri:' || s.code, 'negeri', s.name, s.name, NULL, NULL FROM ekasih.area AS s WHERE s.level = 'state'
    UNION ALL
    SELECT 5, 'negara:' || c.code, 'negara', c.name, c.name, NULL, NULL FROM ekasih.area AS c WHERE c.code = 'MY'
) AS f
WHERE f.party <> ALL (ekasih.referral_parties())
ORDER BY f.no, f.within_ms NULLS FIRST, f.name_ms
