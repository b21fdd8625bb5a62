/**
 * Random programs that train: loops of all shapes around steps, state of all types, calls, exceptions, lambdas. One seed
 * makes one program, always the same. Entry class: {@link killtest.fuzz.FuzzProgram}.
 */
package killtest.fuzz;
