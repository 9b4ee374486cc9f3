-- The vote book of an office in a year, over its programmes.
-- grain:   one row
-- params:  office, year
-- columns: programmes, shared, peruntukan, agihan, tanggungan, belanja, baki, percent?, changed_on?
-- row:     OfficeVoteRow
SELECT v.programmes, v.shared, v.peruntukan, v.agihan, v.tanggungan, v.belanja, v.baki, v.percent, v.changed_on
FROM ekasih.office_votes(:office, CAST(:year AS integer)) AS v
