package fuzz;

import java.io.File;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;

/** What all random programs share: the count of steps, the place to be killed at, and the line with the result. */
final class Run {

    /** An object with state. */
    interface Fielded {
        Object[] fields();
    }

    private static long steps;
    private static long hash = 17;
    private static final Random RANDOM = new Random(1); // one number is drawn per step

    private Run() {}

    /** One step. */
    static int tick(int x) {
        steps++;
        hash = mix(hash, x);
        RANDOM.nextInt();
        if (steps % 8 == 0) {
            System.out.println("AT " + steps + " " + Long.toHexString(hash));
        }
        hold();
        return (int) (hash >>> 41) & 15;
    }

    /** Returns whether it made too few steps to be killed in. */
    static boolean few() {
        return steps < 40;
    }

    /** From a step on it waits for a checkpoint, and once there is one for the kill. */
    private static void hold() {
        String wish = System.getenv("FUZZ_HOLD"); // directory;step;last known checkpoint;multiple of
        if (wish == null) {
            return;
        }
        String[] words = wish.split(";");
        if (steps < Long.parseLong(words[1])) {
            return;
        }
        boolean there = saved(words[0], Long.parseLong(words[2]));
        for (int i = 0; i < 6 && !there; i++) {
            sleep(5);
            there = saved(words[0], Long.parseLong(words[2]));
        }
        if (there && steps % Long.parseLong(words[3]) == 0) {
            sleep(10); // its commit is logged
            System.out.println("HOLD " + steps);
            sleep(60_000);
        }
    }

    private static boolean saved(String directory, long after) {
        String[] names = new File(directory).list();
        for (String name : names == null ? new String[0] : names) {
            if (name.startsWith("checkpoint-") && Long.parseLong(name.substring(11)) > after) {
                return true;
            }
        }
        return false;
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The end: prints the digest of everything, and which objects are the same. */
    static void end(Object... state) {
        StringBuilder text = new StringBuilder();
        dump(text, new IdentityHashMap<>(), state);
        System.out.println("STATE " + text);
        StringBuilder digest = new StringBuilder();
        for (int lane = 0; lane < 4; lane++) {
            long h = mix(hash, lane + RANDOM.nextInt());
            for (int i = 0; i < text.length(); i++) {
                h = mix(h, text.charAt(i));
            }
            String hex = Long.toHexString(h);
            digest.append("0000000000000000", 0, 16 - hex.length()).append(hex);
        }
        System.out.println("STEPS " + steps);
        System.out.println("FINAL " + digest);
    }

    private static void dump(StringBuilder out, Map<Object, Integer> seen, Object o) {
        if (o == null || o instanceof String || o instanceof Number && !(o instanceof AtomicInteger) || o instanceof Boolean
                || o instanceof Character || o instanceof Enum) {
            out.append(o).append(' ');
        } else if (seen.putIfAbsent(o, seen.size()) != null) {
            out.append('#').append(seen.get(o)).append(' ');
        } else {
            out.append('(');
            for (Object part : parts(o)) {
                dump(out, seen, part);
            }
            out.append(')');
        }
    }

    private static Iterable<?> parts(Object o) {
        List<Object> parts = new ArrayList<>();
        if (o instanceof Fielded) {
            parts.addAll(java.util.Arrays.asList(((Fielded) o).fields()));
        } else if (o instanceof Collection) {
            parts.addAll((Collection<?>) o);
        } else if (o instanceof Map) {
            for (Map.Entry<?, ?> e : ((Map<?, ?>) o).entrySet()) {
                parts.add(e.getKey());
                parts.add(e.getValue());
            }
        } else if (o instanceof Iterator) {
            ((Iterator<?>) o).forEachRemaining(parts::add);
        } else if (o.getClass().isArray()) {
            for (int i = 0; i < java.lang.reflect.Array.getLength(o); i++) {
                parts.add(java.lang.reflect.Array.get(o, i));
            }
        } else if (o instanceof Random) {
            parts.add(((Random) o).nextGaussian());
            parts.add(((Random) o).nextLong());
        } else if (o instanceof SplittableRandom) {
            parts.add(((SplittableRandom) o).split().nextLong());
        } else if (o instanceof IntUnaryOperator) {
            parts.add(((IntUnaryOperator) o).applyAsInt(7));
        } else {
            parts.add(o.toString());
        }
        return parts;
    }

    static long mix(long state, long with) {
        long z = (state + with) * 0x9E3779B97F4A7C15L;
        return (z ^ z >>> 29) * 0xBF58476D1CE4E5B9L;
    }

    static IntUnaryOperator plus(int n) {
        int[] calls = {0};
        return x -> x + n + calls[0]++;
    }

    static int small(int x) {
        return x & 7;
    }

    static int of(Integer x) {
        return x == null ? -1 : x;
    }

    static int length(String s) {
        return s == null ? -1 : s.length();
    }

    static String cut(String s) {
        return s.length() > 12 ? s.substring(s.length() - 7) : s;
    }

    static String word(int x) {
        return "abcdefghijkl".substring(x & 3, 4 + (x >>> 3 & 7));
    }

    /** Returns the kind of an object of unknown type. */
    static int kind(Object o) {
        return o == null ? 0 : o instanceof String ? ((String) o).length() : o instanceof Integer ? (Integer) o : 3;
    }

    static int at(int[] a, int i) {
        return a.length == 0 ? i : a[(i & 0x7fffffff) % a.length];
    }

    static void put(int[] a, int i, int x) {
        if (a.length > 0) {
            a[(i & 0x7fffffff) % a.length] += x;
        }
    }

    static int at(List<Integer> l, int i) {
        return l.isEmpty() ? i : l.get((i & 0x7fffffff) % l.size());
    }

    static <T> void add(List<T> l, T x) {
        if (l.size() < 12) {
            l.add(x);
        } else {
            l.set(3, x);
        }
    }

    static void remove(List<?> l, int i) {
        if (!l.isEmpty()) {
            l.remove((i & 0x7fffffff) % l.size());
        }
    }

    static List<Integer> range(int n) {
        List<Integer> l = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            l.add(i * 5 % 7);
        }
        return l;
    }

    static int[] array(int n) {
        int[] a = new int[n];
        for (int i = 0; i < n; i++) {
            a[i] = i * 3 - 1;
        }
        return a;
    }

    static int[][] grid(int n) {
        return new int[n][2];
    }

    static List<String> words(int n) {
        List<String> l = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            l.add("w" + i * 7 % 5 + i);
        }
        return l;
    }

    static Map<String, Integer> map(int n) {
        Map<String, Integer> m = new LinkedHashMap<>();
        for (int i = 0; i < n; i++) {
            m.put("k" + i, i);
        }
        return m;
    }
}
