-- What is stored of them is stored under the id that they have.
UPDATE read_person AS p SET id = s.id FROM same_person AS s WHERE s.row_no = p.row_no
