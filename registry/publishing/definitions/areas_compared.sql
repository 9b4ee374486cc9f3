-- What is found of districts held against each other is worked out from what is published to everybody, and is read by
-- everybody who may see figures; so is how far it is to a town, which is told of many households together or of none.

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['area_neighbour', 'area_look', 'area_pocket', 'area_access']
    LOOP
        EXECUTE format('CREATE POLICY read_signed_in ON %I FOR SELECT TO app_web USING ((SELECT signed_in()))', name);
    END LOOP;
END
$$;

GRANT SELECT ON area_neighbour, area_look, area_pocket, area_access TO app_web;
