/** Programs that only the tests run, in JVMs of their own; they know nothing of Belay. */
package killtest.program;
