-- A number that is registered already for a different head is held: nothing is written over another family.
UPDATE fate AS f
SET held = 'no_isirumah_berdaftar', conflicting_file_no = f.file_no
FROM members AS m, read_person AS head, person AS known
WHERE f.rejected IS NULL AND f.registered_id IS NOT NULL
    AND m.household_row = f.row_no AND head.row_no = m.head_row
    AND known.household_id = f.registered_id AND known.is_head
    AND CASE WHEN known.id_no IS NOT NULL AND head.id_no IS NOT NULL THEN known.id_no <> head.id_no
             ELSE known.name_key <> head.name_key END
