-- What every page states about the register.
-- grain:   one row
-- params:
-- columns: sample, empty, as_of?
-- row:     RegisterStateRow
SELECT
    CAST(state ->> 'sample' AS boolean) AS sample,
    CAST(state ->> 'empty' AS boolean) AS empty,
    CAST(state ->> 'as_of' AS date) AS as_of
FROM ekasih.register_state() AS state
