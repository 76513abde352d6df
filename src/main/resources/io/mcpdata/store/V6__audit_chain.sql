ALTER TABLE audit_event ALTER COLUMN id DROP IDENTITY;
ALTER TABLE audit_event ADD COLUMN chain_hash VARBINARY(32);
CREATE TABLE audit_checkpoint (
    number BIGINT PRIMARY KEY,
    kind VARCHAR(4) NOT NULL,
    row_id BIGINT NOT NULL,
    row_hash VARBINARY(32) NOT NULL,
    made_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    key_id VARCHAR(16) NOT NULL,
    signature VARBINARY(64) NOT NULL
);
INSERT INTO audit_checkpoint (number, kind, row_id, row_hash, made_at, key_id, signature)
    SELECT 0, 'BASE', COALESCE(MAX(id), 0), X'0000000000000000000000000000000000000000000000000000000000000000',
        TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00Z', '', X'' FROM audit_event;
