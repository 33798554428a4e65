import { writeSync } from 'node:fs';
import path from 'node:path';

/** How often it is said which files are still running: no test has a time limit, so one that hangs must have a name. */
const sayEvery = 5 * 60_000;

/**
 * Names what takes long, and ends jest's output with one plain line that any pipeline can read:
 * `N passed, N failed, N skipped`.
 */
export default class PlainReporter {
  #running = new Map();

  onRunStart() {
    this.timer = setInterval(() => {
      for (const [file, since] of this.#running) {
        const minutes = Math.floor((Date.now() - since) / 60_000);
        if (minutes >= sayEvery / 60_000)
          writeSync(2, `${path.relative('.', file)} is still running after ${minutes} minutes\n`);
      }
    }, sayEvery);
    this.timer.unref();
  }

  onTestFileStart({ path: file }) {
    this.#running.set(file, Date.now());
  }

  onTestFileResult({ path: file }) {
    this.#running.delete(file);
  }

  onRunComplete(_contexts, results) {
    // A suite that does not even load has no tests to count, and must not look like success.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const line = `${results.numPassedTests} passed, ${failed} failed, ${results.numPendingTests} skipped`;
    // Jest's own summary comes after all reporters; the line has to be the last.
    process.on('exit', () => writeSync(1, `\n${line}\n`));
  }
}
