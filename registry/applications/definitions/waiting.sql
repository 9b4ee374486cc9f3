-- What is open of applications, and what waits for whom. Each way of reading them has an index in the order in which steps are
-- due, so that the cost does not grow with how many are open; the policies of aid_application judge every row all the same.

-- The open applications of one state in the territory of who is acting, of no agency, by the day on which a step is due: of some
-- kinds, due before a day, not acted on before the step that is named.
CREATE OR REPLACE FUNCTION placed_applications(asked_state text, kinds integer[], before date, deciding text, most bigint)
RETURNS TABLE (id bigint, due_on date)
LANGUAGE sql STABLE
AS $$
    SELECT w.id, w.due_on
    FROM (SELECT (SELECT t FROM ekasih.aid_transition AS t WHERE t.action = deciding AND t.from_state = asked_state) AS step
          WHERE ekasih.acting_agency() IS NULL AND ekasih.nationwide()) AS d
    CROSS JOIN LATERAL (
        SELECT a.id, a.due_on FROM ekasih.aid_application AS a
        WHERE a.state = asked_state AND ekasih.is_open_application(a.state) AND (kinds IS NULL OR a.kind_id = ANY (kinds))
            AND (before IS NULL OR a.due_on < before) AND (deciding IS NULL OR NOT ekasih.acted_before(a.id, d.step))
        ORDER BY a.due_on, a.id LIMIT most) AS w
    UNION ALL
    SELECT w.id, w.due_on
    FROM (SELECT r.code, (SELECT t FROM ekasih.aid_transition AS t
                          WHERE t.action = deciding AND t.from_state = asked_state) AS step
          FROM ekasih.reached_districts() AS r (code) WHERE ekasih.acting_agency() IS NULL AND NOT ekasih.nationwide()) AS d
    CROSS JOIN LATERAL (
        SELECT a.id, a.due_on FROM ekasih.aid_application AS a
        WHERE a.district_code = d.code AND a.state = asked_state AND ekasih.is_open_application(a.state)
            AND (kinds IS NULL OR a.kind_id = ANY (kinds)) AND (before IS NULL OR a.due_on < before)
            AND (deciding IS NULL OR NOT ekasih.acted_before(a.id, d.step))
        ORDER BY a.due_on, a.id LIMIT most) AS w
$$;

-- The same of those that went to the agency of who is acting, or to its office; what is asked about elsewhere is decided later.
CREATE OR REPLACE FUNCTION routed_applications(asked_state text, kinds integer[], before date, deciding text, most bigint)
RETURNS TABLE (id bigint, due_on date)
LANGUAGE sql STABLE
AS $$
    SELECT w.id, w.due_on
    FROM (SELECT (SELECT t FROM ekasih.aid_transition AS t WHERE t.action = deciding AND t.from_state = asked_state) AS step
          WHERE ekasih.acting_office() IS NULL) AS d
    CROSS JOIN LATERAL (
        SELECT a.id, a.due_on FROM ekasih.aid_application AS a
        WHERE a.agency_id = ekasih.acting_agency() AND a.state = asked_state AND ekasih.is_open_application(a.state)
            AND (kinds IS NULL OR a.kind_id = ANY (kinds)) AND (before IS NULL OR a.due_on < before)
            AND (deciding IS NULL OR NOT a.override_asked AND NOT ekasih.acted_before(a.id, d.step))
        ORDER BY a.due_on, a.id LIMIT most) AS w
    UNION ALL
    SELECT w.id, w.due_on
    FROM (SELECT o.code, (SELECT t FROM ekasih.aid_transition AS t
                          WHERE t.action = deciding AND t.from_state = asked_state) AS step
          FROM unnest(ARRAY[ekasih.acting_office(), '']) AS o (code) WHERE ekasih.acting_office() IS NOT NULL) AS d
    CROSS JOIN LATERAL (
        SELECT a.id, a.due_on FROM ekasih.aid_application AS a
        WHERE a.agency_id = ekasih.acting_agency() AND coalesce(a.office_code, '') = d.code AND a.state = asked_state
            AND ekasih.is_open_application(a.state) AND (kinds IS NULL OR a.kind_id = ANY (kinds))
            AND (before IS NULL OR a.due_on < before)
            AND (deciding IS NULL OR NOT a.override_asked AND NOT ekasih.acted_before(a.id, d.step))
        ORDER BY a.due_on, a.id LIMIT most) AS w
$$;

