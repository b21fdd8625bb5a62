// step=trainers.LocalTypes#step
package trainers;

public class LocalTypes {
    static long s = 1;

    static void step(long x) {
        s = Pace.mix(s, Pace.step() + x);
    }

    public static void main(String[] args) {
        byte b = 1;
        short h = 2;
        char c = 'a';
        boolean z = false;
        float f = 1.5f;
        double d = 2.5;
        long l = 1L << 40;
        int[] ints = {1, 2};
        long[][] longs = {{1}, {2, 3}, null};
        String text = null;
        Object nothing = null;
        Object some = "x";
        for (int i = 0; i < 6; i++) {
            {
                long temporary = i * 3L;
                step(temporary + b);
            }
            {
                String temporary = "t" + i;
                text = text == null ? temporary : text + temporary;
            }
            {
                int temporary = i;
                double second = temporary * 0.5;
                d += second;
            }
            b += 50;
            h *= 3;
            c++;
            z = !z;
            f = f / 3 + Float.MIN_VALUE;
            l = l * 3 + b;
            ints[i % 2] += h;
            longs[1][i % 2] ^= l;
            if (i == 3) {
                longs[2] = new long[] {l};
                some = ints;
            }
        }
        Pace.result(b, h, c, z, f, d, l, ints, longs, text, nothing, some, s);
    }
}
