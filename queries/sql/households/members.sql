-- The members of a household with their monthly income by source, RM; the head first.
-- grain:   one row per person
-- params:  household
-- columns: person_id, member_no, is_head, name, id_no?, id_kind?, sex?, birth_date?, relationship, ethnicity?, religion?, marital_status?, citizen?, education_level?, in_school?, skill?, employment_status?, disability?, chronic_illness?, employment_rm, self_employment_rm, property_rm, transfers_rm, income_rm
-- row:     MemberRow
SELECT
    p.id AS person_id, p.member_no, p.is_head, p.name, p.id_no, p.id_kind, p.sex, p.birth_date, p.relationship,
    p.ethnicity, p.religion, p.marital_status, p.citizen, p.education_level, p.in_school, p.skill, p.employment_status,
    p.disability, p.chronic_illness,
    coalesce(sum(i.amount_rm) FILTER (WHERE i.source = 'employment'), 0.00) AS employment_rm,
    coalesce(sum(i.amount_rm) FILTER (WHERE i.source = 'self_employment'), 0.00) AS self_employment_rm,
    coalesce(sum(i.amount_rm) FILTER (WHERE i.source = 'property'), 0.00) AS property_rm,
    coalesce(sum(i.amount_rm) FILTER (WHERE i.source = 'transfers'), 0.00) AS transfers_rm,
    coalesce(sum(i.amount_rm), 0.00) AS income_rm
FROM ekasih.person AS p
LEFT JOIN ekasih.income AS i ON i.person_id = p.id
WHERE p.household_id = :household
GROUP BY p.id
ORDER BY p.is_head DESC, p.member_no, p.id
