-- Households of the sample that may be aided, the same for the same seed, each with its head and a member of each kind that
-- programmes ask for. share is how many of a thousand are looked at. Days are compared with days: of a comparison with a
-- moment the planner knows nothing under row security, and takes an index on birth dates for each household.
SELECT h.id, h.file_no, h.district_code, d.name AS district, h.status, h.tenure, h.strata, h.dwelling_type, h.registered_on,
    head.name AS head_name, head.id_no AS head_no, head.birth_date AS head_born, head.religion,
    pupil.name AS pupil_name, pupil.id_no AS pupil_no, pupil.birth_date AS pupil_born,
    disabled.name AS disabled_name, disabled.id_no AS disabled_no, disabled.birth_date AS disabled_born,
    patient.name AS patient_name, patient.id_no AS patient_no, patient.birth_date AS patient_born
FROM ekasih.household AS h
JOIN ekasih.area AS d ON d.code = h.district_code
JOIN ekasih.person AS head ON head.household_id = h.id AND head.is_head
LEFT JOIN LATERAL (SELECT p.name, p.id_no, p.birth_date FROM ekasih.person AS p
    WHERE p.household_id = h.id AND p.in_school
        AND p.birth_date BETWEEN (CAST(:today AS date) - interval '15 years')::date AND (CAST(:today AS date) - interval '9 years')::date
    ORDER BY p.member_no LIMIT 1) AS pupil ON true
LEFT JOIN LATERAL (SELECT p.name, p.id_no, p.birth_date FROM ekasih.person AS p
    WHERE p.household_id = h.id AND p.disability <> 'Tiada' ORDER BY p.member_no LIMIT 1) AS disabled ON true
LEFT JOIN LATERAL (SELECT p.name, p.id_no, p.birth_date FROM ekasih.person AS p
    WHERE p.household_id = h.id AND p.chronic_illness = 'Buah pinggang' ORDER BY p.member_no LIMIT 1) AS patient ON true
WHERE h.exited_on IS NULL AND h.registered_on < (CAST(:today AS date) - interval '22 months')::date
    AND abs(hashtextextended(h.file_no, :seed)) % 1000 < :share
ORDER BY h.id