-- The open applications that who is acting reads, or those of them whose step was due before a day, by that day.
CREATE OR REPLACE FUNCTION open_applications(kinds integer[], before date, most bigint) RETURNS TABLE (id bigint, due_on date)
LANGUAGE sql STABLE
AS $$
    SELECT f.id, f.due_on
    FROM unnest(ARRAY['draf', 'diterima', 'tidak_lengkap', 'disemak', 'diluluskan', 'dalam_bayaran', 'diserah', 'dirayu'])
        AS asked (state)
    CROSS JOIN LATERAL (
        SELECT p.id, p.due_on FROM ekasih.placed_applications(asked.state, kinds, before, NULL, most) AS p
        UNION ALL
        SELECT r.id, r.due_on FROM ekasih.routed_applications(asked.state, kinds, before, NULL, most) AS r
        UNION ALL
        (SELECT a.id, a.due_on FROM ekasih.aid_application AS a
         WHERE a.opened_agency_id = ekasih.acting_agency() AND a.state = asked.state
             AND (a.agency_id <> ekasih.acting_agency() OR a.office_code <> ekasih.acting_office())
             AND ekasih.is_open_application(a.state) AND (kinds IS NULL OR a.kind_id = ANY (kinds))
             AND (before IS NULL OR a.due_on < before)
         ORDER BY a.due_on, a.id LIMIT most)
    ) AS f
    ORDER BY f.due_on, f.id LIMIT most
$$;

-- The open applications that wait for a step of who is acting, by the day on which it is due: of who opened them; of the agency
-- by what may be done there; of who decides appeals, or lets aid overlap; none for the decision of who acted on it before.
CREATE OR REPLACE FUNCTION waiting_applications(kinds integer[], most bigint) RETURNS TABLE (id bigint, due_on date)
LANGUAGE sql STABLE
AS $$
    SELECT f.id, f.due_on
    FROM (
        (SELECT a.id, a.due_on FROM ekasih.aid_application AS a
         WHERE a.opened_by = ekasih.acting_user() AND a.state IN ('draf', 'tidak_lengkap')
             AND (kinds IS NULL OR a.kind_id = ANY (kinds))
         ORDER BY a.due_on, a.id LIMIT most)
        UNION ALL
        SELECT p.id, p.due_on FROM ekasih.placed_applications('dirayu', kinds, NULL, 'putus_terima', most) AS p
        WHERE ekasih.may('decide_appeal')
        UNION ALL
        SELECT w.id, w.due_on
        FROM ekasih.reached_districts() AS d (code)
        CROSS JOIN LATERAL (
            SELECT a.id, a.due_on FROM ekasih.aid_application AS a
            WHERE a.override_asked AND a.district_code = d.code AND (kinds IS NULL OR a.kind_id = ANY (kinds))
                AND NOT ekasih.acted_before(a.id, (SELECT t FROM ekasih.aid_transition AS t WHERE t.action = 'izin'))
            ORDER BY a.due_on, a.id LIMIT most) AS w
        WHERE ekasih.acting_agency() IS NULL AND ekasih.may('override_double_aid')
        UNION ALL
        SELECT r.id, r.due_on
        FROM (VALUES ('diterima', 'check_aid', NULL), ('disemak', 'approve_aid', 'lulus'), ('diserah', 'deliver_aid', NULL),
                     ('dirayu', 'decide_appeal', 'putus_terima')) AS s (state, permission, deciding)
        CROSS JOIN LATERAL ekasih.routed_applications(s.state, kinds, NULL, s.deciding, most) AS r
        WHERE ekasih.may(s.permission)
        UNION ALL
        -- cash is paid by a list; what else was granted is handed over
        SELECT w.id, w.due_on
        FROM ekasih.aid_kind AS k
        JOIN ekasih.aid_programme AS p ON p.id = k.programme_id AND p.agency_id = ekasih.acting_agency()
        CROSS JOIN LATERAL (
            SELECT a.id, a.due_on FROM ekasih.aid_application AS a
            WHERE a.kind_id = k.id AND a.state = 'diluluskan' AND a.agency_id = ekasih.acting_agency()
            ORDER BY a.due_on, a.id LIMIT most) AS w
        WHERE k.form <> 'tunai' AND ekasih.may('deliver_aid') AND (kinds IS NULL OR k.id = ANY (kinds))
    ) AS f
    ORDER BY f.due_on, f.id LIMIT most
$$;
REVOKE ALL ON FUNCTION placed_applications(text, integer[], date, text, bigint),
    routed_applications(text, integer[], date, text, bigint), open_applications(integer[], date, bigint),
    waiting_applications(integer[], bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION placed_applications(text, integer[], date, text, bigint),
    routed_applications(text, integer[], date, text, bigint), open_applications(integer[], date, bigint),
    waiting_applications(integer[], bigint) TO app_web;
