import type { ReportHead, RunSummary, SubjectReport } from '../model/report.ts';
import type { Report } from '../records/read-report.ts';
import { publishable } from '../records/redact.ts';

/** Where a report is shown. */
export interface RenderContext {
  color: boolean;
  /** Width in columns, for terminals. */
  columns: number;
  /** The path of a subject's file, relative to the root of the project. */
  pathOf: (ref: string) => string;
  /** Of the text for people; left out: by person. */
  groupBy?: 'person' | 'rule';
  /** Of the text for people; left out: `normal`. */
  detail?: 'quiet' | 'normal' | 'verbose';
}

/** A report in pieces: what `begin`, `subject` and `end` return, joined, is the whole text; a large end is pieces too. */
export interface Rendering {
  begin(head: ReportHead): string;
  /** Called once for each subject, in order; it is let go afterwards, and what is confidential is taken out before. */
  subject(subject: SubjectReport): string;
  end(summary: RunSummary): string | Generator<string>;
}

/** One form of a report. The file `formats/<name>.ts` holds it, and `<name>` is its option on the command line. */
export interface Reporter {
  name: string;
  /** One phrase for `--help`. */
  description: string;
  /** Reports of issues (`run`, `report`), of files (`lint`), or both. */
  of: readonly ('issues' | 'files')[];
  /** What its file is called in a folder of reports. */
  file: string;
  open(context: RenderContext): Rendering;
}

/**
 * A rendering of which nothing is said before the end.
 * @param add takes in one subject
 * @param end the whole text
 */
export function atTheEnd(
  add: (subject: SubjectReport, head: ReportHead) => void,
  end: Rendering['end'],
): Rendering {
  let head: ReportHead = { mode: 'dry-run', generatedAt: '' };
  return {
    begin(given) {
      head = given;
      return '';
    },
    subject(subject) {
      add(subject, head);
      return '';
    },
    end,
  };
}

/** Defines a form of a report; see `Reporter`. */
export function defineReporter(reporter: Reporter): Reporter {
  return {
    ...reporter,
    open(context) {
      const rendering = reporter.open(context);
      return { ...rendering, subject: (subject) => rendering.subject(publishable(subject)) };
    },
  };
}

/** A whole report at once. */
export function render(reporter: Reporter, report: Report, context: RenderContext): string {
  const rendering = reporter.open(context);
  const parts = [rendering.begin(report)];
  for (const subject of report.subjects) parts.push(rendering.subject(subject));
  return [...parts, ...piecesOf(rendering.end(report))].join('');
}

/** A text that may come in pieces, as pieces. */
export function piecesOf(text: string | Generator<string>): Iterable<string> {
  return typeof text === 'string' ? [text] : text;
}
