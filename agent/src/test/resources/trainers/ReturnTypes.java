// step=trainers.ReturnTypes#step
package trainers;

public class ReturnTypes {
    static int count;

    static void step() {
        count += Pace.step();
    }

    static long aLong(int n) {
        for (int i = 0; ; i++) {
            step();
            if (i == n) {
                return (1L << 40) + i + count;
            }
        }
    }

    static double aDouble(int n) {
        double d = 0.5;
        try {
            for (int i = 0; i < 100; i++) {
                step();
                d *= 1.25;
                if (i == n) {
                    return d + i;
                }
            }
        } finally {
            count += 1000;
        }
        return -1;
    }

    static float aFloat(int n) {
        float f = 1;
        while (true) {
            try {
                step();
                f += 0.25f;
                if (n-- == 0) {
                    return f;
                }
            } finally {
                f *= 2;
                count++;
            }
        }
    }

    static int[] anArray(int n) {
        int[] a = new int[n + 1];
        for (int i = 0; i < a.length; i++) {
            step();
            a[i] = count;
            if (i == n) {
                return a;
            }
        }
        return null;
    }

    static boolean aBoolean(int n) {
        do {
            step();
            if (n == 1) {
                return true;
            }
        } while (n-- > 0);
        return false;
    }

    public static void main(String[] args) {
        long l = aLong(2);
        double d = aDouble(2);
        float f = aFloat(2);
        int[] a = anArray(1);
        boolean b = aBoolean(2);
        Pace.result(l, d, f, a, b, count);
    }
}
