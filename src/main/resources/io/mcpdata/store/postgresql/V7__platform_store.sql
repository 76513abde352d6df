-- The tables as they are in the embedded store after its migration 7, for servers that share one database.

CREATE TABLE audit_event (
    id BIGINT PRIMARY KEY,
    writer VARCHAR(64) NOT NULL,
    chain_hash BYTEA NOT NULL,
    occurred_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    request_id VARCHAR(64) NOT NULL,
    type VARCHAR(32) NOT NULL,
    outcome VARCHAR(16) NOT NULL,
    caller VARCHAR(256) NOT NULL,
    identity VARCHAR(1024) NOT NULL,
    method VARCHAR(16) NOT NULL,
    credential_id VARCHAR(256) NOT NULL,
    persona VARCHAR(128) NOT NULL,
    roles VARCHAR(1024) NOT NULL,
    client_address VARCHAR(64) NOT NULL,
    user_agent VARCHAR(256) NOT NULL,
    category VARCHAR(64) NOT NULL,
    rule VARCHAR(256) NOT NULL,
    tool VARCHAR(128) NOT NULL,
    connection VARCHAR(128) NOT NULL,
    parameters VARCHAR(8192) NOT NULL,
    duration_micros BIGINT NOT NULL,
    row_count BIGINT NOT NULL,
    trace_id VARCHAR(32) NOT NULL
);
CREATE INDEX audit_event_by_writer ON audit_event (writer, id);
CREATE INDEX audit_event_by_time ON audit_event (occurred_at, id);
CREATE INDEX audit_event_by_request ON audit_event (request_id);

-- One row for each server that writes. A transaction that adds rows or deletes rows of a chain locks it first.
CREATE TABLE audit_writer (
    name VARCHAR(64) PRIMARY KEY
);

CREATE TABLE audit_checkpoint (
    writer VARCHAR(64) NOT NULL REFERENCES audit_writer,
    number BIGINT NOT NULL,
    kind VARCHAR(4) NOT NULL,
    row_id BIGINT NOT NULL,
    row_hash BYTEA NOT NULL,
    made_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    key_id VARCHAR(16) NOT NULL,
    signature BYTEA NOT NULL,
    others TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (writer, number)
);

-- Numbers of rows. The first value is taken, so that last_value is always a number that is in use.
CREATE SEQUENCE audit_event_id MINVALUE 0 START WITH 0;
SELECT nextval('audit_event_id');

-- Takes numbers for new rows. Until the transaction ends, its lock says that rows after the number in it may come. The
-- number is read before the lock is taken, and the lock is taken before the new numbers.
CREATE FUNCTION audit_take_ids(wanted INTEGER) RETURNS SETOF BIGINT LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared((27747::BIGINT << 48) | (SELECT last_value FROM audit_event_id));
    RETURN QUERY SELECT nextval('audit_event_id') FROM generate_series(1, wanted);
END
$$;

-- The newest row before which no row can come any more. The numbers are read before the locks, and the rows after them:
-- each statement of a volatile function sees what was committed before it began.
CREATE FUNCTION audit_newest() RETURNS BIGINT LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    taken BIGINT;
    unfinished BIGINT;
    newest BIGINT;
BEGIN
    SELECT last_value INTO taken FROM audit_event_id;
    SELECT MIN(((classid::BIGINT << 32) | objid::BIGINT) & ((1::BIGINT << 48) - 1)) INTO unfinished
        FROM pg_catalog.pg_locks
        WHERE locktype = 'advisory' AND objsubid = 1 AND classid::BIGINT >> 16 = 27747
            AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database());
    SELECT MAX(id) INTO newest FROM audit_event WHERE id <= LEAST(taken, unfinished);
    RETURN COALESCE(newest, 0);
END
$$;

CREATE TABLE api_key (
    key_id VARCHAR(12) PRIMARY KEY,
    digest VARCHAR(64) NOT NULL UNIQUE,
    name VARCHAR(128) NOT NULL,
    roles VARCHAR(8192) NOT NULL,
    description VARCHAR(512),
    email VARCHAR(254),
    not_before TIMESTAMP(6) WITH TIME ZONE,
    expires_at TIMESTAMP(6) WITH TIME ZONE,
    allowed_networks VARCHAR(4096) NOT NULL,
    created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    created_by VARCHAR(256) NOT NULL,
    created_by_identity VARCHAR(1024) NOT NULL,
    created_by_credential VARCHAR(256) NOT NULL,
    replaced_by VARCHAR(12),
    revoked_at TIMESTAMP(6) WITH TIME ZONE
);
CREATE TABLE api_key_revision (
    id INT PRIMARY KEY,
    revision BIGINT NOT NULL
);
INSERT INTO api_key_revision (id, revision) VALUES (1, 1);
CREATE TABLE api_key_use (
    key_id VARCHAR(12) PRIMARY KEY,
    used_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    address VARCHAR(64) NOT NULL,
    use_count BIGINT NOT NULL
);
