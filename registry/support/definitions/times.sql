-- What time does to tickets, for the system alone: their clock, who above is told, what closes by itself, pictures that go.

-- Keeps what the clock of a ticket says, unless somebody moved the ticket while it was worked out; answers whether it was kept.
CREATE OR REPLACE FUNCTION set_ticket_clock(asked bigint, seen_version integer, answer_due timestamptz, solve_due timestamptz,
                                            turn timestamptz, tell timestamptz, answered boolean, solved boolean) RETURNS boolean
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    UPDATE ticket AS k SET answer_due_at = answer_due, solve_due_at = solve_due, turn_at = coalesce(turn, k.turn_at), tell_at = tell,
        answered_in_time = answered, solved_in_time = solved, clock_stale = false
    WHERE k.id = asked AND k.version = seen_version;
    RETURN FOUND;
END
$$;

-- Tells somebody above that a share of a ticket's time is over: a row with its time, once.
CREATE OR REPLACE FUNCTION tell_above(asked bigint, asked_measure text, asked_percent integer, reached timestamptz) RETURNS boolean
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    rung text := CASE asked_percent WHEN 75 THEN 'ketua' WHEN 100 THEN 'negeri' ELSE 'negara' END;
    own ticket;
BEGIN
    INSERT INTO ticket_escalation (ticket_id, measure, percent, reached_at, told) VALUES (asked, asked_measure, asked_percent, reached, rung)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE ticket AS k SET
        told = CASE WHEN array_position('{ketua,negeri,negara}', k.told) > array_position('{ketua,negeri,negara}', rung) THEN k.told ELSE rung END,
        level = CASE WHEN rung = 'negara' OR k.level = 'negara' THEN 'negara' WHEN rung = 'negeri' THEN 'negeri' ELSE k.level END
    WHERE k.id = asked RETURNING k.* INTO own;
    PERFORM audit_ticket(own, 'escalate_ticket', jsonb_build_object('measure', asked_measure, 'percent', asked_percent, 'told', rung));
    RETURN true;
END
$$;

-- Closes what was solved and not taken up again for so many days; answers how many there were.
CREATE OR REPLACE FUNCTION close_tickets() RETURNS integer
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    own ticket;
    closed integer := 0;
BEGIN
    FOR own IN
        SELECT k.* FROM ticket AS k
        WHERE k.state = 'selesai' AND k.solved_at < now() - make_interval(
            days => (SELECT s.value::integer FROM setting AS s WHERE s.key = 'support.close_days'))
        ORDER BY k.id FOR UPDATE SKIP LOCKED
    LOOP
        PERFORM move_ticket(own, 'tutup_sendiri', 'tutup', 'sistem', '', '{}');
        closed := closed + 1;
    END LOOP;
    RETURN closed;
END
$$;

-- Lets go the pictures of tickets that were closed so many days ago; the files go with the night's sweep.
CREATE OR REPLACE FUNCTION erase_ticket_pictures() RETURNS integer
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    erased integer;
BEGIN
    DELETE FROM ticket_picture AS p USING ticket AS k
    WHERE k.id = p.ticket_id AND k.closed_at < now() - make_interval(
        days => (SELECT s.value::integer FROM setting AS s WHERE s.key = 'support.picture_days'));
    GET DIAGNOSTICS erased = ROW_COUNT;
    RETURN erased;
END
$$;

REVOKE ALL ON FUNCTION set_ticket_clock(bigint, integer, timestamptz, timestamptz, timestamptz, timestamptz, boolean, boolean),
    tell_above(bigint, text, integer, timestamptz), close_tickets(), erase_ticket_pictures() FROM PUBLIC;
