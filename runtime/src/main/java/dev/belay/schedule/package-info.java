/** When to save: by steps, epochs and time. Entry class: {@link dev.belay.schedule.Schedule}. Pure arithmetic. */
package dev.belay.schedule;
