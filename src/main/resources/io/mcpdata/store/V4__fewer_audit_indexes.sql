DROP INDEX audit_event_newest_first;
DROP INDEX audit_event_by_caller;
DROP INDEX audit_event_by_credential;
