CREATE USER canaryadmin PASSWORD '${password}' ADMIN
;;
CREATE TABLE canary (id INT PRIMARY KEY, note VARCHAR(40))
;;
INSERT INTO canary VALUES (1, 'one'), (2, 'two'), (3, 'three')
;;
CREATE SEQUENCE canary_sequence
;;
CREATE SCHEMA vault
;;
CREATE TABLE vault.hidden_canary (word VARCHAR(40))
;;
CREATE ALIAS evil FOR 'io.mcpdata.testing.CanaryCode.sing'
;;
CREATE ALIAS vault.quiet FOR 'io.mcpdata.testing.CanaryCode.sing'
;;
CREATE ALIAS split_part FOR 'io.mcpdata.testing.CanaryCode.sing'
;;
CREATE ALIAS initcap FOR 'io.mcpdata.testing.CanaryCode.sing'
;;
CREATE DOMAIN checked AS INT CHECK (EVIL(VALUE) IS NOT NULL)
;;
CREATE DOMAIN checked_twice AS checked
;;
CREATE DOMAIN bean AS JAVA_OBJECT
