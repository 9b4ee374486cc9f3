-- Persons of registered households whom the delivery tells of again: by their number, else by name and birth date. Each
-- keeps its identity, and with it all that hangs on it.
CREATE TEMP TABLE same_person ON COMMIT DROP AS
WITH registered AS (
    SELECT p.id, p.household_id, p.id_no, p.name_key, p.birth_date,
        row_number() OVER (PARTITION BY p.household_id, p.id_no ORDER BY p.member_no, p.id) AS no_of_number
    FROM accepted AS a JOIN person AS p ON p.household_id = a.id
    WHERE a.known
), told AS (
    SELECT p.row_no, a.id AS household_id, p.id_no, p.name_key, p.birth_date,
        row_number() OVER (PARTITION BY a.id, p.id_no ORDER BY p.member_no) AS no_of_number
    FROM accepted AS a JOIN read_person AS p ON p.household_row = a.row_no
    WHERE a.known
), by_number AS (
    SELECT r.id, t.row_no
    FROM registered AS r JOIN told AS t USING (household_id, id_no, no_of_number)
), by_name AS (
    SELECT r.id, t.row_no
    FROM (SELECT r.*, row_number() OVER (PARTITION BY household_id, name_key, birth_date ORDER BY id) AS no_of_name
          FROM registered AS r WHERE r.id NOT IN (SELECT id FROM by_number)) AS r
    JOIN (SELECT t.*, row_number() OVER (PARTITION BY household_id, name_key, birth_date ORDER BY row_no) AS no_of_name
          FROM told AS t WHERE t.row_no NOT IN (SELECT row_no FROM by_number)) AS t
        USING (household_id, name_key, birth_date, no_of_name)
)
SELECT id, row_no FROM by_number UNION ALL SELECT id, row_no FROM by_name
