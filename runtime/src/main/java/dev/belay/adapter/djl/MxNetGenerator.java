package dev.belay.adapter.djl;

import ai.djl.mxnet.jna.JnaUtils;
import ai.djl.mxnet.jna.LibUtils;
import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import dev.belay.state.Unsupported;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * MXNet's generators of the calling thread, which is the one that trains. Its C interface only seeds them, so the
 * resource that operators draw from is asked for as the operators do, by functions that the library exports. Each is a
 * {@code std::mt19937}. Once in each JVM, a thread of its own proves that they are where and what is expected.
 */
enum MxNetGenerator {
    /** For uniform and normal numbers, permutations and images. */
    SEQUENTIAL(0, 1),
    /** For dropout and integers: one generator for each of 1024 parts of a tensor. */
    PARALLEL(2, 1024);

    private static final String MANAGER = "_ZN5mxnet15ResourceManager3GetEv";
    private static final String REQUEST =
            "_ZN5mxnet8resource19ResourceManagerImpl7RequestENS_7ContextERKNS_15ResourceRequestE";
    private static final long CPU = 1;
    private static final int RESOURCE_BYTES = 64; // it has 32
    private static final int GENERATOR_AT = 24;
    private static final int WORDS = MersenneTwister.WORDS;
    /** The layout is that of these versions, as MXNet writes them. */
    private static final int OLDEST = 10900;

    private static final int NEWEST = 10999;

    private final int kind;
    private final int count;

    MxNetGenerator(int kind, int count) {
        this.kind = kind;
        this.count = count;
    }

    byte[] state() {
        long[] words = read(locate());
        ByteBuffer bytes = ByteBuffer.allocate(words.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(words);
        return bytes.array();
    }

    void set(byte[] state) {
        LongBuffer saved = ByteBuffer.wrap(state).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
        long[] words = new long[count * (WORDS + 1)];
        if (saved.remaining() != words.length) {
            throw new Unsupported(
                    "MXNet generator",
                    "the checkpoint has " + saved.remaining() + " words of it, expected " + words.length
                            + "; resume with the old program");
        }
        saved.get(words);
        MersenneTwister.check(words);
        Pointer generator = locate();
        read(generator); // what is overwritten MUST be generators
        generator.write(0, words, 0, words.length);
    }

    private long[] read(Pointer generator) {
        long[] words = generator.getLongArray(0, count * (WORDS + 1));
        MersenneTwister.check(words);
        return words;
    }

    /**
     * Reads the generators of a thread that has just seeded them, and no other thread's: what is found there MUST be
     * what a seed makes.
     */
    private static void prove() {
        function(MANAGER); // what is missing is told by the thread that asks
        function(REQUEST);
        List<long[]> found = new ArrayList<>();
        Thread prover = new Thread(
                () -> {
                    JnaUtils.randomSeed(1);
                    JnaUtils.waitAll();
                    for (MxNetGenerator g : values()) {
                        found.add(g.find().getLongArray(0, g.count * (WORDS + 1)));
                    }
                },
                "belay-mxnet-generators");
        prover.setDaemon(true);
        prover.start();
        boolean interrupted = false;
        while (prover.isAlive()) {
            try {
                prover.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (found.size() < values().length || !found.stream().allMatch(MersenneTwister::isSeeded)) {
            throw MersenneTwister.otherLayout();
        }
    }

    private Pointer locate() {
        // elsewhere hidden arguments are passed in another way, and a wrong guess would crash the program
        String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!platform.equals("Linux amd64") && !platform.equals("Linux x86_64")) {
            throw new Unsupported(
                    "MXNet generator", "its state cannot be read on " + platform + "; use Linux on x86-64");
        }
        int version = JnaUtils.getVersion();
        if (version < OLDEST || version > NEWEST) {
            throw new Unsupported("MXNet generator", "its state cannot be read in MXNet " + version + "; use 1.9");
        }
        String copies = System.getenv("MXNET_CPU_PARALLEL_RAND_COPY");
        if (copies != null && !copies.equals("1")) {
            throw new Unsupported("MXNET_CPU_PARALLEL_RAND_COPY", "generators beyond the first are not saved; use 1");
        }
        JnaUtils.waitAll();
        Library.proven();
        return find();
    }

    private Pointer find() {
        try (Memory resource = new Memory(RESOURCE_BYTES);
                Memory request = new Memory(Integer.BYTES)) {
            resource.clear();
            request.setInt(0, kind);
            Pointer manager = function(MANAGER).invokePointer(new Object[0]);
            function(REQUEST).invokeVoid(new Object[] {resource, manager, CPU, request});
            Pointer generator = resource.getPointer(GENERATOR_AT);
            return this == PARALLEL ? generator.getPointer(0) : generator;
        }
    }

    /** Returns the address of a dense tensor's elements. */
    static long address(Pointer handle) {
        try (Memory out = new Memory(Long.BYTES)) {
            int failed = function("MXNDArrayGetData").invokeInt(new Object[] {handle, out});
            if (failed != 0) {
                throw new IllegalStateException("MXNet does not tell where a dense tensor is");
            }
            return out.getLong(0);
        }
    }

    private static Function function(String symbol) {
        try {
            return Library.MXNET.getFunction(symbol);
        } catch (UnsatisfiedLinkError e) {
            throw new Unsupported(
                    "MXNet generator",
                    "this build of MXNet does not export " + symbol + "; use mxnet-native-mkl 1.9.1");
        }
    }

    /** To ask for its name unpacks the library again, so it is asked for once. The engine has loaded it. */
    private static final class Library {
        static final NativeLibrary MXNET = NativeLibrary.getInstance(LibUtils.getLibName());
        private static boolean proven;

        static synchronized void proven() {
            if (!proven) {
                prove();
                proven = true;
            }
        }
    }
}
