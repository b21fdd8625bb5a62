package demo;

import java.util.Random;

/**
 * A pole on a cart, to be kept upright by pushing the cart. The equations and constants are those of A. Barto, R. Sutton
 * and C. Anderson, "Neuronlike adaptive elements that can solve difficult learning control problems" (1983).
 */
final class CartPole {

    static final int ACTIONS = 2;
    static final int OBSERVATIONS = 4;

    private static final double GRAVITY = 9.8;
    private static final double POLE_MASS = 0.1;
    private static final double TOTAL_MASS = 1.1;
    private static final double HALF_POLE_METRES = 0.5;
    private static final double FORCE_NEWTONS = 10;
    private static final double TICK_SECONDS = 0.02;
    private static final double MAX_POSITION_METRES = 2.4;
    private static final double MAX_ANGLE_RADIANS = Math.toRadians(12);
    private static final int MAX_TICKS = 200;

    private final Random random;
    private double position;
    private double velocity;
    private double angle;
    private double angularVelocity;
    private int ticks;

    CartPole(Random random) {
        this.random = random;
    }

    /** Begins anew, almost upright. */
    void reset() {
        position = small();
        velocity = small();
        angle = small();
        angularVelocity = small();
        ticks = 0;
    }

    private double small() {
        return random.nextDouble() * 0.1 - 0.05;
    }

    /** Returns position, velocity, angle and angular velocity. */
    float[] observation() {
        return new float[] {(float) position, (float) velocity, (float) angle, (float) angularVelocity};
    }

    /** Pushes to the left (0) or right (1) for one tick. */
    void push(int action) {
        double force = action == 1 ? FORCE_NEWTONS : -FORCE_NEWTONS;
        double sin = StrictMath.sin(angle);
        double cos = StrictMath.cos(angle);
        double poleMoment = POLE_MASS * HALF_POLE_METRES;
        double push = (force + poleMoment * angularVelocity * angularVelocity * sin) / TOTAL_MASS;
        double turn =
                (GRAVITY * sin - cos * push) / (HALF_POLE_METRES * (4.0 / 3.0 - POLE_MASS * cos * cos / TOTAL_MASS));
        double acceleration = push - poleMoment * turn * cos / TOTAL_MASS;
        position += TICK_SECONDS * velocity;
        velocity += TICK_SECONDS * acceleration;
        angle += TICK_SECONDS * angularVelocity;
        angularVelocity += TICK_SECONDS * turn;
        ticks++;
    }

    boolean fallen() {
        return Math.abs(position) > MAX_POSITION_METRES || Math.abs(angle) > MAX_ANGLE_RADIANS;
    }

    boolean over() {
        return fallen() || ticks >= MAX_TICKS;
    }

    int ticks() {
        return ticks;
    }
}
