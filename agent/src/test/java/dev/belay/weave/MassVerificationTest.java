package dev.belay.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Every loop of large libraries is woven, every class of them is loaded, and the JVM's verifier looks at all of it. */
class MassVerificationTest {

    /**
     * Every loop is recognised, one call in four may lead to a point, and every iteration of an innermost loop is a step.
     *
     * @param switchable whether it is found at run time which loops are step loops
     */
    private record Everything(boolean switchable) implements Selection, Calls {

        @Override
        public MethodLoops loops(MethodKey key, MethodNode method) {
            return switchable
                    ? MethodLoops.worthwhile(method, this, Integer.MAX_VALUE)
                    : new MethodLoops(method, this, Integer.MAX_VALUE);
        }

        @Override
        public Set<MethodKey> pointed() {
            return Set.of();
        }

        @Override
        public Set<String> touched() {
            return Set.of();
        }

        @Override
        public boolean works(AbstractInsnNode call) {
            return true;
        }

        @Override
        public boolean holdsPoints(MethodKey method) {
            return true;
        }

        @Override
        public boolean isBody(MethodKey method) {
            return !method.name().startsWith("<")
                    && (method.name().startsWith("lambda$")
                            || method.nameAndDescriptor().hashCode() % 4 == 1);
        }

        @Override
        public boolean isStep(MethodKey method) {
            return method.nameAndDescriptor().hashCode() % 16 == 0
                    && !method.name().startsWith("<");
        }

        @Override
        public String birth(String owner) {
            return owner.hashCode() % 16 == 0 ? "library" : null;
        }

        @Override
        public Calls calls() {
            return this;
        }

        @Override
        public boolean steps(AbstractInsnNode call) {
            return false;
        }

        @Override
        public boolean evaluates(AbstractInsnNode call) {
            return false;
        }

        @Override
        public boolean leads(AbstractInsnNode call) {
            return call instanceof MethodInsnNode m
                    && !m.name.equals("<init>")
                    && (m.name + m.desc).hashCode() % 4 == 0;
        }
    }

    /** A library's classes, woven as they load. */
    private static final class Woven extends ClassLoader implements AutoCloseable {

        private final JarFile jar;
        private final ClassWeaver weaver;
        private final List<String> skips = new ArrayList<>();
        private int methods;
        private int classes;
        private String broken;

        Woven(String artifact, boolean switchable) throws IOException {
            super(MassVerificationTest.class.getClassLoader());
            jar = new JarFile(find(artifact), false, JarFile.OPEN_READ, Runtime.version());
            weaver = new ClassWeaver(new Everything(switchable), Optional.of("i"), shape -> methods++, this::skip);
        }

        /** Libraries that were compiled without -g have no names of locals; no point is left out for that. */
        private void skip(MethodKey key, String why) {
            if (!why.contains("-g")) {
                skips.add(key.text() + ": " + why);
            }
        }

        private static File find(String artifact) {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(File::new)
                    .filter(f -> f.getName().matches(artifact + "-[0-9].*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(artifact + " is not on the class path of the test"));
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                JarEntry entry = jar.getJarEntry(name.replace('.', '/') + ".class");
                if (entry == null) {
                    return super.loadClass(name, resolve);
                }
                Class<?> known = findLoadedClass(name);
                return known != null ? known : define(name, entry);
            }
        }

        private Class<?> define(String name, JarEntry entry) {
            byte[] original = read(entry);
            byte[] woven = weaver.weave(original, original, true, this::classFile);
            classes++;
            byte[] bytes = woven == null ? original : woven;
            byte[] defined = name.equals(broken) ? withOnePopTooMany(bytes) : bytes;
            return defineClass(name, defined, 0, defined.length);
        }

        private byte[] classFile(String internalName) {
            byte[] own = read(jar.getJarEntry(internalName + ".class"));
            return own != null ? own : LoopFinder.classFile(getParent(), internalName);
        }

        private byte[] read(JarEntry entry) {
            if (entry == null) {
                return null;
            }
            try (InputStream in = jar.getInputStream(entry)) {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Returns what failed to verify. */
        List<String> verifyAll() {
            List<String> failures = new ArrayList<>();
            for (String name : names()) {
                try {
                    // initialisation is what makes the JVM link, and so verify, a class
                    Class.forName(name, true, this);
                } catch (VerifyError | ClassFormatError e) {
                    failures.add(
                            name + ": " + e.getMessage().lines().findFirst().orElse(""));
                } catch (LinkageError | ClassNotFoundException e) {
                    assertThat(e).as("%s", name).isNotInstanceOf(VerifyError.class);
                }
            }
            return failures;
        }

        private TreeSet<String> names() {
            TreeSet<String> names = new TreeSet<>();
            jar.stream()
                    .map(JarEntry::getName)
                    .filter(n -> n.endsWith(".class") && !n.startsWith("META-INF") && !n.contains("module-info"))
                    .forEach(n -> names.add(n.substring(0, n.length() - 6).replace('/', '.')));
            return names;
        }

        @Override
        public void close() throws IOException {
            jar.close();
        }
    }

    private static byte[] withOnePopTooMany(byte[] classFile) {
        ClassNode node = new ClassNode();
        new ClassReader(classFile).accept(node, 0);
        for (MethodNode m : node.methods) {
            if (m.tryCatchBlocks.size() == 1) {
                m.instructions.insert(new InsnNode(Opcodes.POP)); // pops what is not there
            }
        }
        ClassWriter writer = new ClassWriter(0);
        node.accept(writer);
        return writer.toByteArray();
    }

    private static void verify(String artifact, int leastClasses, int leastMethods, int mostSkips) throws IOException {
        verify(artifact, leastClasses, leastMethods, mostSkips, false);
        verify(artifact, leastClasses, leastMethods, mostSkips, true);
    }

    private static void verify(String artifact, int leastClasses, int leastMethods, int mostSkips, boolean switchable)
            throws IOException {
        try (Woven library = new Woven(artifact, switchable)) {
            List<String> failures = library.verifyAll();
            System.out.println(artifact + ": " + library.classes + " classes, " + library.methods + " woven methods, "
                    + library.skips.size() + " skips");
            library.skips.forEach(s -> System.out.println("  not woven: " + s));
            assertThat(failures).isEmpty();
            assertThat(library.classes).isGreaterThanOrEqualTo(leastClasses);
            assertThat(library.methods).isGreaterThanOrEqualTo(leastMethods);
            assertThat(library.skips).hasSizeLessThanOrEqualTo(mostSkips);
        }
    }

    @Test
    void all_of_djl_verifies() throws IOException {
        verify("api", 600, 1500, 0);
    }

    @Test
    void all_of_byte_buddy_verifies() throws IOException {
        verify("byte-buddy-dep", 2900, 5000, 0);
    }

    @Test
    void all_of_kotlins_standard_library_verifies() throws IOException {
        verify("kotlin-stdlib", 900, 5000, 11);
    }

    @Test
    void a_class_that_does_not_verify_is_found() throws IOException {
        try (Woven library = new Woven("api", true)) {
            library.broken = "ai.djl.training.EasyTrain";
            assertThat(library.verifyAll()).singleElement().asString().startsWith("ai.djl.training.EasyTrain:");
        }
    }
}
