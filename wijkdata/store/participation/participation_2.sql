-- Version 2: what was computed of an aim before the start (the plan of evaluation). A file of version 1 is brought up by these.
ALTER TABLE activity_aim ADD COLUMN planned_at DATE;
ALTER TABLE activity_aim ADD COLUMN seen_1 DOUBLE PRECISION;
ALTER TABLE activity_aim ADD COLUMN seen_2 DOUBLE PRECISION;
ALTER TABLE activity_aim ADD COLUMN seen_4 DOUBLE PRECISION;
ALTER TABLE activity_aim ADD COLUMN compared INTEGER;
