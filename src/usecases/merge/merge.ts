import { checkSets } from '../../assess/check-sets.ts';
import type { ByteLog } from '../../model/byte-log.ts';
import { GatewayError } from '../../model/errors.ts';
import type { IssueReader, IssueSource, IssueWriter, RequestCounts } from '../../model/ports.ts';
import type { AsyncDocumentReader } from '../../model/reader.ts';
import { renamed } from '../../model/reminder.ts';
import type { RunSummary, SourceFailure, SubjectReport } from '../../model/report.ts';
import type { Policy } from '../../model/rule.ts';
import { kept } from '../../model/sequence.ts';
import { reportCalendar } from '../run/calendar.ts';
import { createFinish } from '../run/finish.ts';
import type { Held } from '../run/held.ts';
import { createKeyList } from '../run/key-list.ts';
import { createNotReachedTally } from '../run/not-reached.ts';
import type { RunOptions } from '../run/options.ts';
import { createIssueProcessor, type IssueProcessor } from '../run/process-issue.ts';
import { unsealedKeys } from '../run/sealed-keys.ts';
import { createSkippedTally } from '../run/skipped-rules.ts';
import { addToTotals, emptyTotals } from '../run/totals.ts';
import type { Pile, ShardReport } from './pile.ts';
import type { Shards } from './shards.ts';

export interface MergeOptions {
  shards: Shards;
  /** Holds the subjects of the shards. */
  pile: Pile;
  policy: Policy;
  documents: AsyncDocumentReader;
  /** What writes, and what it reads before it does; null: nothing is sent. */
  gitlab: {
    reader: IssueReader;
    writer: IssueWriter;
    requests: () => RequestCounts;
    /** Where the shards looked, as far as it is known. */
    sources: readonly IssueSource[];
  } | null;
  settle?: () => Promise<void>;
  /** See `RunOptions`. */
  log?: () => ByteLog;
  onSubject: (subject: SubjectReport) => void | Promise<void>;
  onFailure?: (failure: SourceFailure) => void;
}

/**
 * Puts the reports of shards together as if one run had looked at everything, and decides what needs all subjects: set
 * rules, first comments, reminders, totals. While anything is missing no one is reminded, for it is not known who was.
 */
export async function mergeShards(options: MergeOptions): Promise<RunSummary> {
  const { shards, pile, policy, gitlab } = options;
  const { reports, incomplete } = shards;
  const [first] = reports as [ShardReport, ...ShardReport[]];
  const now = first.generatedAt;
  const failures = unique(reports.flatMap((report) => report.failures));
  const fail = (failure: SourceFailure): void => {
    failures.push(failure);
    options.onFailure?.(failure);
  };
  const runOptions = runOptionsOf(options, now);
  const processor = gitlab === null ? noProcessor : createIssueProcessor(runOptions, now, fail);
  const finish = createFinish(runOptions, processor, { now, fail, held: heldOn(pile, reports) });
  const keys = createKeyList(options.log?.());
  for await (const { order: _, setKeys, ...subject } of pile.inOrder(reports)) {
    if (setKeys !== undefined) {
      const place = keys.place();
      if (setKeys !== null) keys.keep(place, setKeys);
    }
    await finish.hold(subject);
  }
  const isWhole = incomplete.length === 0 && failures.length === 0;
  const totals = emptyTotals();
  const skipped = createSkippedTally();
  const unreached = createNotReachedTally();
  const pings = await finish.release(async (subject) => {
    addToTotals(totals, subject);
    skipped.add(subject);
    unreached.add(subject);
    await options.onSubject(withoutKeys(subject));
  }, isWhole);
  const fatal = processor.fatal();
  if (fatal !== null) fail({ source: 'merge', message: fatal.message });
  const sets = checkSets(
    policy,
    unsealedKeys(keys.inOrder()),
    isWhole && fatal === null ? 'whole' : 'partial',
  );
  const setFindings = kept(sets.findings, options.log);
  keys.close();
  return {
    mode: gitlab === null ? first.mode : 'apply',
    generatedAt: now,
    totals,
    failures,
    warnings: [
      ...new Set([
        ...reports.flatMap(({ ownWarnings }) => ownWarnings),
        ...skipped.warnings(),
        ...unreached.warnings(),
        ...sets.warnings,
      ]),
    ],
    setFindings,
    requests: sumOf([
      ...reports.map(({ requests }) => requests),
      ...(gitlab === null ? [] : [gitlab.requests()]),
    ]),
    ...(first.policy === undefined ? {} : { policy: first.policy }),
    calendar: reportCalendar(policy.settings),
    pings,
    shard: null,
    incomplete,
  };
}

/** Nothing is read or written, so nothing can be looked at again. */
const noProcessor: IssueProcessor = {
  process: () => Promise.resolve(null),
  again: () => Promise.reject(new GatewayError('unreachable', 'a merge without --apply sends nothing')),
  look: () => Promise.resolve(null),
  worded: (subject) => Promise.resolve(subject),
  fatal: () => null,
  warnings: () => [],
};

function runOptionsOf(options: MergeOptions, now: string): RunOptions {
  const { policy, documents, gitlab, settle, log } = options;
  return {
    sources: gitlab?.sources ?? [],
    policy,
    documents,
    // Without GitLab the processor that would read is not there.
    reader: gitlab?.reader as IssueReader,
    writer: gitlab?.writer ?? null,
    offline: gitlab === null,
    clock: () => now,
    requests: () => gitlab?.requests() ?? { total: 0, retried: 0, throttled: 0 },
    onSubject: options.onSubject,
    ...(settle === undefined ? {} : { settle }),
    ...(log === undefined ? {} : { log }),
  };
}

/** Keys of people are for the merge alone: it publishes no more of a confidential KR than a run that was not sharded. */
function withoutKeys(subject: SubjectReport): SubjectReport {
  if (!subject.confidential || subject.reminder == null) return subject;
  return { ...subject, reminder: renamed(subject.reminder, () => []) };
}

/** The subjects of shards are held already: they are read from the pile once more. */
function heldOn(pile: Pile, reports: readonly ShardReport[]): Held {
  return {
    hold: () => Promise.resolve(),
    again: () => undefined,
    async *release() {
      for await (const { order: _, setKeys: _keys, ...subject } of pile.inOrder(reports)) yield subject;
    },
  };
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

function sumOf(counts: readonly RequestCounts[]): RequestCounts {
  return counts.reduce((sum, { total, retried, throttled }) => ({
    total: sum.total + total,
    retried: sum.retried + retried,
    throttled: sum.throttled + throttled,
  }));
}
