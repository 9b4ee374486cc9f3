-- The texts to begin an answer with.
-- grain:   one row per template
-- params:  also_retired
-- columns: code, name_ms, name_en, words_ms, words_en, active, version
-- row:     TicketTemplateRow
SELECT t.code, t.name_ms, t.name_en, t.words_ms, t.words_en, t.active, t.version
FROM ekasih.ticket_template AS t
WHERE t.active OR :also_retired
ORDER BY NOT t.active, t.code
