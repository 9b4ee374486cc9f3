-- One edition with all that it says, for who may read it.
-- grain:   one row, none where there is none that may be read
-- params:  number
-- columns: id, number, report, table_id?, title, area_code, month, language, exact, snapshot, as_of, sample, program, content, content_sha256, pdf_sha256, xlsx_sha256, csv_sha256, pages, made_at
-- row:     OneEditionRow
SELECT e.id, e.number, e.report, e.table_id, e.title, e.area_code, e.month, e.language, e.exact, e.snapshot, e.as_of, e.sample,
    e.program, e.content, e.content_sha256, e.pdf_sha256, e.xlsx_sha256, e.csv_sha256, e.pages, e.made_at
FROM ekasih.report_edition AS e
WHERE e.number = CAST(:number AS text)
