// step=trainers.NamedInherited$Child#step
package trainers;

/** The step is named by a class that inherits it; it has overloads. */
public class NamedInherited {
    static class Parent {
        long s = 1;

        void step(int x) {
            s = Pace.mix(s, Pace.step() + x);
        }

        void step(String x) {
            s = Pace.mix(s, Pace.step() + x.length());
        }
    }

    static class Child extends Parent {}

    public static void main(String[] args) {
        Child c = new Child();
        for (int e = 0; e < 3; e++) {
            for (int i = 0; i < 2; i++) {
                c.step(i);
                c.step("i" + e);
            }
        }
        Pace.result(c.s);
    }
}
