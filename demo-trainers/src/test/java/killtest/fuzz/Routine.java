package killtest.fuzz;

import java.util.List;

/**
 * A method that generated code may call.
 *
 * @param call the call with a placeholder {@code $v} for its receiver, if it needs one, and {@code $a} for its arguments
 * @param receiver type of the variable to call it on; null for none
 * @param result null for void
 * @param cost the most statements that one call executes
 * @param throwsStop whether it may end with a Stop
 */
record Routine(String call, Type receiver, List<Type> parameters, Type result, int cost, boolean throwsStop) {

    Routine {
        parameters = List.copyOf(parameters);
    }
}
