-- Top customers
SELECT TOP 10 c.customer_id, c.name, SUM(l.quantity * l.unit_price) AS revenue
FROM customers c
INNER JOIN orders o ON o.customer_id = c.customer_id
INNER JOIN order_lines l ON l.order_id = o.order_id
GROUP BY c.customer_id, c.name
ORDER BY revenue DESC;
;;
SELECT TOP (5) WITH TIES name, unit_price FROM products ORDER BY unit_price DESC
;;
SELECT TOP 10 PERCENT order_id FROM orders ORDER BY ordered_on
;;
SELECT [Order ID], [Order Date], [Total (EUR)], [Customer's Note], [odd ]] name] FROM [Order Export] WHERE [Order Date] >= '2024-05-01'
;;
SELECT o.[order_id] AS [Order], o.[status] AS [State; raw] FROM [dbo].[orders] AS o WHERE o.[status] = N'open'
;;
SELECT [key], [value], [type], [date], [year], [set], [use], [update], [user], [group], [order] FROM settings
;;
SELECT s.[user], s.value, s.type FROM retail.dbo.settings s
;;
SELECT pg_rating, user_name, comment FROM reviews WHERE comment IS NOT NULL
;;
SELECT sys.id FROM settings AS sys WHERE sys.type = 'int'
;;
SELECT FORMAT(ordered_on, 'yyyy-MM') AS month, FORMAT(SUM(quantity * unit_price), 'N2') AS revenue FROM orders o JOIN order_lines l ON l.order_id = o.order_id GROUP BY FORMAT(ordered_on, 'yyyy-MM')
;;
-- refused, because the parser does not know PARSE ... USING
SELECT CONVERT(VARCHAR(10), ordered_on, 23) AS day, CONVERT(date, '20240131', 112) AS parsed, CAST(ordered_on AS DATETIME2(0)) AS stamp, TRY_CONVERT(INT, 'x') AS nothing, TRY_CAST('1' AS INT) AS one, PARSE('1.5' AS decimal(5, 2) USING 'en-US') AS p FROM orders
;;
SELECT DATEPART(WEEKDAY, ordered_on) AS wd, DATENAME(MONTH, ordered_on) AS m, YEAR(ordered_on), MONTH(ordered_on), DAY(ordered_on), COUNT(*) FROM orders GROUP BY DATEPART(WEEKDAY, ordered_on), DATENAME(MONTH, ordered_on), YEAR(ordered_on), MONTH(ordered_on), DAY(ordered_on)
;;
SELECT DATEDIFF(DAY, MIN(ordered_on), MAX(ordered_on)) AS days, DATEADD(MONTH, -1, GETDATE()) AS before, EOMONTH(GETDATE()) AS month_end, DATEFROMPARTS(2024, 2, 29), SYSDATETIME(), SYSUTCDATETIME(), GETUTCDATE(), DATETRUNC(month, GETDATE()) FROM orders
;;
SELECT DATEADD(MONTH, DATEDIFF(MONTH, 0, ordered_on), 0) AS month_start, COUNT(*) AS n FROM orders GROUP BY DATEADD(MONTH, DATEDIFF(MONTH, 0, ordered_on), 0)
;;
SELECT SWITCHOFFSET(SYSDATETIMEOFFSET(), '+02:00') AS local, happened_at AT TIME ZONE 'UTC' AT TIME ZONE 'Central European Standard Time' AS berlin FROM events
;;
SELECT ISNULL(email, 'none') AS email, COALESCE(email, name), NULLIF(country, 'DE'), IIF(segment = 'business', 1, 0) AS b2b, CHOOSE(2, 'a', 'b', 'c') AS c FROM customers
;;
-- refused, because the parser does not know STRING_SPLIT with these arguments
SELECT name, LEN(name), DATALENGTH(name), LEFT(name, 3), RIGHT(name, 3), SUBSTRING(name, 2, 3), CHARINDEX(' ', name), PATINDEX('%[0-9]%', name), REPLACE(name, 'a', 'b'), STUFF(name, 1, 1, 'X'), REVERSE(name), LTRIM(RTRIM(name)), UPPER(name), LOWER(name), REPLICATE('0', 3), SPACE(2), CONCAT(name, ' ', country), CONCAT_WS(', ', name, country), TRANSLATE(name, 'ae', '43'), QUOTENAME(name), STR(3.14159, 6, 2), ASCII('a'), CHAR(65), NCHAR(8364), UNICODE(N'€'), SOUNDEX(name), TRIM(name) FROM customers
;;
SELECT c.name, STUFF((SELECT ', ' + CAST(o.order_id AS VARCHAR(10)) FROM orders o WHERE o.customer_id = c.customer_id ORDER BY o.order_id FOR XML PATH('')), 1, 2, '') AS order_ids FROM customers c
;;
-- refused, because the parser does not know FOR XML with TYPE
SELECT STUFF((SELECT ',' + name FROM products FOR XML PATH(''), TYPE).value('.', 'NVARCHAR(MAX)'), 1, 1, '') AS names
;;
SELECT STRING_AGG(name, ', ') WITHIN GROUP (ORDER BY name) AS names FROM products
;;
SELECT value AS tag, COUNT(*) AS n FROM customers CROSS APPLY STRING_SPLIT(tags, ',') GROUP BY value
;;
SELECT s.value, s.ordinal FROM STRING_SPLIT('a,b,c', ',', 1) AS s
;;
SELECT c.name, x.order_id, x.ordered_on FROM customers c CROSS APPLY (SELECT TOP (2) o.order_id, o.ordered_on FROM orders o WHERE o.customer_id = c.customer_id ORDER BY o.ordered_on DESC) x
;;
SELECT c.name, x.n FROM customers c OUTER APPLY (SELECT COUNT(*) AS n FROM orders o WHERE o.customer_id = c.customer_id) AS x
;;
SELECT country, [open], [shipped], [cancelled] FROM (SELECT c.country, o.status, o.order_id FROM orders o JOIN customers c ON c.customer_id = o.customer_id) src PIVOT (COUNT(order_id) FOR status IN ([open], [shipped], [cancelled])) AS p
;;
SELECT id, measure, amount FROM (SELECT id, year, [order] FROM settings) s UNPIVOT (amount FOR measure IN (year, [order])) AS u
;;
SELECT JSON_VALUE(preferences, '$.language') AS language, JSON_QUERY(preferences, '$.contact') AS contact, ISJSON(preferences) AS ok FROM customers
;;
-- refused, because the parser does not know OPENJSON WITH
SELECT e.event_id, i.sku, i.qty FROM events e CROSS APPLY OPENJSON(e.payload, '$.items') WITH (sku NVARCHAR(10) '$.sku', qty INT '$.qty') AS i
;;
SELECT [key], [value], [type] FROM OPENJSON('{"a": 1, "b": [2]}')
;;
SELECT TOP 3 order_id, status FROM orders ORDER BY order_id FOR JSON PATH, ROOT('orders')
;;
SELECT product_id, name FROM products FOR JSON AUTO, INCLUDE_NULL_VALUES
;;
SELECT customer_id AS [@id], name FROM customers FOR XML PATH('customer'), ROOT('customers')
;;
SELECT order_id, ordered_on FROM orders ORDER BY ordered_on OFFSET 20 ROWS FETCH NEXT 10 ROWS ONLY
;;
SELECT order_id, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY ordered_on DESC) AS rn, LAG(ordered_on, 1) OVER (PARTITION BY customer_id ORDER BY ordered_on) AS previous, SUM(1) OVER (ORDER BY ordered_on ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS week FROM orders
;;
SELECT DISTINCT category, PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY unit_price) OVER (PARTITION BY category) AS median FROM products
;;
SELECT country, segment, COUNT(*) AS n, GROUPING(country) AS g, GROUPING_ID(country, segment) AS gid FROM customers GROUP BY GROUPING SETS ((country, segment), (country), ())
;;
SELECT category, YEAR(o.ordered_on) AS y, SUM(l.quantity) FROM products p JOIN order_lines l ON l.product_id = p.product_id JOIN orders o ON o.order_id = l.order_id GROUP BY ROLLUP (category, YEAR(o.ordered_on))
;;
WITH tree AS (
    SELECT employee_id, name, manager_id, 0 AS lvl, CAST(name AS NVARCHAR(MAX)) AS path FROM employees WHERE manager_id IS NULL
    UNION ALL
    SELECT e.employee_id, e.name, e.manager_id, t.lvl + 1, CAST(t.path + N' > ' + e.name AS NVARCHAR(MAX)) FROM employees e INNER JOIN tree t ON e.manager_id = t.employee_id
)
SELECT lvl, path FROM tree ORDER BY path OPTION (MAXRECURSION 100)
;;
;WITH ranked AS (SELECT *, RANK() OVER (PARTITION BY category ORDER BY unit_price DESC) AS r FROM products) SELECT * FROM ranked WHERE r <= 3
;;
WITH days(d) AS (SELECT CAST('2023-01-01' AS DATE) UNION ALL SELECT DATEADD(DAY, 1, d) FROM days WHERE d < '2023-01-31') SELECT d, COUNT(o.order_id) FROM days LEFT JOIN orders o ON o.ordered_on = d GROUP BY d OPTION (MAXRECURSION 0)
;;
SELECT order_id FROM orders WITH (NOLOCK) WHERE status = 'open'
;;
SELECT value FROM GENERATE_SERIES(1, 10, 2)
;;
SELECT v.n, v.word FROM (VALUES (1, 'one'), (2, 'two')) AS v(n, word)
;;
-- refused, because a dollar sign may begin a name
SELECT 'it''s' AS a, N'Größe' AS b, 0x4D61 AS c, 'C:\temp\' AS d, 1e3 AS e, $12.50 AS money, 'a' + 'b' AS joined
;;
SELECT ROUND(unit_price, 1), CEILING(unit_price), FLOOR(unit_price), ABS(-1), POWER(2, 3), SQRT(16), SQUARE(4), SIGN(-1), LOG(10), LOG10(100), EXP(1), PI(), RAND(42), 7 % 3, 5 & 3, 5 | 3, 5 ^ 3 FROM products
;;
SELECT COUNT_BIG(*), STDEV(unit_price), STDEVP(unit_price), VAR(unit_price), VARP(unit_price), CHECKSUM_AGG(product_id), APPROX_COUNT_DISTINCT(name) FROM products
;;
SELECT TOP 5 name FROM customers ORDER BY NEWID()
;;
SELECT CONVERT(VARCHAR(64), HASHBYTES('SHA2_256', email), 2) AS digest, CHECKSUM(name) FROM customers
;;
SELECT name FROM customers WHERE name LIKE '[A-C]%' AND name LIKE '%50[%]%' AND name COLLATE Latin1_General_CI_AI = 'ada'
;;
SELECT customer_id FROM orders WHERE status = 'open' EXCEPT SELECT customer_id FROM orders WHERE status = 'cancelled' INTERSECT SELECT customer_id FROM customers
;;
SELECT o.order_id FROM orders AS o WHERE EXISTS (SELECT 1 FROM returns r WHERE r.order_id = o.order_id) AND o.ordered_on >= CAST(GETDATE() - 365 AS DATE)
;;
/* Sales by region /* nested */ of this year */
SELECT c.country, [2023] = SUM(CASE WHEN YEAR(o.ordered_on) = 2023 THEN 1 ELSE 0 END), [2024] = SUM(CASE WHEN YEAR(o.ordered_on) = 2024 THEN 1 ELSE 0 END) FROM customers c LEFT JOIN orders o ON o.customer_id = c.customer_id GROUP BY c.country
;;
SELECT GREATEST(1, 2), LEAST(1, 2), DATE_BUCKET(WEEK, 1, ordered_on), LAST_VALUE(status) IGNORE NULLS OVER (ORDER BY ordered_on) FROM orders
