package killtest.fuzz;

/**
 * How a program is written as a whole.
 *
 * @param release of Java
 * @param step call of a step with {@code $a} for its argument
 * @param named whether Belay is told the method that trains, and no step
 * @param risky whether it has shapes that Belay may refuse: steps in lambdas, loops in them
 */
record Language(int release, String step, boolean named, boolean risky) {}
