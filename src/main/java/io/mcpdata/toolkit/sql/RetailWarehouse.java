package io.mcpdata.toolkit.sql;

import com.zaxxer.hikari.HikariDataSource;
import io.mcpdata.config.ConnectionSource;
import io.mcpdata.config.Secret;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SplittableRandom;

/**
 * The demo warehouse: an in-memory database with a small retail schema and the same rows at every start. Tools use it
 * through a read-only user. Thread-safe once created.
 */
final class RetailWarehouse implements AutoCloseable {

    static final int CUSTOMERS = 2_000;
    static final int PRODUCTS = 400;
    static final int ORDERS = 8_000;

    private static final LocalDate FIRST_DAY = LocalDate.of(2024, 1, 1);
    private static final int DAYS = 730;
    private static final String[] COUNTRIES = {"DE", "FR", "US", "GB", "NL", "ES", "IT", "PL"};
    private static final String[] CATEGORIES = {
        "Garden", "Kitchen", "Office", "Sports", "Toys", "Tools", "Books", "Audio"
    };
    private static final String[] THINGS = {
        "Hose,Shears,Planter,Lantern",
        "Pan,Kettle,Knife,Colander",
        "Desk,Lamp,Binder,Stapler",
        "Racket,Mat,Bottle,Helmet",
        "Puzzle,Train,Kite,Blocks",
        "Drill,Saw,Wrench,Level",
        "Atlas,Novel,Cookbook,Diary",
        "Speaker,Headset,Radio,Turntable"
    };
    private static final String[] STYLES = {"Classic", "Compact", "Sturdy", "Light", "Nordic", "Folding"};
    private static final String[] FIRST_NAMES = {
        "Anna", "Ben", "Chiara", "David", "Elena", "Felix", "Grace", "Hugo", "Ines", "Jan", "Katrin", "Luca"
    };
    private static final String[] LAST_NAMES = {
        "Adler", "Bernard", "Costa", "Dijkstra", "Evans", "Fischer", "Garcia", "Hughes", "Ivanova", "Kowalski"
    };
    private static final String[] TRADES = {"Trading", "Logistics", "Foods", "Interiors", "Engineering"};
    private static final String[] REASONS = {"damaged", "wrong item", "too late", "changed mind"};

    private final HikariDataSource readers;
    private final Connection keeper;
    private final SplittableRandom random = new SplittableRandom(20_240_101L);

    RetailWarehouse() throws SQLException {
        String url = "jdbc:h2:mem:retail-" + secret();
        String password = secret();
        keeper = org.h2.Driver.load()
                .connect(url + ";CASE_INSENSITIVE_IDENTIFIERS=TRUE;USER=owner;PASSWORD=" + secret(), new Properties());
        keeper.setAutoCommit(false);
        try (Statement statement = keeper.createStatement()) {
            for (String ddl : ShippedText.of("retail.sql").split(";\\s*\\n")) {
                statement.execute(ddl);
            }
            fill();
            statement.execute("CREATE USER reader PASSWORD '" + password + "'");
            statement.execute("GRANT SELECT ON SCHEMA retail TO reader");
        }
        keeper.commit();
        // only an administrator may change settings of the whole database, so the reader's URL has none
        readers = ConnectionPools.open(
                "demo",
                new ConnectionSource.Url(
                        new Secret(url + ";IFEXISTS=TRUE;SCHEMA=RETAIL"),
                        Optional.of("reader"),
                        Optional.of(new Secret(password))),
                Map.of());
    }

    javax.sql.DataSource readers() {
        return readers;
    }

    @Override
    public void close() {
        readers.close();
        try {
            keeper.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the demo warehouse did not close", e);
        }
    }

    private void fill() throws SQLException {
        BigDecimal[] prices = new BigDecimal[PRODUCTS + 1];
        try (PreparedStatement customer = insert("customers", 5);
                PreparedStatement product = insert("products", 4)) {
            for (int id = 1; id <= CUSTOMERS; id++) {
                String segment = random.nextInt(5) == 0 ? "business" : "consumer";
                add(customer, id, name(segment), pick(COUNTRIES), segment, FIRST_DAY.minusDays(random.nextInt(900)));
            }
            for (int id = 1; id <= PRODUCTS; id++) {
                String category = pick(CATEGORIES);
                prices[id] = BigDecimal.valueOf(random.nextInt(199, 49_999), 2);
                add(product, id, pick(STYLES) + " " + pick(things(category)) + " " + id, category, prices[id]);
            }
            customer.executeBatch();
            product.executeBatch();
        }
        orders(prices);
    }

    private void orders(BigDecimal[] prices) throws SQLException {
        int returned = 0;
        try (PreparedStatement order = insert("orders", 4);
                PreparedStatement line = insert("order_lines", 5);
                PreparedStatement back = insert("returns", 5)) {
            for (int id = 1; id <= ORDERS; id++) {
                LocalDate day = FIRST_DAY.plusDays(random.nextInt(DAYS));
                String status = random.nextInt(20) == 0 ? "cancelled" : random.nextInt(10) == 0 ? "open" : "shipped";
                add(order, id, random.nextInt(1, CUSTOMERS + 1), day, status);
                int lines = random.nextInt(1, 6);
                for (int no = 1; no <= lines; no++) {
                    int product = random.nextInt(1, PRODUCTS + 1);
                    add(line, id, no, product, random.nextInt(1, 6), prices[product]);
                    if (status.equals("shipped") && random.nextInt(20) == 0) {
                        add(back, ++returned, id, no, day.plusDays(random.nextInt(3, 30)), pick(REASONS));
                    }
                }
            }
            order.executeBatch();
            line.executeBatch();
            back.executeBatch();
        }
    }

    private PreparedStatement insert(String table, int columns) throws SQLException {
        return keeper.prepareStatement("INSERT INTO retail." + table + " VALUES (" + "?, ".repeat(columns - 1) + "?)");
    }

    private static void add(PreparedStatement row, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            row.setObject(i + 1, values[i]);
        }
        row.addBatch();
    }

    private String pick(String[] from) {
        return from[random.nextInt(from.length)];
    }

    private String name(String segment) {
        return segment.equals("business")
                ? pick(LAST_NAMES) + " " + pick(TRADES)
                : pick(FIRST_NAMES) + " " + pick(LAST_NAMES);
    }

    private static String[] things(String category) {
        return THINGS[List.of(CATEGORIES).indexOf(category)].split(",");
    }

    private static String secret() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
