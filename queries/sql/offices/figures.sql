-- The shares by which an office is judged, each with the day it is of.
-- grain:   one row per figure
-- params:  office, year
-- columns: figure, part, whole, as_of
-- row:     OfficeFigureRow
SELECT f.figure, f.part, f.whole, f.as_of FROM ekasih.office_figures(:office, CAST(:year AS integer)) AS f
