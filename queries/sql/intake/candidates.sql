-- What a form may be about: households, open cases and other forms of the own area, with what there is to compare.
-- grain:   one row per candidate
-- params:  intake_reference
-- columns: candidate_id, kind, number, record_id, reasons, shown_name?, id_no?, phone?, village?, address?, mukim_name?, members?, visited_on?, state_ms?, state_en?
-- row:     IntakeCandidateRow
SELECT k.id AS candidate_id, CASE WHEN h.id IS NOT NULL THEN 'isi_rumah' WHEN c.id IS NOT NULL THEN 'kes' ELSE 'borang' END AS kind,
    coalesce(h.file_no, c.number, o.reference) AS number, coalesce(h.id, c.id, o.id) AS record_id, k.reasons,
    coalesce(h.head_name, c.head_name, o.answers ->> 'name') AS shown_name, coalesce(p.id_no, o.id_no) AS id_no,
    coalesce(h.phone, o.phone, c.draft -> 'lokasi' ->> 'phone') AS phone,
    coalesce(h.village, o.answers ->> 'village', c.draft -> 'lokasi' ->> 'village') AS village,
    coalesce(h.address, o.answers ->> 'address', c.draft -> 'lokasi' ->> 'address') AS address, m.name AS mukim_name,
    coalesce(CAST(h.member_count AS integer), CAST(o.answers ->> 'persons' AS integer)) AS members, h.last_visit_on AS visited_on,
    s.name_ms AS state_ms, s.name_en AS state_en
FROM ekasih.intake AS i
JOIN ekasih.intake_candidate AS k ON k.intake_id = i.id
LEFT JOIN ekasih.household AS h ON h.id = k.household_id
LEFT JOIN ekasih.person AS p ON p.household_id = h.id AND p.is_head
LEFT JOIN ekasih.case_file AS c ON c.id = k.case_id
LEFT JOIN ekasih.case_state AS s ON s.code = c.state
LEFT JOIN ekasih.intake AS o ON o.id = k.other_id
LEFT JOIN ekasih.area AS m ON m.code = coalesce(h.mukim_code, c.mukim_code, o.mukim_code)
WHERE i.reference = :intake_reference AND num_nonnulls(h.id, c.id, o.id) > 0
ORDER BY 'number' = ANY (k.reasons) DESC, cardinality(k.reasons) DESC, 'near' = ANY (k.reasons), k.id
LIMIT 12
