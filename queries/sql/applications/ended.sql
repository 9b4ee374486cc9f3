-- What an agency is still told of an application that ended long ago.
-- grain:   one row
-- params:  application
-- columns: number, state, ended_on, code?, reason?
-- row:     EndedRow
SELECT e.number, e.state, e.ended_on, e.code, e.reason FROM ekasih.ended_application(:application) AS e
