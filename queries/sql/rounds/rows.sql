-- A page of the frozen list of a round: those of a standing (terbuka, sah: proposed to be dropped, kekal, gugur, siasat; empty:
-- all) with a finding (empty: any; 'ada': some), by mukim, or along a line that goes from each place to those around it.
-- grain:   one row per household
-- params:  round_no, standing, finding, one_household, by_mukim, row_limit, row_offset
-- columns: household_id, file_no, head_name, mukim_name?, district_name, status, per_capita_rm, version, last_visit_on?, longitude?, latitude?, claimed, needs, findings, decision?, settled, reason?, decided_by?, decided_at?, second_by?, case_id?, own, total
-- row:     RoundHouseholdRow
SELECT h.household_id, h.file_no, h.head_name, m.name AS mukim_name, t.name AS district_name, h.status, h.per_capita_rm, h.version,
    h.last_visit_on, ST_X(h.point) AS longitude, ST_Y(h.point) AS latitude, h.claimed, h.needs, h.findings, d.decision,
    coalesce(d.settled, false) AS settled, d.reason, ekasih.name_of_user(d.decided_by) AS decided_by, d.decided_at,
    ekasih.name_of_user(d.second_by) AS second_by, d.case_id, coalesce(d.decided_by = ekasih.acting_user(), false) AS own,
    count(*) OVER () AS total
FROM ekasih.cleansing_round AS r
JOIN ekasih.round_household AS h ON h.round_id = r.id
JOIN ekasih.area AS t ON t.code = h.district_code
LEFT JOIN ekasih.area AS m ON m.code = h.mukim_code
LEFT JOIN ekasih.round_decision AS d ON d.round_id = h.round_id AND d.household_id = h.household_id
WHERE r.number = :round_no AND (CAST(:one_household AS bigint) IS NULL OR h.household_id = CAST(:one_household AS bigint))
    AND CASE CAST(:standing AS text)
        WHEN 'terbuka' THEN d.decision IS NULL
        WHEN 'sah' THEN NOT d.settled
        WHEN '' THEN true
        ELSE d.settled AND d.decision = CAST(:standing AS text) END
    AND CASE CAST(:finding AS text)
        WHEN '' THEN true WHEN 'ada' THEN h.findings <> '{}' ELSE CAST(:finding AS text) = ANY (h.findings) END
ORDER BY CASE WHEN CAST(:by_mukim AS boolean) THEN m.name END, CASE WHEN NOT CAST(:by_mukim AS boolean) THEN h.point END, h.household_id
LIMIT :row_limit OFFSET :row_offset
