-- Open pairs of households that may be one, the likeliest first, as far as both are for who asks.
-- grain:   one row per pair; total counts all
-- params:  kind, district, row_limit, row_offset
-- columns: candidate_id, kind, score, reasons, household_a, head_a, file_a, district_a, household_b, head_b, file_b, district_b, total
-- row:     PairListRow
WITH page AS MATERIALIZED (
    SELECT d.id, d.kind, d.score, d.reasons, a.id AS household_a, a.head_name AS head_a, a.file_no AS file_a,
        a.district_code AS code_a, b.id AS household_b, b.head_name AS head_b, b.file_no AS file_b,
        b.district_code AS code_b, count(*) OVER () AS total
    FROM ekasih.duplicate_candidate AS d
    JOIN ekasih.household AS a ON a.id = d.household_a
    JOIN ekasih.household AS b ON b.id = d.household_b
    WHERE d.state = 'open' AND (CAST(:kind AS text) IS NULL OR d.kind = CAST(:kind AS text))
        AND (CAST(:district AS text) IS NULL OR CAST(:district AS text) IN (a.district_code, b.district_code))
    ORDER BY d.score DESC, d.id
    LIMIT :row_limit OFFSET :row_offset
)
SELECT page.id AS candidate_id, page.kind, page.score, page.reasons, page.household_a, page.head_a, page.file_a,
    one.name AS district_a, page.household_b, page.head_b, page.file_b, other.name AS district_b, page.total
FROM page
JOIN ekasih.area AS one ON one.code = page.code_a
JOIN ekasih.area AS other ON other.code = page.code_b
ORDER BY page.score DESC, page.id
