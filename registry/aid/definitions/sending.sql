-- What programs of an agency sent: by the number that the program gave it, and what became of each of its lines.

CREATE POLICY read_own ON aid_sending FOR SELECT TO app_web
USING ((SELECT may('deliver_aid_lines')) AND agency_id = (SELECT acting_agency()));
CREATE POLICY send_own ON aid_sending FOR INSERT TO app_web
WITH CHECK ((SELECT may('deliver_aid_lines')) AND agency_id = (SELECT acting_agency()) AND sent_by = (SELECT acting_user()));
CREATE POLICY send_again ON aid_sending FOR UPDATE TO app_web
USING ((SELECT may('deliver_aid_lines')) AND agency_id = (SELECT acting_agency()))
WITH CHECK ((SELECT may('deliver_aid_lines')) AND agency_id = (SELECT acting_agency()));
GRANT SELECT, INSERT (agency_id, number, content_key, line_references, upload_id, sent_by), UPDATE (upload_id)
    ON aid_sending TO app_web;

-- How far a sending of the own agency is: it waits, is done, was refused whole (and why), or came to nothing: then what it
-- came in as, where it lies there yet and is of who is acting.
CREATE OR REPLACE FUNCTION aid_sending_state(asked_number text)
RETURNS TABLE (sending_id bigint, number text, sent_at timestamptz, lines integer, state text, reason text, delivery_id integer,
               content_key bytea, lies_as bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT s.id, s.number, s.sent_at, cardinality(s.line_references),
        CASE WHEN u.state IN ('trial', 'import') THEN 'waiting'
             WHEN told.one ->> 'state' = 'refused' THEN 'refused'
             WHEN u.state = 'imported' THEN 'processed'
             ELSE 'failed' END,
        CASE WHEN told.one ->> 'state' = 'refused' THEN told.one ->> 'reason' ELSE u.problem ->> 'key' END,
        d.id, s.content_key, CASE WHEN u.state = 'ready' AND u.uploaded_by = acting_user() THEN u.id END
    FROM aid_sending AS s
    LEFT JOIN delivery_upload AS u ON u.id = s.upload_id
    CROSS JOIN LATERAL (SELECT CASE WHEN u.state = 'imported' THEN u.report #> '{deliveries,0}' END AS one) AS told
    LEFT JOIN aid_delivery AS d ON d.agency_id = s.agency_id AND d.number = s.number AND u.state = 'imported'
        AND told.one ->> 'state' <> 'refused'
    WHERE may('deliver_aid_lines') AND s.agency_id = acting_agency() AND s.number = asked_number
$$;

REVOKE ALL ON FUNCTION aid_sending_state(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION aid_sending_state(text) TO app_web;
