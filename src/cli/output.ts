import path from 'node:path';
import { openForWriting } from '../files/write.ts';
import type { Severity } from '../model/finding.ts';
import type { RunSummary, SubjectReport } from '../model/report.ts';
import { reportFooter, reportHeader, reportSubject } from '../records/write-report.ts';
import { subjectText, summaryText } from '../reporters/text.ts';
import type { CliContext } from './context.ts';

/** Where the results of a run go, one subject at a time, so that none has to be kept. */
export interface Output {
  subject(subject: SubjectReport): Promise<void>;
  finish(summary: RunSummary): Promise<void>;
  /** The run came to nothing: leave no half report behind. */
  abandon(): Promise<void>;
  /** The worst severity seen; null: no finding at all. */
  worst(): Severity | null;
}

interface OutputOptions {
  dir: string | null;
  format: 'text' | 'json';
  mode: 'dry-run' | 'apply';
  now: string;
  /** Only the file is written; the caller does the talking. */
  quiet?: boolean;
}

/**
 * Opens the report file (written beside its name, and renamed when it is whole) and standard output.
 * @throws UsageError when the folder cannot be written
 */
export async function openOutput(context: CliContext, options: OutputOptions): Promise<Output> {
  const { io } = context;
  const file =
    options.dir === null
      ? null
      : await openForWriting(path.join(options.dir, 'report.json'), { from: '--output' });
  const json = options.format === 'json';
  const text = !json && options.quiet !== true;
  const head = { mode: options.mode, generatedAt: options.now };
  let first = true;
  let worst: Severity | null = null;
  const write = async (text: string): Promise<void> => {
    if (json) io.stdout(text);
    await file?.write(io.safe(text));
  };
  await write(reportHeader(head));
  return {
    async subject(subject) {
      worst = worse(worst, subject);
      await write(reportSubject(subject, { first }));
      first = false;
      if (text) io.stdout(subjectText(subject, { mode: options.mode, color: io.color, columns: io.columns }));
    },
    async finish(summary) {
      await write(reportFooter(summary));
      const written = await file?.close();
      if (text) io.stdout(summaryText(summary, { color: io.color, columns: io.columns }));
      if (written !== undefined && options.quiet !== true)
        context.log.info({ report: written }, 'report written');
    },
    abandon: async () => file?.discard(),
    worst: () => worst,
  };
}

const order: Severity[] = ['info', 'warning', 'error'];

function worse(worst: Severity | null, subject: SubjectReport): Severity | null {
  const ranks = subject.findings.map((finding) => order.indexOf(finding.severity));
  return order[Math.max(worst === null ? -1 : order.indexOf(worst), ...ranks)] ?? null;
}
