CREATE ROLE canaryadmin SUPERUSER LOGIN PASSWORD '${password}'
;;
CREATE EXTENSION dblink
;;
CREATE EXTENSION tablefunc
;;
CREATE EXTENSION xml2
;;
DO $$ BEGIN IF current_setting('server_version_num')::int < 170000 THEN CREATE EXTENSION adminpack; END IF; END $$
;;
DO $$ BEGIN IF current_setting('server_version_num')::int >= 180000 THEN CREATE EXTENSION pg_logicalinspect; END IF; END $$
;;
CREATE TABLE canary (id int PRIMARY KEY, note text)
;;
INSERT INTO canary VALUES (1, 'one'), (2, 'two'), (3, 'three')
;;
CREATE SEQUENCE canary_sequence
;;
CREATE SCHEMA vault
;;
CREATE TABLE vault.hidden_canary (word text)
;;
CREATE FUNCTION evil() RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT pg_read_file('${secret}') $$
;;
CREATE FUNCTION evil(integer) RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT pg_read_file('${secret}') $$
;;
CREATE FUNCTION evil(text) RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT pg_read_file('${secret}') $$
;;
CREATE FUNCTION evil(canary) RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT pg_read_file('${secret}') $$
;;
CREATE FUNCTION evil(integer, text) RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT pg_read_file('${secret}') $$
;;
CREATE FUNCTION vault.upper(text) RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT pg_read_file('${secret}') $$
;;
CREATE FUNCTION public.lower(integer) RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT pg_read_file('${secret}') $$
;;
CREATE FUNCTION public.coalesced(integer) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'harmless' $$
;;
CREATE OPERATOR public.+ (LEFTARG = integer, RIGHTARG = text, FUNCTION = evil)
;;
CREATE OPERATOR public.~~> (RIGHTARG = text, FUNCTION = evil)
;;
CREATE TYPE public.boxed AS (word text)
;;
CREATE FUNCTION public.boxing(integer) RETURNS boxed LANGUAGE sql VOLATILE AS $$ SELECT ROW(pg_read_file('${secret}'))::boxed $$
;;
CREATE CAST (integer AS boxed) WITH FUNCTION public.boxing(integer)
;;
CREATE CAST (canary AS text) WITH FUNCTION evil(canary)
;;
CREATE FUNCTION public.evil_check(integer) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$ BEGIN RAISE EXCEPTION '%', pg_read_file('${secret}'); END $$
;;
CREATE DOMAIN public.checked AS integer CHECK (public.evil_check(VALUE))
;;
CREATE FUNCTION public.evil_step(text, integer) RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT pg_read_file('${secret}') $$
;;
CREATE AGGREGATE public.evil_sum(integer) (SFUNC = public.evil_step, STYPE = text, INITCOND = '')
;;
CREATE FUNCTION public.search(text) RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT pg_read_file('${secret}') $$
;;
CREATE FUNCTION public.json_value(text, text) RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT pg_read_file('${secret}') $$
;;
CREATE FUNCTION public."binary"(text) RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT pg_read_file('${secret}') $$
;;
CREATE FUNCTION vault.evil_check(integer) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$ BEGIN RAISE EXCEPTION '%', pg_read_file('${secret}'); END $$
;;
CREATE DOMAIN public.checked_elsewhere AS integer CHECK (vault.evil_check(VALUE))
;;
CREATE DOMAIN public.checked_twice AS checked
;;
CREATE TYPE public.checked_pair AS (a checked, b text)
;;
CREATE TABLE checked_rows (a checked_elsewhere, b text)
;;
CREATE OPERATOR public.|? (RIGHTARG = integer, FUNCTION = evil)
;;
CREATE FUNCTION public.evil_match(canary, text) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$ BEGIN RAISE EXCEPTION '%', pg_read_file('${secret}'); END $$
;;
CREATE OPERATOR public.~~ (LEFTARG = canary, RIGHTARG = text, FUNCTION = evil_match)
