-- One round of cleansing of the own office.
-- grain:   one row
-- params:  round_no
-- columns: number, office_code, office_ms, office_en, years, frozen_on, frozen_by?, households, kekal, gugur, siasat, terbuka, proposed, state, closed_on?
-- row:     OneRoundRow
SELECT r.number, r.office_code, o.name_ms AS office_ms, o.name_en AS office_en, array_to_string(r.years, ', ') AS years, r.frozen_on,
    ekasih.name_of_user(r.frozen_by) AS frozen_by, r.households, r.kekal, r.gugur, r.siasat, r.terbuka,
    (SELECT count(*) FROM ekasih.round_decision AS d WHERE d.round_id = r.id AND NOT d.settled) AS proposed, r.state, r.closed_on
FROM ekasih.cleansing_round AS r
JOIN ekasih.office AS o ON o.code = r.office_code
WHERE r.number = :round_no
