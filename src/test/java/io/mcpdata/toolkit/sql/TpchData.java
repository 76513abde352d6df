package io.mcpdata.toolkit.sql;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Data in the shape of TPC-H at a hundredth of its unit, about 60,000 lines of orders: the same at every run, with the
 * relations and the domains of values that its queries ask about. Not the specification's own generator.
 */
final class TpchData {

    private static final int SUPPLIERS = 100;
    private static final int PARTS = 2_000;
    private static final int SUPPLIERS_OF_A_PART = 4;
    private static final int CUSTOMERS = 1_500;
    private static final int ORDERS = 15_000;
    private static final int BATCH = 2_000;
    private static final LocalDate FIRST_DAY = LocalDate.of(1992, 1, 1);
    private static final int DAYS = 2_406;
    private static final LocalDate TODAY = LocalDate.of(1995, 6, 17);

    private static final List<String> REGIONS = List.of("AFRICA", "AMERICA", "ASIA", "EUROPE", "MIDDLE EAST");
    private static final List<String> NATIONS = List.of(
            "ALGERIA 0",
            "ARGENTINA 1",
            "BRAZIL 1",
            "CANADA 1",
            "EGYPT 4",
            "ETHIOPIA 0",
            "FRANCE 3",
            "GERMANY 3",
            "INDIA 2",
            "INDONESIA 2",
            "IRAN 4",
            "IRAQ 4",
            "JAPAN 2",
            "JORDAN 4",
            "KENYA 0",
            "MOROCCO 0",
            "MOZAMBIQUE 0",
            "PERU 1",
            "CHINA 2",
            "ROMANIA 3",
            "SAUDI ARABIA 4",
            "VIETNAM 2",
            "RUSSIA 3",
            "UNITED KINGDOM 3",
            "UNITED STATES 1");
    private static final List<String> COLOURS = List.of(
            "almond",
            "azure",
            "blue",
            "chocolate",
            "coral",
            "cream",
            "forest",
            "green",
            "ivory",
            "lemon",
            "navy",
            "plum");
    private static final List<String> FINISHES = List.of("ANODIZED", "BURNISHED", "PLATED", "POLISHED", "BRUSHED");
    private static final List<String> GRADES = List.of("STANDARD", "SMALL", "MEDIUM", "LARGE", "ECONOMY", "PROMO");
    private static final List<String> METALS = List.of("TIN", "NICKEL", "BRASS", "STEEL", "COPPER");
    private static final List<String> SIZES = List.of("SM", "MED", "LG", "JUMBO", "WRAP");
    private static final List<String> BOXES = List.of("CASE", "BOX", "BAG", "JAR", "PACK", "PKG", "CAN", "DRUM");
    private static final List<String> SEGMENTS =
            List.of("AUTOMOBILE", "BUILDING", "FURNITURE", "HOUSEHOLD", "MACHINERY");
    private static final List<String> PRIORITIES =
            List.of("1-URGENT", "2-HIGH", "3-MEDIUM", "4-NOT SPECIFIED", "5-LOW");
    private static final List<String> INSTRUCTIONS =
            List.of("DELIVER IN PERSON", "COLLECT COD", "NONE", "TAKE BACK RETURN");
    private static final List<String> MODES = List.of("REG AIR", "AIR", "RAIL", "SHIP", "TRUCK", "MAIL", "FOB");

    private final Random random = new Random(19_920_101);
    private final Connection connection;

    private TpchData(Connection connection) {
        this.connection = connection;
    }

    static void fill(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        TpchData data = new TpchData(connection);
        data.regionsAndNations();
        data.suppliers();
        data.parts();
        data.customers();
        data.orders();
        connection.commit();
        connection.setAutoCommit(true);
    }

    private void regionsAndNations() throws SQLException {
        try (Rows regions = new Rows("region", 3);
                Rows nations = new Rows("nation", 4)) {
            for (int i = 0; i < REGIONS.size(); i++) {
                regions.add(i, REGIONS.get(i), "");
            }
            for (int i = 0; i < NATIONS.size(); i++) {
                String nation = NATIONS.get(i);
                int end = nation.lastIndexOf(' ');
                nations.add(i, nation.substring(0, end), Integer.parseInt(nation.substring(end + 1)), "");
            }
        }
    }

    private void suppliers() throws SQLException {
        try (Rows suppliers = new Rows("supplier", 7)) {
            for (int key = 1; key <= SUPPLIERS; key++) {
                int nation = key % NATIONS.size();
                String comment = key % 33 == 0 ? "slow Customer service, many Complaints" : "quick and careful";
                suppliers.add(key, "Supplier#" + key, "Street " + key, nation, phone(nation), balance(), comment);
            }
        }
    }

