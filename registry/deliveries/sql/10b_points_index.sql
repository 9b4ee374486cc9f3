-- Points are asked for by area from here on: an area is taken up once and tests all its points, which costs a third.
CREATE INDEX ON placed USING gist (geom)
