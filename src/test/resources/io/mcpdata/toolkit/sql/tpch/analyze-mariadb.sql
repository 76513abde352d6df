ANALYZE TABLE region, nation, supplier, part, partsupp, customer, orders, lineitem
