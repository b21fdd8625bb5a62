/**
 * The demo: trains once undisturbed and once killed again and again, and compares. Entry class:
 * {@link showcase.KillAndResume}.
 */
package showcase;
