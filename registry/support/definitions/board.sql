-- The counts of support by place, kind and month of opening, kept as tickets change, so that the board reads no ticket.

CREATE POLICY read_handled ON ticket_month FOR SELECT TO app_web
USING ((SELECT may('handle_support') AND of_no_agency()) AND ((SELECT nationwide()) OR handles_place(place)));
GRANT SELECT ON ticket_month TO app_web;

-- What a ticket counts as, in the order of the columns of ticket_month.
CREATE OR REPLACE FUNCTION ticket_counts(k ticket) RETURNS integer[] LANGUAGE sql IMMUTABLE
AS $$
    SELECT CASE WHEN k.state = 'digabung' THEN ARRAY[1, 0, 0, 0, 0, 0, 0, 0, 0, 0] ELSE ARRAY[1,
        (k.state IN ('baru', 'diberi', 'dijawab', 'menunggu_pelapor', 'dibuka_semula'))::integer,
        (k.first_answer_at IS NOT NULL AND k.answered_in_time IS NOT NULL)::integer,
        coalesce(k.first_answer_at IS NOT NULL AND k.answered_in_time, false)::integer,
        (k.solved_at IS NOT NULL AND k.solved_in_time IS NOT NULL)::integer,
        coalesce(k.solved_at IS NOT NULL AND k.solved_in_time, false)::integer,
        least(k.reopened, 1)::integer, (k.article_slug IS NOT NULL)::integer,
        (k.satisfaction IS NOT NULL)::integer, coalesce(k.satisfaction, 0)::integer] END
$$;

-- Adds what a ticket counts as to its place, kind and month, or takes it away.
CREATE OR REPLACE FUNCTION add_ticket_counts(k ticket, way integer) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    INSERT INTO ticket_month AS m (place, kind, month, opened, open_now, answered, answered_in_time, solved, solved_in_time, reopened,
                                   articles, rated, rating_sum)
    SELECT k.place, k.kind, date_trunc('month', k.opened_at AT TIME ZONE 'Asia/Kuala_Lumpur')::date, way * c[1], way * c[2], way * c[3],
        way * c[4], way * c[5], way * c[6], way * c[7], way * c[8], way * c[9], way * c[10]
    FROM (SELECT ticket_counts(k) AS c) AS own
    ON CONFLICT (place, kind, month) DO UPDATE SET opened = m.opened + EXCLUDED.opened, open_now = m.open_now + EXCLUDED.open_now,
        answered = m.answered + EXCLUDED.answered, answered_in_time = m.answered_in_time + EXCLUDED.answered_in_time,
        solved = m.solved + EXCLUDED.solved, solved_in_time = m.solved_in_time + EXCLUDED.solved_in_time,
        reopened = m.reopened + EXCLUDED.reopened, articles = m.articles + EXCLUDED.articles, rated = m.rated + EXCLUDED.rated,
        rating_sum = m.rating_sum + EXCLUDED.rating_sum
$$;

CREATE OR REPLACE FUNCTION count_ticket() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM add_ticket_counts(OLD, -1);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM add_ticket_counts(NEW, 1);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER count_ticket AFTER INSERT OR DELETE ON ticket FOR EACH ROW EXECUTE FUNCTION count_ticket();
CREATE TRIGGER recount_ticket AFTER UPDATE ON ticket FOR EACH ROW
WHEN (OLD.state IS DISTINCT FROM NEW.state OR OLD.kind <> NEW.kind OR OLD.place <> NEW.place OR OLD.opened_at <> NEW.opened_at
      OR OLD.first_answer_at IS DISTINCT FROM NEW.first_answer_at OR OLD.answered_in_time IS DISTINCT FROM NEW.answered_in_time
      OR OLD.solved_at IS DISTINCT FROM NEW.solved_at OR OLD.solved_in_time IS DISTINCT FROM NEW.solved_in_time
      OR OLD.reopened <> NEW.reopened OR OLD.article_slug IS DISTINCT FROM NEW.article_slug
      OR OLD.satisfaction IS DISTINCT FROM NEW.satisfaction)
