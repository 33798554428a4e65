import path from 'node:path';
import { clearLeftovers } from '../files/leftovers.ts';
import { openForWriting } from '../files/write.ts';
import type { Severity } from '../model/finding.ts';
import type { ReportHead, RunSummary, SubjectReport } from '../model/report.ts';
import { json } from '../reporters/formats/json.ts';
import { junit } from '../reporters/formats/junit.ts';
import { markdown } from '../reporters/formats/markdown.ts';
import { openmetrics } from '../reporters/formats/openmetrics.ts';
import { reporterOf } from '../reporters/registry.ts';
import { piecesOf, type RenderContext } from '../reporters/reporter.ts';
import type { CliContext } from './context.ts';
import { projectPath } from './project-path.ts';

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
  /** What killed runs left in the folder goes, if nothing was written to it since; milliseconds since 1970. */
  leftBefore?: number;
  /** What is printed: one of the formats of reports of issues. */
  format: string;
  head: ReportHead;
  /** Only the files are written; the caller does the talking. */
  quiet?: boolean;
  /** How the text for people is arranged. */
  look?: Pick<RenderContext, 'groupBy' | 'detail'>;
}

/** What is written into the folder of `--output`; `report.json` is all that other commands need. */
const filesOfRun = [json, junit, openmetrics, markdown];

/** How each of them begins; text of other files is not taken for an unfinished one of these. */
const beginnings = ['{\n"version"', '<?xml', '# HELP', '# TYPE', '### KR hygiene'];

const isBegun = (start: Buffer): boolean =>
  start.length === 0 || beginnings.some((text) => start.toString('latin1').startsWith(text));

/**
 * Opens the report files (each written next to its name, and renamed when it is whole) and standard output.
 * @throws UsageError when the folder cannot be written
 */
export async function openOutput(context: CliContext, options: OutputOptions): Promise<Output> {
  const look = { ...renderContext(context), ...options.look };
  const sinks = await openSinks(context, options, look);
  let worst: Severity | null = null;
  for (const sink of sinks) await sink.write(sink.rendering.begin(options.head));
  return {
    async subject(subject) {
      worst = worse(worst, subject);
      for (const sink of sinks) {
        const text = sink.rendering.subject(subject);
        // Of most formats a subject adds nothing: they are sums.
        if (text !== '') await sink.write(text);
      }
    },
    async finish(summary) {
      for (const sink of sinks)
        for (const piece of piecesOf(sink.rendering.end(summary))) await sink.write(piece);
      const written: string[] = [];
      for (const sink of sinks) {
        const file = await sink.close();
        if (file !== null) written.push(file);
      }
      const [report] = written;
      if (report !== undefined && options.quiet !== true) context.log.info({ report }, 'report written');
    },
    abandon: async () => {
      for (const sink of sinks) await sink.discard();
    },
    worst: () => worst,
  };
}

/** How reports look on this context's standard output. */
export function renderContext({ io }: CliContext): RenderContext {
  // What is piped is for `grep` and other programs: one line a finding.
  const columns = io.stdoutIsTerminal ? io.columns : Number.MAX_SAFE_INTEGER;
  return { color: io.color, columns, pathOf: (ref) => projectPath(ref) };
}

interface Sink {
  rendering: ReturnType<ReturnType<typeof reporterOf>['open']>;
  write(text: string): Promise<void> | void;
  /** The file that is there now; null: standard output. */
  close(): Promise<string | null>;
  discard(): Promise<void>;
}

async function openSinks(
  { io }: CliContext,
  { dir, leftBefore, format, quiet }: OutputOptions,
  look: RenderContext,
): Promise<Sink[]> {
  const sinks: Sink[] = [];
  for (const reporter of dir === null ? [] : filesOfRun) {
    const rendering = reporter.open({ ...look, color: false });
    const file = path.join(dir as string, reporter.file);
    const opened = await openForWriting(file, { from: '--output' }).catch(async (error: unknown) => {
      for (const sink of sinks) await sink.discard();
      throw error;
    });
    if (leftBefore !== undefined) await clearLeftovers(file, { isOurs: isBegun, before: leftBefore });
    const write = (text: string): Promise<void> | void =>
      text === '' ? undefined : opened.write(io.safe(text));
    sinks.push({ rendering, ...opened, write });
  }
  if (quiet !== true) {
    sinks.push({
      rendering: reporterOf(format).open(look),
      write: (text) => {
        if (text !== '') io.stdout(text);
      },
      close: () => Promise.resolve(null),
      discard: () => Promise.resolve(),
    });
  }
  return sinks;
}

const order: Severity[] = ['info', 'warning', 'error'];

function worse(worst: Severity | null, subject: SubjectReport): Severity | null {
  let rank = worst === null ? -1 : order.indexOf(worst);
  for (const { waived, severity } of subject.findings)
    if (waived === undefined) rank = Math.max(rank, order.indexOf(severity));
  return order[rank] ?? null;
}
