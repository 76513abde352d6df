-- What servers with one store know of each other, and what each of them serves to the callers of all.

CREATE TABLE platform_server (
    name VARCHAR(64) PRIMARY KEY,
    start VARCHAR(32) NOT NULL,
    seen_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    configuration BYTEA NOT NULL
);

CREATE TABLE task (
    id VARCHAR(64) PRIMARY KEY,
    identity VARCHAR(2048) NOT NULL,
    server VARCHAR(64) NOT NULL,
    start VARCHAR(32) NOT NULL,
    created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    ended BOOLEAN NOT NULL,
    cancelled BOOLEAN NOT NULL DEFAULT FALSE,
    state BYTEA NOT NULL
);
CREATE INDEX task_by_server ON task (server, start);
CREATE TABLE task_answer (
    task_id VARCHAR(64) NOT NULL REFERENCES task ON DELETE CASCADE,
    request VARCHAR(256) NOT NULL,
    answer BYTEA NOT NULL,
    PRIMARY KEY (task_id, request)
);

CREATE TABLE export (
    id VARCHAR(36) PRIMARY KEY,
    identity VARCHAR(2048) NOT NULL,
    server VARCHAR(64) NOT NULL,
    start VARCHAR(32) NOT NULL,
    connection VARCHAR(128) NOT NULL,
    begun_at TIMESTAMP(6) WITH TIME ZONE NOT NULL DEFAULT clock_timestamp(),
    expires_at TIMESTAMP(6) WITH TIME ZONE,
    description BYTEA
);
CREATE INDEX export_by_identity ON export (identity);
CREATE TABLE export_part (
    export_id VARCHAR(36) NOT NULL REFERENCES export ON DELETE CASCADE,
    number INT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (export_id, number)
);
-- it is sealed, so the database cannot make it shorter
ALTER TABLE export_part ALTER COLUMN content SET STORAGE EXTERNAL;

-- Allowances of callers (Bucket4j). They are worth nothing after a crash of the database.
CREATE UNLOGGED TABLE caller_rate (
    id VARCHAR(64) PRIMARY KEY,
    state BYTEA,
    expires_at BIGINT
);
