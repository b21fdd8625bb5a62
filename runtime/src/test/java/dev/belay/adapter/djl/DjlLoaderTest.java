package dev.belay.adapter.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Model;
import dev.belay.state.Adapter;
import dev.belay.state.Adapters;
import dev.belay.state.Unsupported;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DjlLoaderTest {

    private static final ClassLoader AGENT = DjlLoaderTest.class.getClassLoader();

    /** A framework object, made without starting an engine; its class loader is all that counts here. */
    private static Object metrics(ClassLoader loader) throws ReflectiveOperationException {
        return Class.forName("ai.djl.metric.Metrics", true, loader)
                .getConstructor()
                .newInstance();
    }

    /** Holds DJL for itself and does not see Belay, like the loader of an application server. */
    private static ClassLoader isolated() throws MalformedURLException {
        List<URL> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (entry.endsWith(".jar")) {
                jars.add(new File(entry).toURI().toURL());
            }
        }
        return new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    @Test
    void the_adapter_has_a_loader_of_its_own_even_beside_the_framework() throws Exception {
        Adapters adapters = new Adapters(AGENT);

        adapters.born("djl", metrics(AGENT));
        adapters.born("djl", metrics(AGENT));

        assertThat(adapters.loaded()).hasSize(1);
        Adapter adapter = adapters.loaded().get(0);
        assertThat(adapter).isNotInstanceOf(DjlAdapter.class);
        assertThat(adapter.getClass().getName()).isEqualTo(DjlAdapter.class.getName());
        assertThat(adapter.role(Model.class)).isEqualTo(Adapter.Role.RESOURCE);
    }

    @Test
    void the_adapter_links_against_the_framework_of_the_program() throws Exception {
        ClassLoader program = isolated();
        Class<?> foreign = Class.forName("ai.djl.Model", false, program);
        assertThat(foreign).isNotEqualTo(Model.class);
        Adapters adapters = new Adapters(AGENT);

        adapters.born("djl", metrics(program));
        Adapter adapter = adapters.loaded().get(0);

        assertThat(adapter.role(foreign)).isEqualTo(Adapter.Role.RESOURCE);
        assertThat(adapter.role(Model.class)).isEqualTo(Adapter.Role.UNKNOWN);
        assertThat(adapter.fingerprint())
                .as("nothing was born, and asking must load no engine")
                .isEmpty();
    }

    @Test
    void each_framework_loader_has_its_adapter() throws Exception {
        Adapters adapters = new Adapters(AGENT);

        adapters.born("djl", metrics(isolated()));
        adapters.born("djl", metrics(isolated()));

        assertThat(adapters.loaded()).hasSize(2);
    }

    @Test
    void a_framework_without_adapter_is_named() throws Exception {
        Object o = metrics(AGENT);
        assertThatThrownBy(() -> new Adapters(AGENT).born("torch4j", o))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("framework torch4j");
    }
}
