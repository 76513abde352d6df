ALTER TABLE audit_event ALTER COLUMN parameters SET DATA TYPE VARCHAR(8192);
CREATE INDEX audit_event_newest_first ON audit_event (id DESC);
CREATE INDEX audit_event_by_request ON audit_event (request_id);
CREATE INDEX audit_event_by_credential ON audit_event (credential_id);
