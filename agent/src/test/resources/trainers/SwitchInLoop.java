// step=trainers.SwitchInLoop#step
package trainers;

public class SwitchInLoop {
    static long s = 1;

    static void step(int x) {
        s = Pace.mix(s, Pace.step() + x);
    }

    public static void main(String[] args) {
        String[] kinds = {"warm", "hot", "cold", "stop", "never"};
        int i = 0;
        loop:
        while (true) {
            switch (kinds[i % 5]) {
                case "warm":
                    step(1);
                    // falls through
                case "hot":
                    step(2);
                    break;
                case "cold":
                    for (int k = 0; k < 3; k++) {
                        step(k);
                        if (k == 1 && i > 4) {
                            break loop;
                        }
                    }
                    i++;
                    continue;
                default:
                    if (i > 20) {
                        break loop;
                    }
            }
            switch (i) {
                case 0: case 1: case 2:
                    step(i);
                    break;
                case 1000:
                    break loop;
                default:
                    s++;
            }
            i++;
        }
        Pace.result(s, i);
    }
}
