-- The monitor: published figures. A file is written once, renamed to its stamp, and never changed again.
CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);

-- One row per file read in. A run is an edition: two runs with one (source, table_id) are two editions of a table.
CREATE TABLE import_run (
    run_id INTEGER PRIMARY KEY,
    imported_at TIMESTAMP NOT NULL,
    file VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    catalogue_hash VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    table_id VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    published VARCHAR,
    division INTEGER NOT NULL,
    last_period INTEGER,
    rows_read INTEGER NOT NULL,
    rows_kept INTEGER NOT NULL,
    observations INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    areas INTEGER NOT NULL,
    boundaries INTEGER NOT NULL,
    notes VARCHAR[] NOT NULL,
    superseded BOOLEAN NOT NULL
);

CREATE TABLE rejected_row (
    run_id INTEGER NOT NULL, row_number INTEGER, column_name VARCHAR, value VARCHAR, problem VARCHAR NOT NULL
);

CREATE TABLE area (area_id INTEGER PRIMARY KEY, code VARCHAR UNIQUE NOT NULL, level VARCHAR NOT NULL, municipality VARCHAR);

-- A code in one year's division: what it was called and whether its border moved (1 no, 2 recoded, 3 yes, NULL unknown).
CREATE TABLE area_division (
    area_id INTEGER NOT NULL, division INTEGER NOT NULL, name VARCHAR, change INTEGER, water BOOLEAN NOT NULL, run_id INTEGER NOT NULL
);

-- wkb: as published (WGS84). wkb_map and wkb_country: lighter, neighbours still share their border; made at import, because
-- simplifying the country takes a second and every visit would pay it.
CREATE TABLE boundary (
    area_id INTEGER NOT NULL, division INTEGER NOT NULL, run_id INTEGER NOT NULL,
    wkb BLOB NOT NULL, wkb_map BLOB NOT NULL, wkb_country BLOB NOT NULL
);

CREATE TABLE indicator (indicator_id INTEGER PRIMARY KEY, code VARCHAR UNIQUE NOT NULL);

-- Long, integer keys, kept sorted by (indicator_id, period, area_id). value NULL has a reason; a missing value is never 0.
-- superseded: a newer edition says the same thing; the row stays readable through its run.
CREATE TABLE observation (
    indicator_id INTEGER NOT NULL,
    period INTEGER NOT NULL,
    area_id INTEGER NOT NULL,
    value DOUBLE,
    reason VARCHAR,
    run_id INTEGER NOT NULL,
    superseded BOOLEAN NOT NULL
);
