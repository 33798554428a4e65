import type { RunSummary, SubjectReport } from '../model/report.ts';
import { readReport } from './read-report.ts';
import { readSubject } from './schema.ts';

/**
 * Reads a `report.json` line by line, as `write-report.ts` lays it out: one line for each subject, which is handed out
 * and let go.
 * @returns everything but the subjects; null for what is laid out in another way, or is not a whole report: anyone who
 *   reads it as one text is told why. Some subjects may have been handed out by then.
 */
export async function readReportLines(
  lines: AsyncIterable<string>,
  put: (subject: SubjectReport) => Promise<void>,
): Promise<RunSummary | null> {
  const rest: string[] = [];
  let part: 'head' | 'subjects' | 'footer' = 'head';
  let count = 0;
  let hasComma = false;
  for await (const line of lines) {
    const isEnd = part === 'subjects' && line === '],';
    if (part === 'subjects' && !isEnd) {
      const isNext = count === 0 || hasComma;
      const subject = isNext ? subjectIn(line) : null;
      if (subject === null) return null;
      hasComma = line.endsWith(',');
      count += 1;
      await put(subject);
      continue;
    }
    if (isEnd && hasComma) return null;
    if (rest.push(line) > MOST_LINES) return null;
    if (isEnd) part = 'footer';
    else if (part === 'head' && line === '"subjects": [') part = 'subjects';
  }
  return part === 'footer' ? summaryIn(rest.join('\n')) : null;
}

/** The keys of a report are some fifteen. */
const MOST_LINES = 100;

function subjectIn(line: string): SubjectReport | null {
  try {
    const read = readSubject.safeParse(JSON.parse(line.replace(/,$/, '')));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

function summaryIn(text: string): RunSummary | null {
  try {
    const { subjects, ...summary } = readReport(text);
    return subjects.length === 0 ? summary : null;
  } catch {
    return null;
  }
}
