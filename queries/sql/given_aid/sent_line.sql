-- What became of the line of a reference, of the own agency: as it stands now, however it came.
-- grain:   at most one row
-- params:  reference
-- columns: reference, outcome, code?, settled_reason?, warnings, kind_code?, programme_code?, day?, begins?, ends?, amount_rm?, delivery_number?, reversed_on?
-- row:     SentLineOneRow
WITH found AS (
    SELECT 1 AS nearness, l.reference, 'accepted' AS outcome, NULL AS code, NULL AS settled_reason, l.warnings, l.kind_id, l.day,
        l.period, l.amount_rm, l.delivery_id, t.day AS reversed_on, l.id
    FROM ekasih.aid_line AS l LEFT JOIN ekasih.aid_reversal AS t ON t.line_id = l.id
    WHERE l.agency_id = (SELECT ekasih.acting_agency()) AND l.reference = CAST(:reference AS text)
    UNION ALL
    SELECT 1, t.reference, 'accepted', NULL, NULL, '{}', NULL, t.day, NULL, t.amount_rm, t.delivery_id, NULL, t.line_id
    FROM ekasih.aid_reversal AS t
    WHERE t.agency_id = (SELECT ekasih.acting_agency()) AND t.reference = CAST(:reference AS text)
    UNION ALL
    SELECT 2, r.reference, CASE r.fate WHEN 'held' THEN 'held' ELSE 'rejected' END,
        CASE r.fate WHEN 'refused' THEN 'ditolak_pegawai' ELSE r.code END,
        CASE r.fate WHEN 'refused' THEN r.settled_reason END, r.warnings, r.kind_id, r.day, r.period, r.amount_rm,
        r.delivery_id, NULL, r.id
    FROM ekasih.aid_row AS r
    WHERE r.agency_id = (SELECT ekasih.acting_agency()) AND r.reference = CAST(:reference AS text) AND r.fate <> 'accepted'
)
SELECT f.reference, f.outcome, f.code, f.settled_reason, f.warnings, k.code AS kind_code, p.code AS programme_code, f.day,
    lower(f.period) AS begins, CASE WHEN NOT upper_inf(f.period) THEN upper(f.period) - 1 END AS ends, f.amount_rm,
    d.number AS delivery_number, f.reversed_on
FROM found AS f
LEFT JOIN ekasih.aid_kind AS k ON k.id = f.kind_id
LEFT JOIN ekasih.aid_programme AS p ON p.id = k.programme_id
LEFT JOIN ekasih.aid_delivery AS d ON d.id = f.delivery_id
ORDER BY f.nearness, f.outcome = 'held' DESC, f.id DESC
LIMIT 1
