-- Poor households of districts by all cuts at once.
-- grain:   one row per district and combination of cuts with anybody
-- params:  as_of
-- columns: area_code, strata, ethnicity, head_sex, head_age, disability, size, tegar, miskin
WITH of_persons AS (
    SELECT p.household_id, min(p.birth_date) FILTER (WHERE p.is_head) AS head_born,
        bool_or(lower(btrim(coalesce(p.disability, ''))) NOT IN ('', 'tiada')) AS disabled
    FROM ekasih.person AS p
    GROUP BY p.household_id
)
SELECT h.district_code AS area_code, h.strata, h.ethnicity, coalesce(h.head_sex, 'unknown') AS head_sex,
    CASE
        WHEN p.head_born IS NULL THEN 'head_unknown'
        WHEN p.head_born > CAST(:as_of AS date) - interval '40 years' THEN 'head_under_40'
        WHEN p.head_born > CAST(:as_of AS date) - interval '60 years' THEN 'head_40_59'
        ELSE 'head_60_over' END AS head_age,
    CASE WHEN p.disabled THEN 'some' ELSE 'none' END AS disability,
    CASE WHEN h.member_count <= 2 THEN 'size_1_2' WHEN h.member_count <= 4 THEN 'size_3_4'
        WHEN h.member_count <= 6 THEN 'size_5_6' ELSE 'size_7_over' END AS size,
    (count(*) FILTER (WHERE h.status = 'tegar'))::bigint AS tegar,
    (count(*) FILTER (WHERE h.status = 'miskin'))::bigint AS miskin
FROM ekasih.household AS h
LEFT JOIN of_persons AS p ON p.household_id = h.id
WHERE h.exited_on IS NULL AND h.status IN ('tegar', 'miskin')
GROUP BY 1, 2, 3, 4, 5, 6, 7
