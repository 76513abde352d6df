CREATE TABLE audit_event (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    occurred_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    request_id VARCHAR(64) NOT NULL,
    type VARCHAR(32) NOT NULL,
    outcome VARCHAR(16) NOT NULL,
    caller VARCHAR(256) NOT NULL,
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
    parameters VARCHAR(4096) NOT NULL,
    duration_micros BIGINT NOT NULL,
    row_count BIGINT NOT NULL
);
CREATE INDEX audit_event_by_time ON audit_event (occurred_at);
CREATE INDEX audit_event_by_caller ON audit_event (caller);
