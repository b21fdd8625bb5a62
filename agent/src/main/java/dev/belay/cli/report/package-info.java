/**
 * A job as one HTML page: figures, curves, tables, and nothing from elsewhere. Entry class:
 * {@link dev.belay.cli.report.ReportPage}.
 */
package dev.belay.cli.report;
