package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearNamesTest {

    private static final List<String> NAMES = List.of(
            "orders", "order_lines", "customers", "customer_id", "Odd Table", "categories", "price", "id", "CUSTOMERS");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ORDERS | orders",
                "ordres | orders",
                "orderlines | order_lines",
                "OrderLine | order_lines",
                "customer | CUSTOMERS, customers",
                "category | categories",
                "custmer_id | customer_id",
                "odd_table | Odd Table",
                "prise | price",
                "cust | CUSTOMERS, customer_id, customers",
                "x | ''",
                "ix | ''",
                "nowhere | ''",
                "._ | ''"
            })
    void theNearestComeFirst(String wrong, String near) {
        assertThat(String.join(", ", NearNames.of(wrong, NAMES))).isEqualTo(near);
    }
}
