-- Households of the filters asked for that count, in the order of a column that an index has, after a place in it.
-- Orders: name, perCapita, status (the poorest first, and by income within each).
-- grain:   one row per household; key and household_id are the place of the rows that follow
-- params:  order, descending, district, mukim, statuses, strata, after_key, after_id, row_limit, row_offset
-- columns: household_id, key
-- row:     PlacedRow
SELECT page.household_id, page.key
FROM ekasih.households_in_order(CAST(:order AS text), CAST(:descending AS boolean), CAST(:district AS text),
    CAST(:mukim AS text), CAST(:statuses AS text[]), CAST(:strata AS text), CAST(:after_key AS text),
    CAST(:after_id AS bigint), CAST(:row_limit AS integer), CAST(:row_offset AS integer))
    WITH ORDINALITY AS page (household_id, key, turn)
ORDER BY page.turn
