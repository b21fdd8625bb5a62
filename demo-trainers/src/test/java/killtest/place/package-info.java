/** A program that is started in many ways, and launchers that start it; in JVMs of their own, with no notion of Belay. */
package killtest.place;
