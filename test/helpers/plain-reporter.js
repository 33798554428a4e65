import { writeSync } from 'node:fs';

/** Ends jest's output with one plain line that any pipeline can read: `N passed, N failed, N skipped`. */
export default class PlainReporter {
  onRunComplete(_contexts, results) {
    // A suite that does not even load has no tests to count, and must not look like success.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const line = `${results.numPassedTests} passed, ${failed} failed, ${results.numPendingTests} skipped`;
    // Jest's own summary comes after all reporters; the line has to be the last.
    process.on('exit', () => writeSync(1, `\n${line}\n`));
  }
}
