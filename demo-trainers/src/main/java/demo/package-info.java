/**
 * Training programs as their users would write them: on handwritten digits {@link demo.DigitsMlp} with DJL's own fit,
 * {@link demo.DigitsCnn} with a loop by hand and {@link demo.PlainSoftmax} without any framework; {@link demo.TextLstm}
 * on a text, {@link demo.CartPoleDqn} on a game.
 */
package demo;
