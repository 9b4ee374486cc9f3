-- The words of a name with the district of who bears it, for an index over them: a table stands on this. Words of names
-- are upper case, so the district's mark is none that can be asked for.

CREATE OR REPLACE FUNCTION person_words(name_key text, district_code text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT string_to_array(name_key, ' ') || ('d' || district_code) $$;
