/**
 * Training programs on handwritten digits, as their users would write them: {@link demo.DigitsMlp} with DJL's own
 * fit, {@link demo.DigitsCnn} with a loop by hand, {@link demo.PlainSoftmax} without any framework.
 */
package demo;
