/** How Belay gets into a JVM: options, self-test and installation. Entry class: {@link dev.belay.agent.PreMain}. */
package dev.belay.agent;
