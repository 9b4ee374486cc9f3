-- The texts to begin an answer with.
-- grain:   one row per template
-- params:
-- columns: code, name_ms, name_en, words_ms, words_en
-- row:     TicketTemplateRow
SELECT t.code, t.name_ms, t.name_en, t.words_ms, t.words_en FROM ekasih.ticket_template AS t WHERE t.active ORDER BY t.code
