/** The one class of the observing agent that is not on the boot class path. Entry class: {@link killtest.premain.PreMain}. */
package killtest.premain;
