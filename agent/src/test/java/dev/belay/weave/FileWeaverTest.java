package dev.belay.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.files.FileCalls;
import dev.belay.files.FileMethods;
import dev.belay.files.FileMoves;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Type;

/** The weaver names Belay's methods by text only: they must be there. */
class FileWeaverTest {

    private static Stream<String> methods(Class<?> owner) {
        return Arrays.stream(owner.getDeclaredMethods())
                .filter(m -> java.lang.reflect.Modifier.isPublic(m.getModifiers()))
                .filter(m -> !m.getName().equals("connect"))
                .map(m -> Type.getInternalName(owner) + "." + m.getName() + Type.getMethodDescriptor(m));
    }

    @Test
    void what_woven_code_calls_is_what_there_is() {
        Set<String> there = Stream.of(FileCalls.class, FileMethods.class, FileMoves.class)
                .flatMap(FileWeaverTest::methods)
                .collect(Collectors.toSet());
        assertThat(FileCallTable.needed()).isEqualTo(there);
    }

    @Test
    void what_is_replaced_exists_in_the_jdk() throws ClassNotFoundException {
        for (String called : FileCallTable.replaced()) {
            Class<?> owner = Class.forName(
                    Type.getObjectType(called.substring(0, called.indexOf('.'))).getClassName());
            String rest = called.substring(called.indexOf('.') + 1);
            Stream<String> methods =
                    Arrays.stream(owner.getMethods()).map(m -> m.getName() + Type.getMethodDescriptor(m));
            Stream<String> constructors =
                    Arrays.stream(owner.getConstructors()).map(c -> "<init>" + Type.getConstructorDescriptor(c));
            assertThat(Stream.concat(methods, constructors)).contains(rest);
        }
    }
}
