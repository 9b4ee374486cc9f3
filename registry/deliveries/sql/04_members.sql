-- What follows for each household from its persons: the head, the incomes, the ages on the day of the interview.
CREATE TEMP TABLE members ON COMMIT DROP AS
SELECT
    p.household_row,
    count(*) AS member_count,
    count(*) FILTER (WHERE p.is_head) AS heads,
    min(p.row_no) FILTER (WHERE p.is_head) AS head_row,
    bool_or(p.income_rm IS NULL) AS not_a_number,
    bool_or(least(p.employment_rm, p.self_employment_rm, p.property_rm, p.transfers_rm) < 0) AS negative,
    sum(p.income_rm) AS income_rm,
    count(*) FILTER (WHERE age.years < 15) AS age_0_14,
    count(*) FILTER (WHERE age.years BETWEEN 15 AND 64) AS age_15_64,
    count(*) FILTER (WHERE age.years > 64) AS age_65_over,
    count(*) FILTER (WHERE age.years IS NULL) AS age_unknown
FROM read_person AS p
CROSS JOIN LATERAL (
    SELECT extract(year FROM age(coalesce(p.census_date, CAST(:received_on AS date)), p.birth_date)) AS years
) AS age
WHERE p.household_row IS NOT NULL
GROUP BY p.household_row
