-- What the figures rest on: their date, the rule and the lines in force, the boundaries of a level, the closed months.
-- Where live is false they are the published figures, of the day of the publication.
-- grain:   one row
-- params:  level, live
-- columns: as_of, sample, empty, threshold, rule, line_year?, lines_derived, boundary_source?, boundary_accuracy_m?, boundary_approximate, first_month?, last_month?
-- row:     FootingRow
WITH state AS (
    SELECT ekasih.register_state() AS facts
), published AS (
    SELECT p.as_of FROM ekasih.publication AS p WHERE NOT CAST(:live AS boolean) ORDER BY p.id DESC LIMIT 1
), dated AS (
    SELECT
        coalesce((SELECT published.as_of FROM published), CAST(state.facts ->> 'as_of' AS date), current_date) AS as_of,
        CAST(state.facts ->> 'sample' AS boolean) AS sample,
        CAST(state.facts ->> 'empty' AS boolean)
            OR NOT (CAST(:live AS boolean) OR EXISTS (SELECT FROM published)) AS empty
    FROM state
), months AS (
    SELECT min(m.month) AS first_month, max(m.month) AS last_month
    FROM ekasih.headcount_month AS m
    WHERE CAST(:live AS boolean)
    UNION ALL
    SELECT min(c.month), max(c.month)
    FROM ekasih.published_count AS c
    WHERE NOT CAST(:live AS boolean) AND c.area_code = 'MY' AND c.cut = 'all'
        AND c.month < (SELECT date_trunc('month', dated.as_of) FROM dated)
), lines AS (
    SELECT min(l.rule) AS rule, max(p.survey_year) AS line_year,
        bool_or('derived' IN (p.food_per_capita_basis, p.pgk_per_capita_basis)) AS lines_derived
    FROM dated
    CROSS JOIN LATERAL ekasih.lines_in_force(dated.as_of) AS l
    JOIN ekasih.poverty_line AS p ON p.id = l.line_id
)
SELECT
    dated.as_of, dated.sample, dated.empty,
    (SELECT CAST(s.value #>> '{}' AS integer) FROM ekasih.setting AS s WHERE s.key = 'disclosure.threshold') AS threshold,
    lines.rule, lines.line_year, coalesce(lines.lines_derived, false) AS lines_derived,
    bounds.source AS boundary_source, bounds.accuracy_m AS boundary_accuracy_m,
    coalesce(bounds.approximate, false) AS boundary_approximate,
    (SELECT min(months.first_month) FROM months) AS first_month,
    (SELECT max(months.last_month) FROM months) AS last_month
FROM dated
CROSS JOIN lines
LEFT JOIN ekasih.boundary_set AS bounds ON bounds.active AND bounds.level = CAST(:level AS text)
