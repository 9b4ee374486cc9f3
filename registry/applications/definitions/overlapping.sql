-- Where an application meets aid that stands: what it overlaps, leave to overlap it, and the claim that it makes.

-- The claims that an application overlaps, as it was granted, else as it was asked for from today.
CREATE OR REPLACE FUNCTION overlapped_by(asked aid_application) RETURNS SETOF aid_claim
LANGUAGE sql STABLE SET search_path = ekasih, public, pg_temp
AS $$
    SELECT c.* FROM aid_kind AS k JOIN aid_need AS n ON n.code = k.need_code
    CROSS JOIN LATERAL claims_in_the_way(asked.household_id, k.need_code, coalesce(asked.person_id::text, ''),
        coalesce(asked.period, aid_period(k.coverage, current_date, asked.asked_period))) AS c
    WHERE k.id = asked.kind_id AND n.exclusive AND c.application_no IS DISTINCT FROM asked.number
$$;

-- Whether a step about leave to overlap other aid fits how an application stands: asked for once until it is answered, given
-- once, and neither where nothing is overlapped.
CREATE OR REPLACE FUNCTION override_step_fits(asked_application bigint, step text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ekasih, public, pg_temp
AS $$
    SELECT CASE WHEN step = 'tolak_izin' THEN a.override_asked
                WHEN step IN ('mohon_izin', 'izin') THEN a.override_id IS NULL AND (step = 'izin' OR NOT a.override_asked)
                    AND EXISTS (SELECT FROM overlapped_by(a))
                ELSE true END
    FROM aid_application AS a WHERE a.id = asked_application AND reads_application(a, false)
$$;

-- The application with leave asked for, given or refused.
CREATE OR REPLACE FUNCTION judged_override(moved aid_application, step aid_step) RETURNS aid_application
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
BEGIN
    IF NOT coalesce(override_step_fits(moved.id, step.action), false) THEN
        RAISE EXCEPTION 'application_overlaps_nothing' USING ERRCODE = 'EK160';
    END IF;
    moved.override_asked := step.action = 'mohon_izin';
    IF step.action = 'izin' THEN
        moved.override_id := make_aid_override(
            jsonb_build_object('reason', step.code, 'words', step.reason, 'evidence_no', coalesce(step.detail ->> 'evidence', '')),
            moved.household_id, (SELECT k.need_code FROM aid_kind AS k WHERE k.id = moved.kind_id), current_date);
    END IF;
    RETURN moved;
END
$$;

-- Lists what an application overlaps as double aid found, for both agencies; what was listed already stays as it was.
CREATE OR REPLACE FUNCTION list_overlaps(asked aid_application) RETURNS void
LANGUAGE sql SET search_path = ekasih, public, pg_temp
AS $$
    INSERT INTO aid_pair (household_id, file_no, district_code, need_code, standing_claim_id, standing_agency_id,
        standing_reference, application_no, other_agency_id, other_reference)
    SELECT h.id, h.file_no, h.district_code, c.need_code, c.id, c.agency_id, coalesce(l.reference, c.application_no, ''),
        asked.number, asked.agency_id, asked.number
    FROM overlapped_by(asked) AS c
    JOIN household AS h ON h.id = c.household_id
    LEFT JOIN aid_line AS l ON l.id = c.line_id
    WHERE c.agency_id <> asked.agency_id
    ON CONFLICT DO NOTHING
$$;

-- Meets the need on the days granted, or refuses because it is met already: the reason by what stood before.
CREATE OR REPLACE FUNCTION claim_need(moved aid_application) RETURNS void
LANGUAGE plpgsql SET search_path = ekasih, public, pg_temp
AS $$
DECLARE
    key text := coalesce(moved.person_id::text, '');
    need aid_need;
    met text;
BEGIN
    -- exclusion constraints can deadlock; the household's row is taken first
    PERFORM FROM household AS h WHERE h.id = moved.household_id FOR NO KEY UPDATE;
    SELECT n.* INTO need FROM aid_need AS n JOIN aid_kind AS k ON k.need_code = n.code WHERE k.id = moved.kind_id;
    INSERT INTO aid_claim (household_id, person_key, need_code, agency_id, kind_id, exclusive, period, application_no,
        override_id)
    VALUES (moved.household_id, key, need.code, moved.agency_id, moved.kind_id, need.exclusive, moved.period, moved.number,
        -- leave to overlap is used where there is something to overlap
        CASE WHEN EXISTS (SELECT FROM overlapped_by(moved)) THEN moved.override_id END);
EXCEPTION WHEN exclusion_violation THEN
    SELECT CASE WHEN need.once THEN 'perumahan_pernah_diterima'
                WHEN bool_or(c.agency_id = moved.agency_id AND c.kind_id = moved.kind_id) THEN 'bayaran_berulang'
                WHEN bool_or(c.agency_id <> moved.agency_id) THEN 'pertindihan_antara_agensi'
                ELSE 'pertindihan_dalam_agensi' END INTO met
    FROM aid_claim AS c
    WHERE c.household_id = moved.household_id AND c.need_code = need.code AND c.person_key = key AND c.period && moved.period
        AND c.exclusive AND c.override_id IS NULL AND c.ended_at IS NULL;
    CASE met
        WHEN 'perumahan_pernah_diterima' THEN RAISE EXCEPTION 'perumahan_pernah_diterima' USING ERRCODE = 'EK122';
        WHEN 'bayaran_berulang' THEN RAISE EXCEPTION 'bayaran_berulang' USING ERRCODE = 'EK123';
        WHEN 'pertindihan_antara_agensi' THEN RAISE EXCEPTION 'pertindihan_antara_agensi' USING ERRCODE = 'EK124';
        ELSE RAISE EXCEPTION 'pertindihan_dalam_agensi' USING ERRCODE = 'EK125';
    END CASE;
END
$$;

REVOKE ALL ON FUNCTION overlapped_by(aid_application), override_step_fits(bigint, text), list_overlaps(aid_application),
    claim_need(aid_application) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION override_step_fits(bigint, text) TO app_web;
