-- Version 3: sessions, and what a room answered in them. Columns of the first five tables: data/activiteiten/werksessie.toml.
CREATE TABLE session (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, withdrawn INTEGER NOT NULL, changed_at TIMESTAMP NOT NULL,
    title TEXT, area TEXT, division INTEGER, date DATE, state TEXT, residents TEXT, code TEXT
);
CREATE TABLE session_figure (
    session_id TEXT NOT NULL, place INTEGER NOT NULL, key TEXT NOT NULL, position INTEGER, kind TEXT, subject TEXT,
    title TEXT, question TEXT, choices TEXT, unit TEXT, decimals INTEGER, link TEXT,
    PRIMARY KEY (session_id, place)
);
CREATE TABLE session_note (
    session_id TEXT NOT NULL, place INTEGER NOT NULL, figure TEXT, recognised TEXT, text TEXT,
    PRIMARY KEY (session_id, place)
);
CREATE TABLE session_point (
    session_id TEXT NOT NULL, place INTEGER NOT NULL, key TEXT NOT NULL, kind TEXT, text TEXT, state TEXT,
    PRIMARY KEY (session_id, place)
);
CREATE TABLE session_agreement (
    session_id TEXT NOT NULL, place INTEGER NOT NULL, key TEXT NOT NULL, what TEXT, who TEXT, due DATE, point TEXT,
    indicator TEXT, direction TEXT, state TEXT, activity TEXT,
    PRIMARY KEY (session_id, place)
);

-- One question put to the room: about a figure, or (figure '') about the whole. state: open, gesloten. shown: 1 once the room
-- has seen the outcome. The id is made of the other three, so that opening twice is opening once.
CREATE TABLE session_round (
    id TEXT PRIMARY KEY, session_id TEXT NOT NULL, figure TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL,
    shown INTEGER NOT NULL
);
-- Who has answered and what was answered stand apart, as at a polling station, and neither has a moment: no answer can be
-- traced to a device, nor to the order in which they came.
CREATE TABLE session_ballot (id TEXT PRIMARY KEY, round_id TEXT NOT NULL);
-- counted_by: telefoon (counted, one by one) or zaal (hands or stickers, counted by the facilitator).
CREATE TABLE session_tally (
    round_id TEXT NOT NULL, counted_by TEXT NOT NULL, answer TEXT NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (round_id, counted_by, answer)
);
-- The figure that is on the screen of the room.
CREATE TABLE session_screen (session_id TEXT PRIMARY KEY, figure TEXT NOT NULL);
