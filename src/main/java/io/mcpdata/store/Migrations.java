package io.mcpdata.store;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;

/** Brings the tables of a database to the newest version. */
final class Migrations {

    private Migrations() {}

    /**
     * Several servers may do this at once: Flyway locks the database meanwhile.
     *
     * @throws StoreUnavailableException if a newer release made the tables
     */
    static void apply(DataSource database, MigrationScripts scripts) {
        Flyway flyway = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database)
                .resourceProvider(scripts)
                .locations(new String[0])
                // there are no callbacks; the empty file db/callback/flyway.location keeps Flyway from logging an error
                // about
                // their location on Open Liberty
                .callbackLocations(new String[0])
                // by default, Flyway would accept tables that a newer release has changed
                .ignoreMigrationPatterns(new String[0])
                .load();
        refuseNewer(flyway.info(), scripts);
        flyway.migrate();
    }

    private static void refuseNewer(MigrationInfoService migrations, MigrationScripts scripts) {
        for (MigrationInfo applied : migrations.applied()) {
            if (applied.getState() == MigrationState.FUTURE_SUCCESS
                    || applied.getState() == MigrationState.FUTURE_FAILED) {
                throw new StoreUnavailableException("the platform store has tables of version " + applied.getVersion()
                        + ", which a newer release made, and this WAR knows version " + scripts.newestVersion()
                        + ": start the newer WAR, or restore the backup of before the upgrade");
            }
        }
    }
}
