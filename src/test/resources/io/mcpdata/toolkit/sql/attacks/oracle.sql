#stacked
SELECT 1 FROM dual; DELETE FROM canary
;;
#stacked
BEGIN DELETE FROM canary; END;
;;
#dml
WITH FUNCTION f RETURN NUMBER IS BEGIN DELETE FROM canary; RETURN 1; END; SELECT f FROM dual
;;
#dml
SELECT * FROM TABLE(evil_pipelined(1))
;;
#dml
CALL evil(1)
;;
#into
SELECT id INTO x FROM canary
;;
#lock
SELECT * FROM canary FOR UPDATE
;;
#lock
SELECT * FROM canary FOR UPDATE OF note WAIT 5
;;
#file
SELECT BFILENAME('DIR', 'secret.txt') FROM dual
;;
#file
SELECT * FROM EXTERNAL ((a VARCHAR2(10)) TYPE ORACLE_LOADER DEFAULT DIRECTORY d LOCATION ('x'))
;;
#network
SELECT UTL_HTTP.REQUEST('http://evil/') FROM dual
;;
#network
SELECT HTTPURITYPE('http://evil/').GETCLOB() FROM dual
;;
#network
SELECT UTL_INADDR.GET_HOST_ADDRESS('evil') FROM dual
;;
#network
SELECT SYS.DBMS_LDAP.INIT('evil', 80) FROM dual
;;
#network
SELECT EXTRACTVALUE(XMLTYPE('<!DOCTYPE a [<!ENTITY e SYSTEM "http://evil/">]><a>&e;</a>'), '/a') FROM dual
;;
#network
SELECT * FROM canary@other_database
;;
#xml
SELECT DBMS_XMLGEN.GETXML('SELECT * FROM canary') FROM dual
;;
#xml
SELECT * FROM XMLTABLE('ora:view("CANARY")')
;;
#alias
SELECT (1), evil (a) FROM (SELECT 1 AS a FROM dual) t
;;
#alias
SELECT CASE WHEN (1 = 1) THEN dbms_lock.sleep (a) END FROM (SELECT 5 AS a FROM dual) t
;;
#name
SELECT "SYS"."DBMS_SESSION"."SLEEP"(5) FROM dual
;;
#name
SELECT evil.doing FROM dual
;;
#name
SELECT pkg.proc AS x FROM dual
;;
#sequence
SELECT canary_sequence.NEXTVAL FROM dual
;;
#sequence
SELECT canary_sequence.CURRVAL FROM dual
;;
#sleep
SELECT DBMS_PIPE.RECEIVE_MESSAGE('x', 5) FROM dual
;;
#sleep
SELECT DBMS_SESSION.SLEEP(5) FROM dual
;;
#session
SELECT SYS_CONTEXT('USERENV', 'SESSION_USER') FROM dual
;;
#leak
SELECT USER, UID FROM dual
;;
#leak
SELECT username FROM all_users
;;
#leak
SELECT table_name FROM user_tables
;;
#leak
SELECT * FROM v$session
;;
#leak
SELECT * FROM V$VERSION
;;
#leak
SELECT * FROM dba_users
;;
#leak
SELECT * FROM cat
;;
#leak
SELECT ORA_INVOKING_USER, ORA_LOGIN_USER FROM dual
;;
#lexer
SELECT q'[']', evil(1), '[' FROM dual
;;
#lexer
SELECT 'a\', evil(1), '\' FROM dual
;;
#lexer
SELECT nq'{'}', evil(1), '{' FROM dual
;;
#lexer
SELECT 1 /* /* */ , evil(1) FROM dual
;;
#leak
SELECT * FROM public.all_users
;;
#leak
SELECT 1FROM all_users
;;
#identity
BEGIN DBMS_SESSION.SET_IDENTIFIER('another'); END;
;;
#identity
CALL DBMS_SESSION.SET_IDENTIFIER('another')
;;
#identity
EXEC DBMS_SESSION.SET_IDENTIFIER('another')
;;
#identity
SELECT DBMS_SESSION.SET_IDENTIFIER('another') FROM dual
;;
#identity
SELECT sys . dbms_session . set_identifier ('another') FROM dual
;;
#identity
SELECT 1 FROM dual; BEGIN DBMS_SESSION.CLEAR_IDENTIFIER; END;
;;
#identity
WITH FUNCTION f RETURN NUMBER IS BEGIN DBMS_SESSION.SET_IDENTIFIER('another'); RETURN 1; END; SELECT f FROM dual
;;
#identity
DECLARE x NUMBER; BEGIN DBMS_SESSION.CLEAR_IDENTIFIER; END;
;;
#identity
SET ROLE dba
;;
#identity
ALTER SESSION SET CURRENT_SCHEMA = sys
