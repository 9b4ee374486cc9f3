-- The records that a ticket is about: kind and id, and nothing copied. Who may see the record is shown its number; opening it is
-- a read for support, which is written down.

-- The number of a record for who may see it, and its district; nothing for others.
CREATE OR REPLACE FUNCTION supported_record(asked_kind text, asked_id bigint)
RETURNS TABLE (number text, district_code text, subject text)
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT h.file_no, h.district_code, 'household' FROM household AS h
    WHERE asked_kind = 'isi_rumah' AND h.id = asked_id AND sees_persons() AND in_reach(h.district_code, h.catchment_codes)
    UNION ALL
    SELECT c.number, c.district_code, 'case' FROM case_file AS c
    WHERE asked_kind = 'kes' AND c.id = asked_id AND sees_persons() AND in_territory(c.district_code)
    UNION ALL
    SELECT a.number, a.district_code, 'aid_application' FROM aid_application AS a
    WHERE asked_kind = 'permohonan' AND a.id = asked_id AND reads_application(a, false)
$$;

-- The links of a ticket that who is acting reads, with the number where that person may see the record.
CREATE OR REPLACE FUNCTION ticket_links(asked_number text) RETURNS TABLE (link_id bigint, kind text, number text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT l.id, l.kind, r.number
    FROM ticket AS k
    JOIN ticket_link AS l ON l.ticket_id = k.id
    LEFT JOIN LATERAL supported_record(l.kind, l.record_id) AS r ON true
    WHERE k.number = asked_number AND ticket_sides(k) <> '{}'
    ORDER BY l.id
$$;

-- Links a record that who is acting may see, by its number. A number that is none and one of a record that is not theirs to see
-- are refused alike.
CREATE OR REPLACE FUNCTION link_ticket(asked_number text, asked_kind text, record_no text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    own ticket;
    found bigint;
    made bigint;
BEGIN
    SELECT * INTO own FROM ticket AS k WHERE k.number = asked_number FOR UPDATE;
    IF own.id IS NULL OR acting_user() IS NULL OR ticket_sides(own) = '{}' THEN
        RAISE EXCEPTION 'not_found' USING ERRCODE = 'EK065';
    END IF;
    found := CASE asked_kind
        WHEN 'isi_rumah' THEN (SELECT h.id FROM household AS h WHERE h.file_no = btrim(record_no))
        WHEN 'kes' THEN (SELECT c.id FROM case_file AS c WHERE c.number = upper(btrim(record_no)))
        WHEN 'permohonan' THEN (SELECT a.id FROM aid_application AS a WHERE a.number = upper(btrim(record_no))) END;
    IF found IS NULL OR NOT EXISTS (SELECT FROM supported_record(asked_kind, found))
        OR (SELECT count(*) FROM ticket_link AS l WHERE l.ticket_id = own.id) >= 20 THEN
        RAISE EXCEPTION 'support_unknown' USING ERRCODE = 'EK255';
    END IF;
    INSERT INTO ticket_link (ticket_id, kind, record_id, added_by) VALUES (own.id, asked_kind, found, acting_user())
    ON CONFLICT (ticket_id, kind, record_id) DO UPDATE SET kind = EXCLUDED.kind
    RETURNING id INTO made;
    PERFORM audit_ticket(own, 'link_ticket', jsonb_build_object('link', made, 'kind', asked_kind));
    RETURN made;
END
$$;

-- Opens the record of a link as a read for support: what it is, once that is written down; nothing for who may not see it.
CREATE OR REPLACE FUNCTION open_ticket_link(asked_link bigint) RETURNS TABLE (kind text, record_id bigint, number text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    own ticket;
    link ticket_link;
    found record;
BEGIN
    SELECT * INTO link FROM ticket_link AS l WHERE l.id = asked_link;
    SELECT * INTO own FROM ticket AS k WHERE k.id = link.ticket_id;
    SELECT * INTO found FROM supported_record(link.kind, link.record_id);
    IF own.id IS NULL OR acting_user() IS NULL OR ticket_sides(own) = '{}' OR found.number IS NULL THEN
        RETURN;
    END IF;
    INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, district_code, after)
    VALUES (acting_user(), acting_login(), 'read', found.subject, link.record_id, found.district_code,
            jsonb_build_object('for', 'support', 'ticket', own.number));
    RETURN QUERY SELECT link.kind, link.record_id, found.number::text;
END
$$;

-- Whether who is acting may add a picture to a ticket: as who opened it or who handles it, while it is open.
CREATE OR REPLACE FUNCTION takes_ticket_picture(asked_number text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM ticket AS k WHERE k.number = asked_number AND acting_user() IS NOT NULL AND ticket_sides(k) <> '{}'
                   AND is_open_ticket(k.state) AND (SELECT count(*) FROM ticket_picture AS p WHERE p.ticket_id = k.id) < 12)
$$;

-- Keeps the row of a picture; the file itself is kept outside of the database.
CREATE OR REPLACE FUNCTION add_ticket_picture(asked_number text, stored text, digest text, size integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    own ticket;
    made bigint;
BEGIN
    SELECT * INTO own FROM ticket AS k WHERE k.number = asked_number FOR UPDATE;
    IF NOT takes_ticket_picture(asked_number) THEN
        RAISE EXCEPTION 'not_found' USING ERRCODE = 'EK065';
    END IF;
    INSERT INTO ticket_picture (ticket_id, name, sha256, bytes, added_by) VALUES (own.id, stored, digest, size, acting_user())
    RETURNING id INTO made;
    PERFORM audit_ticket(own, 'add_ticket_picture', jsonb_build_object('picture', made));
    RETURN made;
END
$$;

-- How many pictures a ticket has, for who opened it as well, who does not see them.
CREATE OR REPLACE FUNCTION count_ticket_pictures(asked_number text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT count(*) FROM ticket AS k JOIN ticket_picture AS p ON p.ticket_id = k.id
    WHERE k.number = asked_number AND ticket_sides(k) <> '{}'
$$;

REVOKE ALL ON FUNCTION supported_record(text, bigint), ticket_links(text), link_ticket(text, text, text), open_ticket_link(bigint),
    takes_ticket_picture(text), add_ticket_picture(text, text, text, integer), count_ticket_pictures(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ticket_links(text), link_ticket(text, text, text), open_ticket_link(bigint), takes_ticket_picture(text),
    add_ticket_picture(text, text, text, integer), count_ticket_pictures(text) TO app_web;
