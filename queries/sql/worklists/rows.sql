-- Households of a worklist within the filters after a place in it, the most pressing first; and those that are asked for by
-- their numbers, in the order of these.
-- Lists: tegar, miskin (both statuses of poverty), due (review overdue), unplaced (no coordinates of their own), no_mukim
-- (the record names none; proposed is the one that the point lies in), quality (open
-- flags), unvisited (hardcore poor not seen for six months), died (a member died in the last twelve months), moved (to another
-- area and not visited since), exited (out of the counts, whatever the reason), nearest and furthest (the hundred by what they
-- lack to the line, without a place to go on from); none, of which nothing is listed.
-- grain:   one row per household; place says where in the list it is, as the after_… of the rows that follow
-- params:  list, district, after_day, after_share, after_rm, after_id, row_limit, row_offset, ticked
-- columns: household_id, file_no, head_name, status, strata, member_count, income_rm, per_capita_rm, gap_rm, pgk_per_capita_rm, food_per_capita_rm, district_name, mukim_name?, visited_on?, next_review_on, flags, geom_method, exited_on?, exit_reason?, case_open, version, geom_accuracy_m, proposed_code?, proposed_name?, proposed_approximate?, place
-- row:     WorklistRow
WITH page AS MATERIALIZED (
    SELECT p.household_id, p.turn,
        concat_ws('|', coalesce(p.day::text, ''), p.gap_share, p.per_capita_rm, p.household_id) AS place
    FROM ekasih.worklist_page(CAST(:list AS text), CAST(:district AS text), CAST(:after_day AS date),
        CAST(:after_share AS numeric), CAST(:after_rm AS numeric), CAST(:after_id AS bigint),
        CAST(:row_limit AS integer), CAST(:row_offset AS integer))
        WITH ORDINALITY AS p (household_id, day, gap_share, per_capita_rm, turn)
    UNION ALL
    SELECT p.household_id, p.turn, concat_ws('|', '', p.gap_share, p.per_capita_rm, p.household_id)
    FROM ekasih.by_the_line(CAST(:list AS text) = 'furthest', CAST(:district AS text)) AS p
    WHERE CAST(:list AS text) IN ('nearest', 'furthest')
        AND p.turn > CAST(:row_offset AS integer) AND p.turn <= CAST(:row_offset AS bigint) + CAST(:row_limit AS bigint)
    UNION ALL
    SELECT t.household_id, t.turn, ''
    FROM unnest(CAST(:ticked AS bigint[])) WITH ORDINALITY AS t (household_id, turn)
)
SELECT h.id AS household_id, h.file_no, h.head_name, h.status, h.strata, h.member_count, h.income_rm, h.per_capita_rm,
    h.gap_rm, line.pgk_per_capita_rm, line.food_per_capita_rm, district.name AS district_name, mukim.name AS mukim_name,
    coalesce(h.last_visit_on, h.census_date) AS visited_on, h.next_review_on,
    ARRAY(SELECT DISTINCT f.code FROM ekasih.quality_flag AS f
          WHERE f.household_id = h.id AND f.resolved_at IS NULL ORDER BY f.code) AS flags,
    h.geom_method, h.exited_on, h.exit_reason,
    EXISTS (SELECT FROM ekasih.case_file AS c JOIN ekasih.case_state AS s ON s.code = c.state
            WHERE c.household_id = h.id AND s.is_open) AS case_open,
    h.version, h.geom_accuracy_m, proposed.mukim_code AS proposed_code, proposed.mukim_name AS proposed_name,
    proposed.approximate AS proposed_approximate, page.place
FROM page
JOIN ekasih.household AS h ON h.id = page.household_id
JOIN ekasih.poverty_line AS line ON line.id = h.line_id
JOIN ekasih.area AS district ON district.code = h.district_code
LEFT JOIN ekasih.area AS mukim ON mukim.code = h.mukim_code
LEFT JOIN LATERAL ekasih.proposed_mukim(h.id) AS proposed
    ON h.mukim_code IS NULL AND CAST(:list AS text) IN ('no_mukim', 'none')
ORDER BY page.turn
