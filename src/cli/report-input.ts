import { linesOf } from '../files/lines.ts';
import { readNamed } from '../files/read.ts';
import type { RunSummary, SubjectReport } from '../model/report.ts';
import { readReportLines } from '../records/read-lines.ts';
import { type Report, readReport } from '../records/read-report.ts';
import { quoted } from '../text/visible.ts';
import type { Io } from './io.ts';

/** Ten thousand KRs with a quarter of weeks are below a fifth of it. */
const REPORT_BYTES = 400 * 1024 * 1024;

/**
 * The report in a file, or on standard input for `-`.
 * @throws UsageError when it is not there, cut short or of another kind
 */
export async function readReportFile(file: string, io: Io): Promise<Report> {
  if (file === '-') return readReport(await io.stdin(REPORT_BYTES), 'Standard input');
  const wanted = 'Name the report.json that `run --output` or `merge --output` wrote.';
  return readReport(await readNamed(file, { wanted, maxBytes: REPORT_BYTES }), quoted(file));
}

/**
 * The report in a file, its subjects one by one.
 * @returns everything but the subjects; null where it has to be read as a whole, or cannot be read
 */
export async function readReportStream(
  file: string,
  put: (subject: SubjectReport) => Promise<void>,
): Promise<RunSummary | null> {
  const lines = file === '-' ? null : await linesOf(file, REPORT_BYTES);
  return lines === null ? null : readReportLines(lines, put);
}
