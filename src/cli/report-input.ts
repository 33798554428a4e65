import { readNamed } from '../files/read.ts';

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
