package dev.belay.agent;

import java.lang.instrument.Instrumentation;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Opens java.base to Belay's own loader, so that no flag is needed on the command line. */
final class JdkInternals {

    private JdkInternals() {}

    static void open(Instrumentation instrumentation) {
        Module base = Object.class.getModule();
        Set<Module> belay = Set.of(JdkInternals.class.getModule());
        Map<String, Set<Module>> opened = new HashMap<>();
        base.getPackages().forEach(p -> opened.put(p, belay));
        instrumentation.redefineModule(base, Set.of(), opened, opened, Set.of(), Map.of());
    }
}
