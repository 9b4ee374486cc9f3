-- Households that were ticked in a worklist, as its rows are, of those that the acting user may see; they stand at no place in it.
-- grain:   one row per household
-- params:  ticked
-- columns: household_id, file_no, head_name, status, strata, member_count, income_rm, per_capita_rm, gap_rm, pgk_per_capita_rm, food_per_capita_rm, district_name, mukim_name?, visited_on?, next_review_on, flags, geom_method, exited_on?, exit_reason?, case_open, version, geom_accuracy_m, proposed_code?, proposed_name?, proposed_approximate?, place
-- row:     TickedRow
SELECT h.id AS household_id, h.file_no, h.head_name, h.status, h.strata, h.member_count, h.income_rm, h.per_capita_rm,
    h.gap_rm, line.pgk_per_capita_rm, line.food_per_capita_rm, district.name AS district_name, mukim.name AS mukim_name,
    coalesce(h.last_visit_on, h.census_date) AS visited_on, h.next_review_on,
    ARRAY(SELECT DISTINCT f.code FROM ekasih.quality_flag AS f
          WHERE f.household_id = h.id AND f.resolved_at IS NULL ORDER BY f.code) AS flags,
    h.geom_method, h.exited_on, h.exit_reason,
    EXISTS (SELECT FROM ekasih.case_file AS c JOIN ekasih.case_state AS s ON s.code = c.state
            WHERE c.household_id = h.id AND s.is_open) AS case_open,
    h.version, h.geom_accuracy_m, proposed.mukim_code AS proposed_code, proposed.mukim_name AS proposed_name,
    proposed.approximate AS proposed_approximate,
    CAST('' AS text) AS place
FROM ekasih.household AS h
JOIN ekasih.poverty_line AS line ON line.id = h.line_id
JOIN ekasih.area AS district ON district.code = h.district_code
LEFT JOIN ekasih.area AS mukim ON mukim.code = h.mukim_code
LEFT JOIN LATERAL ekasih.proposed_mukim(h.id) AS proposed ON h.mukim_code IS NULL
WHERE h.id = ANY (CAST(:ticked AS bigint[]))
ORDER BY h.gap_share DESC, h.per_capita_rm, h.id
