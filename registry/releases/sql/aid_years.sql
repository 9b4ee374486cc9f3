-- Households that each programme reached in each whole year, and what it gave them, by where they live today.
-- grain:   one row per year, programme and area with any
-- params:  first_year, last_year
-- columns: year, code, name_ms, name_en, area_code, households, amount_rm
WITH given AS (
    SELECT extract(year FROM l.day)::integer AS year, k.programme_id, l.household_id, sum(l.amount_rm) AS amount_rm
    FROM ekasih.aid_line AS l
    JOIN ekasih.aid_kind AS k ON k.id = l.kind_id
    WHERE l.day >= make_date(:first_year, 1, 1) AND l.day < make_date(:last_year + 1, 1, 1)
        AND NOT EXISTS (SELECT FROM ekasih.aid_reversal AS r WHERE r.line_id = l.id)
    GROUP BY extract(year FROM l.day), k.programme_id, l.household_id
)
SELECT g.year, p.code, p.name_ms, p.name_en, area.code AS area_code, count(*) AS households, sum(g.amount_rm) AS amount_rm
FROM given AS g
JOIN ekasih.household AS h ON h.id = g.household_id
JOIN ekasih.aid_programme AS p ON p.id = g.programme_id
CROSS JOIN LATERAL (VALUES ('MY'), (h.state_code), (h.district_code)) AS area (code)
GROUP BY g.year, p.code, p.name_ms, p.name_en, area.code