    private void parts() throws SQLException {
        try (Rows parts = new Rows("part", 9);
                Rows offers = new Rows("partsupp", 5)) {
            for (int key = 1; key <= PARTS; key++) {
                int maker = 1 + random.nextInt(5);
                parts.add(
                        key,
                        one(COLOURS) + " " + one(COLOURS) + " " + one(COLOURS),
                        "Manufacturer#" + maker,
                        "Brand#" + maker + (1 + random.nextInt(5)),
                        one(GRADES) + " " + one(FINISHES) + " " + one(METALS),
                        1 + random.nextInt(50),
                        one(SIZES) + " " + one(BOXES),
                        price(key),
                        "part " + key);
                for (int i = 0; i < SUPPLIERS_OF_A_PART; i++) {
                    offers.add(key, supplier(key, i), 1 + random.nextInt(9_999), cents(100, 100_000), "offer " + i);
                }
            }
        }
    }

    private void customers() throws SQLException {
        try (Rows customers = new Rows("customer", 8)) {
            for (int key = 1; key <= CUSTOMERS; key++) {
                int nation = random.nextInt(NATIONS.size());
                customers.add(
                        key, "Customer#" + key, "Lane " + key, nation, phone(nation), balance(), one(SEGMENTS), "");
            }
        }
    }

    private void orders() throws SQLException {
        try (Rows orders = new Rows("orders", 9);
                Rows lines = new Rows("lineitem", 16)) {
            for (int key = 1; key <= ORDERS; key++) {
                order(key, orders, lines);
            }
        }
    }

    /** A third of the customers order nothing. */
    private void order(int key, Rows orders, Rows lines) throws SQLException {
        int customer = 1 + random.nextInt(CUSTOMERS / 3) * 3 + random.nextInt(2);
        LocalDate day = FIRST_DAY.plusDays(random.nextInt(DAYS));
        int count = 1 + random.nextInt(7);
        BigDecimal total = BigDecimal.ZERO;
        int open = 0;
        for (int line = 1; line <= count; line++) {
            Line made = line(key, line, day, lines);
            total = total.add(made.price());
            open += made.open() ? 1 : 0;
        }
        String status = open == 0 ? "F" : open == count ? "O" : "P";
        String comment = random.nextInt(50) == 0 ? "special wishes, many requests" : "as usual";
        orders.add(key, customer, status, total, day, one(PRIORITIES), "Clerk#" + key % 10, 0, comment);
    }

    private record Line(BigDecimal price, boolean open) {}

    private Line line(int order, int number, LocalDate ordered, Rows lines) throws SQLException {
        int part = 1 + random.nextInt(PARTS);
        int quantity = 1 + random.nextInt(50);
        BigDecimal price = price(part).multiply(BigDecimal.valueOf(quantity));
        LocalDate shipped = ordered.plusDays(1 + random.nextInt(121));
        LocalDate received = shipped.plusDays(1 + random.nextInt(30));
        boolean open = shipped.isAfter(TODAY);
        lines.add(
                order,
                part,
                supplier(part, random.nextInt(SUPPLIERS_OF_A_PART)),
                number,
                quantity,
                price,
                cents(0, 11),
                cents(0, 9),
                received.isAfter(TODAY) ? "N" : random.nextBoolean() ? "R" : "A",
                open ? "O" : "F",
                shipped,
                ordered.plusDays(30 + random.nextInt(61)),
                received,
                one(INSTRUCTIONS),
                one(MODES),
                "line " + number);
        return new Line(price, open);
    }

    private static int supplier(int part, int nth) {
        return (part + nth * (SUPPLIERS / SUPPLIERS_OF_A_PART + (part - 1) / SUPPLIERS)) % SUPPLIERS + 1;
    }

    private static BigDecimal price(int part) {
        return BigDecimal.valueOf(90_000 + part / 10 % 20_001 + 100L * (part % 1_000), 2);
    }

    private BigDecimal cents(int from, int to) {
        return BigDecimal.valueOf(from + random.nextInt(to - from), 2);
    }

    private BigDecimal balance() {
        return BigDecimal.valueOf(random.nextInt(1_100_000) - 99_999L, 2);
    }

    private String phone(int nation) {
        return (nation + 10) + "-" + (100 + random.nextInt(900)) + "-" + (1_000 + random.nextInt(9_000));
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** Rows on their way into a table, many at a time. */
    private final class Rows implements AutoCloseable {

        private final PreparedStatement insert;
        private int waiting;

        Rows(String table, int columns) throws SQLException {
            String markers = String.join(", ", Collections.nCopies(columns, "?"));
            insert = connection.prepareStatement("INSERT INTO " + table + " VALUES (" + markers + ")");
        }

        void add(Object... values) throws SQLException {
            for (int i = 0; i < values.length; i++) {
                insert.setObject(i + 1, values[i]);
            }
            insert.addBatch();
            if (++waiting == BATCH) {
                insert.executeBatch();
                waiting = 0;
            }
        }

        @Override
        public void close() throws SQLException {
            insert.executeBatch();
            insert.close();
        }
    }
}
