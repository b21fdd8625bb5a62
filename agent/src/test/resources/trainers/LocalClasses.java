// step=trainers.LocalClasses$Stepper#step
package trainers;

public class LocalClasses {
    private static long s = 1;

    enum Kind {
        A {
            @Override
            int weight() {
                return 3;
            }
        },
        B;

        int weight() {
            return 1;
        }
    }

    interface Stepper {
        void step(int x);
    }

    private int hidden = 4;

    private class Inner {
        private int touch(Stepper stepper) {
            for (int i = 0; i < 2; i++) {
                hidden += i;
                stepper.step(hidden);
            }
            return hidden;
        }
    }

    public static void main(String[] args) {
        int base = args.length + 2;
        Stepper anonymous = new Stepper() {
            int calls;

            @Override
            public void step(int x) {
                s = Pace.mix(s, Pace.step() + x + base + calls++);
            }
        };
        class Local {
            int sum;

            void run(Kind kind) {
                for (int i = 0; i < 2; i++) {
                    anonymous.step(kind.weight() + i);
                    sum += kind.ordinal() + base;
                }
            }
        }
        Local local = new Local();
        LocalClasses outer = new LocalClasses();
        Inner inner = outer.new Inner();
        Kind last = null;
        for (Kind k : Kind.values()) {
            local.run(k);
            last = k;
            inner.touch(anonymous);
        }
        Pace.result(s, local.sum, last, outer.hidden);
    }
}
