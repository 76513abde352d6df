SELECT '${secret}' AS shown_by_the_list_of_queries
;;
DROP TABLE IF EXISTS canary
;;
CREATE TABLE canary AS SELECT * FROM (VALUES (1, 'one'), (2, 'two'), (3, 'three')) AS t(id, note)
;;
CREATE OR REPLACE VIEW canary_view AS SELECT * FROM canary
;;
CREATE OR REPLACE FUNCTION hive.shop.evil(x bigint) RETURNS varchar RETURN 'evil was called'
