-- Drops the log itself: only for throw-away databases.
drop schema log cascade;
drop schema read cascade;
drop schema engine cascade;
