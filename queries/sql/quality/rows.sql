-- Households of an area with a fault of a kind, the poorest first, and how many there are; of the own territory.
-- grain:   one row per household; total counts all
-- params:  kind, area, row_limit, row_offset
-- columns: household_id, file_no, head_name, status, district_name, mukim_name?, geom_method, next_review_on, outside_district_m?, flags, total
-- row:     FaultyRow
WITH page AS MATERIALIZED (
    SELECT h.*, count(*) OVER () AS total
    FROM ekasih.household AS h
    WHERE (CAST(:area AS text) IN ('MY', h.state_code, h.district_code, coalesce(h.mukim_code, h.district_code || '00'))
            OR h.catchment_codes @> ARRAY[CAST(:area AS text)])
        AND h.id IN (
            SELECT f.household_id
            FROM ekasih.faults(ARRAY(SELECT a.code FROM ekasih.area AS a
                                     WHERE a.level = 'district'
                                         AND (CAST(:area AS text) IN ('MY', a.code, a.state_code)
                                              OR left(CAST(:area AS text), 4) = a.code
                                              OR (CAST(:area AS text) LIKE 'C.%' AND a.code IN (SELECT ekasih.reached_districts()))))) AS f
            WHERE f.kind = CAST(:kind AS text))
    ORDER BY h.gap_share DESC, h.id
    LIMIT :row_limit OFFSET :row_offset
)
SELECT page.id AS household_id, page.file_no, page.head_name, page.status, district.name AS district_name,
    mukim.name AS mukim_name, page.geom_method, page.next_review_on, page.outside_district_m,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('code', f.code, 'member_no', f.member_no, 'detail', f.detail)
                               ORDER BY f.code, f.member_no), '[]')
     FROM ekasih.quality_flag AS f WHERE f.household_id = page.id AND f.resolved_at IS NULL) AS flags,
    page.total
FROM page
JOIN ekasih.area AS district ON district.code = page.district_code
LEFT JOIN ekasih.area AS mukim ON mukim.code = page.mukim_code
ORDER BY page.gap_share DESC, page.id
