-- Lines that are taken back, and the days that are free again by it.
WITH back AS (
    INSERT INTO ekasih.aid_reversal (line_id, agency_id, reference, day, amount_rm, delivery_id, row_no, content_key, recorded_by)
    SELECT b.line_id, :agency, b.reference, b.day, b.amount_rm, :delivery, b.row_no, b.content_key, :actor
    FROM unnest(CAST(:line_ids AS bigint[]), CAST(:references AS text[]), CAST(:days AS date[]),
                CAST(:amounts AS numeric[]), CAST(:row_nos AS integer[]), CAST(:content_keys AS bytea[]))
        AS b (line_id, reference, day, amount_rm, row_no, content_key)
    RETURNING line_id
)
UPDATE ekasih.aid_claim AS c SET ended_at = now()
FROM back WHERE c.line_id = back.line_id AND c.ended_at IS NULL
