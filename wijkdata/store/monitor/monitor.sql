-- The monitor: published figures. A file is written once, renamed to its stamp, and never changed again.
CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);

-- One row per file read in. A run is an edition: two runs with one (source, table_id) are two editions of a table.
-- division: the year of the division that its codes belong to; division_given: the file or its publisher says so (else it was
-- told from its codes and names, anew at every import). whole: the publisher lists every area of a gemeente. provisional: the
-- periods of which the publisher says that they will be revised.
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
    whole BOOLEAN NOT NULL,
    division_given BOOLEAN NOT NULL,
    last_period INTEGER,
    rows_read INTEGER NOT NULL,
    rows_kept INTEGER NOT NULL,
    observations INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    areas INTEGER NOT NULL,
    boundaries INTEGER NOT NULL,
    provisional INTEGER[] NOT NULL,
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

-- A division is a year and whether it lists whole gemeenten: the codes of two publishers in one year need not be one division.
-- place: the areas people choose from, each under the newest division in which its gemeente is known as a whole.
CREATE TABLE place (area_id INTEGER PRIMARY KEY, division INTEGER NOT NULL, whole BOOLEAN NOT NULL);

-- From each area of each division to the areas that are shown (class A same, B other code, C part of a union of whole areas,
-- D part, X another area, ? not known; see analysis.harmonise.links).
CREATE TABLE link (
    area_id INTEGER NOT NULL, division INTEGER NOT NULL, whole BOOLEAN NOT NULL,
    to_id INTEGER, to_division INTEGER NOT NULL, klass VARCHAR NOT NULL,
    share_from DOUBLE, share_to DOUBLE, evidence VARCHAR NOT NULL, via INTEGER
);

-- What a person decided about a link: goes before all evidence. The newest decision about an area counts.
CREATE TABLE link_decision (
    code_from VARCHAR NOT NULL, year_from INTEGER NOT NULL, code_to VARCHAR, year_to INTEGER NOT NULL,
    klass VARCHAR NOT NULL, reason VARCHAR NOT NULL, decided_at TIMESTAMP NOT NULL
);

-- A table of changes that the user has (addresses counted per pair of areas): share_from and share_to of each pair.
CREATE TABLE change_table (
    code_from VARCHAR NOT NULL, year_from INTEGER NOT NULL, code_to VARCHAR NOT NULL, year_to INTEGER NOT NULL,
    share_from DOUBLE NOT NULL, share_to DOUBLE NOT NULL, run_id INTEGER NOT NULL
);

-- Long, integer keys, kept sorted by (indicator_id, period, shown_id). value NULL has a reason; a missing value is never 0.
-- area_id: the area as published, in the division of its run. shown_id: the place under which the figure may stand (class A,
-- B or C), NULL when there is none: every question asks by it, so there is one way to join. current: what is shown there of
-- all editions and tables. superseded: a newer edition of the table took its place; the row stays readable through its run.
-- derived: made when links were made (sums over whole areas, and why a place has no figure), never read from a file.
CREATE TABLE observation (
    indicator_id INTEGER NOT NULL,
    period INTEGER NOT NULL,
    area_id INTEGER NOT NULL,
    value DOUBLE,
    reason VARCHAR,
    run_id INTEGER NOT NULL,
    superseded BOOLEAN NOT NULL,
    shown_id INTEGER,
    current BOOLEAN NOT NULL,
    derived BOOLEAN NOT NULL
);
