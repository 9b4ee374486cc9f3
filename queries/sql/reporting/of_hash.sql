-- Of which edition a file is, by its hash, and of which kind; nothing of what is in it.
-- grain:   one row, none where no edition has such a file
-- params:  hash
-- columns: number, kind, made_on, sample
-- row:     EditionOfHashRow
SELECT e.number, e.kind, e.made_on, e.sample FROM ekasih.edition_of_hash(CAST(:hash AS text)) AS e
