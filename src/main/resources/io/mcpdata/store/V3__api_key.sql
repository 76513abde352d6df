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
