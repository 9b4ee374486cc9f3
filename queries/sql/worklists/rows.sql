-- Households of a worklist within the filters, the most pressing first, and how many the list has.
-- Lists: tegar, miskin (both statuses of poverty), due (review overdue), unplaced (no coordinates of their own), quality (open
-- flags), unvisited (hardcore poor not seen for six months), died (a member died in the last twelve months), moved (to another
-- area and not visited since), exited (out of the counts, whatever the reason).
-- grain:   one row per household; total counts the whole list
-- params:  list, district, row_limit, row_offset
-- columns: household_id, file_no, head_name, status, strata, member_count, income_rm, per_capita_rm, gap_rm, pgk_per_capita_rm, food_per_capita_rm, district_name, mukim_name, visited_on, next_review_on, flags, geom_method, exited_on, exit_reason, case_open, total
WITH page AS MATERIALIZED (
    SELECT h.*, count(*) OVER () AS total
    FROM ekasih.household AS h
    WHERE (CAST(:district AS text) IS NULL OR h.district_code = CAST(:district AS text))
        AND (h.exited_on IS NULL OR CAST(:list AS text) IN ('exited', 'quality'))
        AND CASE CAST(:list AS text)
            WHEN 'exited' THEN h.exited_on IS NOT NULL
            WHEN 'died' THEN EXISTS (
                SELECT FROM ekasih.member_death AS e
                WHERE e.household_id = h.id AND e.noted_at > now() - interval '12 months')
            WHEN 'moved' THEN EXISTS (
                SELECT FROM ekasih.status_decision AS d
                WHERE d.household_id = h.id AND d.cause = 'moved'
                    AND d.effective_on > current_date - interval '12 months'
                    AND coalesce(h.last_visit_on, h.census_date, h.registered_on) < d.effective_on)
            WHEN 'tegar' THEN h.status = 'tegar'
            WHEN 'miskin' THEN h.status IN ('tegar', 'miskin')
            WHEN 'due' THEN h.next_review_on < current_date
            WHEN 'unplaced' THEN h.geom_method NOT IN ('given', 'swapped', 'manual')
            WHEN 'unvisited' THEN h.status = 'tegar'
                AND coalesce(h.last_visit_on, h.census_date, h.registered_on) < current_date - interval '6 months'
            WHEN 'quality' THEN EXISTS (
                SELECT FROM ekasih.quality_flag AS f WHERE f.household_id = h.id AND f.resolved_at IS NULL
                    AND (h.exited_on IS NULL OR f.code = 'seen_after_exit'))
            ELSE false
        END
    ORDER BY
        CASE WHEN CAST(:list AS text) = 'due' THEN h.next_review_on END,
        CASE WHEN CAST(:list AS text) = 'unvisited' THEN coalesce(h.last_visit_on, h.census_date, h.registered_on) END,
        h.gap_share DESC, h.per_capita_rm, h.id
    LIMIT :row_limit OFFSET :row_offset
)
SELECT page.id AS household_id, page.file_no, page.head_name, page.status, page.strata, page.member_count,
    page.income_rm, page.per_capita_rm, page.gap_rm, line.pgk_per_capita_rm, line.food_per_capita_rm,
    district.name AS district_name, mukim.name AS mukim_name, coalesce(page.last_visit_on, page.census_date) AS visited_on, page.next_review_on,
    ARRAY(SELECT DISTINCT f.code FROM ekasih.quality_flag AS f
          WHERE f.household_id = page.id AND f.resolved_at IS NULL ORDER BY f.code) AS flags,
    page.geom_method, page.exited_on, page.exit_reason,
    EXISTS (SELECT FROM ekasih.case_file AS c JOIN ekasih.case_state AS s ON s.code = c.state
            WHERE c.household_id = page.id AND s.is_open) AS case_open,
    page.total
FROM page
JOIN ekasih.poverty_line AS line ON line.id = page.line_id
JOIN ekasih.area AS district ON district.code = page.district_code
LEFT JOIN ekasih.area AS mukim ON mukim.code = page.mukim_code
ORDER BY
    CASE WHEN CAST(:list AS text) = 'due' THEN page.next_review_on END,
    CASE WHEN CAST(:list AS text) = 'unvisited' THEN coalesce(page.last_visit_on, page.census_date, page.registered_on)
    END,
    page.gap_share DESC, page.per_capita_rm, page.id
