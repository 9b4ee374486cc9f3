-- The words of an address, upper case, for an index over them: a table stands on this.

CREATE OR REPLACE FUNCTION address_words(address text, village text, town text, postcode text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT string_to_array(btrim(regexp_replace(
        upper(coalesce(address, '') || ' ' || coalesce(village, '') || ' ' || coalesce(town, '') || ' '
              || coalesce(postcode, '')), '[^A-Z0-9]+', ' ', 'g')), ' ')
$$;
