/** Ends jest's output with one plain line that any pipeline can read: `N passed, N failed, N skipped`. */
export default class PlainReporter {
  onRunComplete(_contexts, results) {
    // A suite that does not even load has no tests to count, and must not look like success.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    process.stderr.write('');
    process.stdout.write(
      `\n${results.numPassedTests} passed, ${failed} failed, ${results.numPendingTests} skipped\n`,
    );
  }
}
