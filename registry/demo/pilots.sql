-- Poor families of the sample in some states, as they stood when a half-year began, each with its head.
SELECT h.file_no, d.name AS district, head.name AS head_name, head.id_no AS head_no, head.birth_date AS head_born
FROM ekasih.household AS h
JOIN ekasih.area AS d ON d.code = h.district_code
JOIN ekasih.person AS head ON head.household_id = h.id AND head.is_head
JOIN LATERAL (SELECT s.status FROM ekasih.status_decision AS s
    WHERE s.household_id = h.id AND s.effective_on <= CAST(:begins AS date)
    ORDER BY s.effective_on DESC, s.id DESC LIMIT 1) AS begun ON begun.status IN ('tegar', 'miskin')
WHERE h.state_code = ANY (CAST(:states AS text[])) AND h.registered_on <= CAST(:begins AS date) AND h.exited_on IS NULL
ORDER BY h.id
