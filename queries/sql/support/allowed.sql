-- The steps of a ticket that who is acting may take now.
-- grain:   one row per step
-- params:  ticket_no
-- columns: action, to_state, needs_words
-- row:     AllowedTicketStepRow
SELECT s.action, s.to_state, s.needs_words FROM ekasih.allowed_ticket_steps(:ticket_no) AS s
