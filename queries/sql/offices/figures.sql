-- The shares by which an office is judged, each with the day it is of; of a headcount how many points are to be confirmed.
-- grain:   one row per figure
-- params:  office, year
-- columns: figure, part, whole, unsure?, as_of
-- row:     OfficeFigureRow
SELECT f.figure, f.part, f.whole, f.unsure, f.as_of FROM ekasih.office_figures(:office, CAST(:year AS integer)) AS f