EXECUTE FUNCTION count_ticket();

-- A page of a list of tickets that who is acting handles, read on an index place by place, after a key.
CREATE OR REPLACE FUNCTION handled_tickets(list text, after_at timestamptz, after_id bigint, most bigint)
RETURNS TABLE (id bigint, at timestamptz)
LANGUAGE sql STABLE
AS $$
    SELECT f.id, f.at FROM (
        (SELECT k.id, k.turn_at AS at FROM ekasih.ticket AS k
         WHERE list = 'saya' AND k.handler_id = ekasih.acting_user() AND (k.turn_at, k.id) > (after_at, after_id)
             AND k.state IN ('baru', 'diberi', 'dijawab', 'menunggu_pelapor', 'dibuka_semula')
         ORDER BY k.turn_at, k.id LIMIT most)
        UNION ALL
        (SELECT k.id, k.turn_at FROM ekasih.ticket AS k
         WHERE list IN ('baharu', 'terbuka', 'lewat', 'dinaikkan') AND ekasih.nationwide() AND ekasih.listed_ticket(k, list)
             AND (k.turn_at, k.id) > (after_at, after_id)
             AND k.state IN ('baru', 'diberi', 'dijawab', 'menunggu_pelapor', 'dibuka_semula')
         ORDER BY k.turn_at, k.id LIMIT most)
        UNION ALL
        SELECT w.id, w.turn_at FROM ekasih.handled_places() AS own (place)
        CROSS JOIN LATERAL (
            SELECT k.id, k.turn_at FROM ekasih.ticket AS k
            WHERE k.place = own.place AND ekasih.listed_ticket(k, list) AND (k.turn_at, k.id) > (after_at, after_id)
                AND k.state IN ('baru', 'diberi', 'dijawab', 'menunggu_pelapor', 'dibuka_semula')
            ORDER BY k.turn_at, k.id LIMIT most) AS w
        WHERE list IN ('baharu', 'terbuka', 'lewat', 'dinaikkan') AND NOT ekasih.nationwide()
    ) AS f
    ORDER BY f.at, f.id LIMIT most
$$;

-- The same of what was solved, the latest first.
CREATE OR REPLACE FUNCTION solved_tickets(before_at timestamptz, before_id bigint, most bigint) RETURNS TABLE (id bigint, at timestamptz)
LANGUAGE sql STABLE
AS $$
    SELECT f.id, f.at FROM (
        (SELECT k.id, k.solved_at AS at FROM ekasih.ticket AS k
         WHERE ekasih.nationwide() AND k.solved_at IS NOT NULL AND (k.solved_at, k.id) < (before_at, before_id)
         ORDER BY k.solved_at DESC, k.id DESC LIMIT most)
        UNION ALL
        SELECT w.id, w.solved_at FROM ekasih.handled_places() AS own (place)
        CROSS JOIN LATERAL (
            SELECT k.id, k.solved_at FROM ekasih.ticket AS k
            WHERE k.place = own.place AND k.solved_at IS NOT NULL AND (k.solved_at, k.id) < (before_at, before_id)
            ORDER BY k.solved_at DESC, k.id DESC LIMIT most) AS w
        WHERE NOT ekasih.nationwide()
    ) AS f
    ORDER BY f.at DESC, f.id DESC LIMIT most
$$;

-- Whether an open ticket belongs on a list of those who handle it.
CREATE OR REPLACE FUNCTION listed_ticket(k ticket, list text) RETURNS boolean LANGUAGE sql STABLE
AS $$
    SELECT CASE list
        WHEN 'baharu' THEN k.handler_id IS NULL
        WHEN 'lewat' THEN k.turn_at < now() AND k.state <> 'menunggu_pelapor' AND NOT k.clock_stale
        WHEN 'dinaikkan' THEN k.told = ANY (ekasih.told_as())
        ELSE list = 'terbuka' END
$$;

REVOKE ALL ON FUNCTION add_ticket_counts(ticket, integer) FROM PUBLIC;
