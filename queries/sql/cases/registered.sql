-- Whether an identity number is registered in some household of the country, for those who enter households.
-- grain:   one row
-- params:  id_no
-- columns: registered
SELECT ekasih.id_no_taken(CAST(:id_no AS text), 0) AS registered
