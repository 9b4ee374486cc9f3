-- Households of an area with a fault of a kind, and how many there are; of the own territory. The poorest first, of those
-- whose review is overdue the longest overdue: in the order of an index of each district, so that a page of the country
-- costs what one of a district does, and its number comes from the counts that are kept.
-- grain:   one row per household; total counts all
-- params:  kind, area, row_limit, row_offset
-- columns: household_id, file_no, head_name, status, district_name, mukim_name?, geom_method, next_review_on, outside_district_m?, flags, total
-- row:     FaultyRow
WITH asked AS MATERIALIZED (
    SELECT a.code FROM ekasih.area AS a
    WHERE a.level = 'district'
        AND (CAST(:area AS text) IN ('MY', a.code, a.state_code)
             OR left(CAST(:area AS text), 4) = a.code
             OR (CAST(:area AS text) LIKE 'C.%' AND a.code IN (SELECT ekasih.reached_districts())))
), found AS (
    SELECT h.* FROM asked CROSS JOIN LATERAL (
        SELECT u.id, u.next_review_on, u.gap_share, u.per_capita_rm FROM ekasih.household AS u
        WHERE CAST(:kind AS text) = 'unplaced' AND u.district_code = asked.code AND u.exited_on IS NULL
            AND u.geom_method NOT IN ('given', 'swapped', 'manual')
            AND (CAST(:area AS text) IN ('MY', u.state_code, u.district_code, coalesce(u.mukim_code, u.district_code || '00'))
                 OR u.catchment_codes @> ARRAY[CAST(:area AS text)])
        ORDER BY u.gap_share DESC, u.per_capita_rm, u.id
        LIMIT CAST(:row_offset AS bigint) + CAST(:row_limit AS bigint)) AS h
    UNION ALL
    SELECT h.* FROM asked CROSS JOIN LATERAL (
        SELECT s.id, s.next_review_on, s.gap_share, s.per_capita_rm FROM ekasih.household AS s
        WHERE CAST(:kind AS text) = 'stale' AND s.district_code = asked.code AND s.exited_on IS NULL
            AND s.next_review_on < current_date
            AND (CAST(:area AS text) IN ('MY', s.state_code, s.district_code, coalesce(s.mukim_code, s.district_code || '00'))
                 OR s.catchment_codes @> ARRAY[CAST(:area AS text)])
        ORDER BY s.next_review_on, s.gap_share DESC, s.per_capita_rm, s.id
        LIMIT CAST(:row_offset AS bigint) + CAST(:row_limit AS bigint)) AS h
    UNION ALL
    SELECT h.id, h.next_review_on, h.gap_share, h.per_capita_rm FROM ekasih.household AS h
    WHERE CAST(:kind AS text) NOT IN ('unplaced', 'stale')
        AND (CAST(:area AS text) IN ('MY', h.state_code, h.district_code, coalesce(h.mukim_code, h.district_code || '00'))
             OR h.catchment_codes @> ARRAY[CAST(:area AS text)])
        AND h.id IN (SELECT f.household_id FROM ekasih.quality_flag AS f
                     WHERE f.district_code IN (SELECT asked.code FROM asked) AND f.resolved_at IS NULL
                         AND ekasih.fault_kind(f.code, f.member_no) = CAST(:kind AS text))
), page AS MATERIALIZED (
    SELECT found.id, CASE WHEN CAST(:kind AS text) = 'stale' THEN found.next_review_on END AS overdue_since FROM found
    ORDER BY overdue_since, found.gap_share DESC, found.per_capita_rm, found.id
    LIMIT :row_limit OFFSET :row_offset
), counted AS MATERIALIZED (
    SELECT CASE
        WHEN CAST(:kind AS text) NOT IN ('unplaced', 'stale') THEN (SELECT count(*) FROM found)
        -- of whole districts of the own territory the summaries tell it
        WHEN ekasih.acting_catchments() = '{}' AND CAST(:area AS text) IN (
            SELECT 'MY' UNION ALL SELECT a.code FROM ekasih.area AS a WHERE a.level IN ('state', 'district')) THEN (
            SELECT coalesce(sum(f.households), 0) FROM (
                SELECT CAST(:area AS text) AS inside WHERE ekasih.nationwide()
                UNION ALL
                SELECT asked.code FROM asked WHERE NOT ekasih.nationwide() AND ekasih.in_territory(asked.code)) AS own
            CROSS JOIN LATERAL ekasih.fault_counts('district', own.inside) AS f
            WHERE f.kind = CAST(:kind AS text))
        ELSE (
            SELECT count(*) FROM ekasih.faults(ARRAY(SELECT asked.code FROM asked)) AS f
            JOIN ekasih.household AS h ON h.id = f.household_id
            WHERE f.kind = CAST(:kind AS text)
                AND (CAST(:area AS text) IN ('MY', h.state_code, h.district_code, coalesce(h.mukim_code, h.district_code || '00'))
                     OR h.catchment_codes @> ARRAY[CAST(:area AS text)]))
        END AS total
)
SELECT page.id AS household_id, h.file_no, h.head_name, h.status, district.name AS district_name,
    mukim.name AS mukim_name, h.geom_method, h.next_review_on, h.outside_district_m,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('code', f.code, 'member_no', f.member_no, 'detail', f.detail)
                               ORDER BY f.code, f.member_no), '[]')
     FROM ekasih.quality_flag AS f WHERE f.household_id = page.id AND f.resolved_at IS NULL) AS flags,
    CAST(counted.total AS bigint) AS total
FROM page
CROSS JOIN counted
JOIN ekasih.household AS h ON h.id = page.id
JOIN ekasih.area AS district ON district.code = h.district_code
LEFT JOIN ekasih.area AS mukim ON mukim.code = h.mukim_code
ORDER BY page.overdue_since, h.gap_share DESC, h.per_capita_rm, page.id
