package io.mcpdata.authentication.apikey;

import io.mcpdata.audit.AuditLog;
import io.mcpdata.audit.RefusalRows;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.store.PlatformStore;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Assembles the plain classes of this package. */
@Dependent
class KeysProducer {

    private static final Clock CLOCK = Clock.systemUTC();

    @Produces
    @Singleton
    static StoredKeys storedKeys(PlatformStore store) {
        return new StoredKeys(store);
    }

    @Produces
    @Singleton
    static KeyUses keyUses(PlatformStore store) {
        return new KeyUses(store);
    }

    @Produces
    @Singleton
    static KeyAdministration keyAdministration(
            ActiveConfiguration configuration,
            PlatformStore store,
            StoredKeys keys,
            AuditLog audit,
            RefusalRows refusals) {
        return new KeyAdministration(new KeyRules(configuration), store, keys, audit, refusals, CLOCK);
    }

    @Produces
    @Singleton
    static KeyListings keyListings(ActiveConfiguration configuration, PlatformStore store, KeyUses uses) {
        return new KeyListings(configuration, store, uses, CLOCK);
    }
}
