import { checkSets } from '../../assess/check-sets.ts';
import { mainKind } from '../../model/document.ts';
import { GatewayError } from '../../model/errors.ts';
import type { RunSummary, SourceFailure, SubjectReport } from '../../model/report.ts';
import type { KrKeys } from '../../model/rule.ts';
import { kept } from '../../model/sequence.ts';
import { type LookForLeft, scan } from '../../scan/scan.ts';
import { isOfShard } from '../../scan/shard.ts';
import { createInOrder } from '../in-order.ts';
import { reportCalendar } from './calendar.ts';
import { createFinish, type Finish } from './finish.ts';
import { createStopTally, inTurn } from './in-turn.ts';
import { createKeyList, type KeyList } from './key-list.ts';
import { createNotReachedTally } from './not-reached.ts';
import type { RunOptions } from './options.ts';
import { createIssueProcessor, type IssueProcessor } from './process-issue.ts';
import { sealedKeys } from './sealed-keys.ts';
import { createSkippedTally } from './skipped-rules.ts';
import { addToTotals, emptyTotals } from './totals.ts';

/**
 * The whole pipeline: scan, parse, evaluate, plan, apply; then, over all subjects, set rules and first comments; the
 * caller reports. A bounded number of issues is in the works at a time, and their reports wait on a shelf, so memory
 * does not grow with the backlog (what is decided over all of them keeps keys).
 * @throws GatewayError when it is fatal and no issue was begun yet, so that nothing was changed: wrong token
 */
export async function run(options: RunOptions): Promise<RunSummary> {
  const totals = emptyTotals();
  const tallies = [createSkippedTally(), createNotReachedTally()];
  const failures: SourceFailure[] = [];
  const keys = createKeyList(options.log?.());
  const now = options.clock();
  const fail = (failure: SourceFailure): void => {
    failures.push(failure);
    options.onFailure?.(failure);
  };
  const processor = createIssueProcessor(options, now, fail);
  const finish = createFinish(options, processor, { now, fail });
  const looked = await lookAtAll(options, { processor, finish, keys, now, fail });
  const { unread } = looked;
  let { fatal } = looked;
  const isWhole = !unread && fatal === null;
  const pings = await finish.release(async (subject) => {
    addToTotals(totals, subject);
    for (const tally of tallies) tally.add(subject);
    await options.onSubject(subject);
  }, isWhole);
  fatal = processor.fatal() ?? fatal;
  if (fatal !== null) {
    if (totals.subjects === 0) throw fatal;
    fail({ source: 'run', message: fatal.message });
  }
  const reading = options.oneIssue === true ? 'one-issue' : unread || fatal !== null ? 'partial' : 'whole';
  // What rests on all KRs is decided where all are known: in the merge of the shards.
  const sets =
    options.shard == null
      ? checkSets(options.policy, keys.inOrder(), reading)
      : { findings: [], warnings: [] };
  const setFindings = kept(sets.findings, options.log);
  keys.close();
  return {
    mode: options.writer === null ? 'dry-run' : 'apply',
    generatedAt: now,
    totals,
    failures,
    warnings: [...options.policy.warnings, ...[...tallies, sets, processor, looked].flatMap(warningsOf)],
    setFindings,
    requests: options.requests(),
    policy: options.policy.hash,
    calendar: reportCalendar(options.policy.settings),
    pings,
    shard: options.shard ?? null,
  };
}

interface Parts {
  processor: IssueProcessor;
  finish: Finish;
  keys: KeyList;
  now: string;
  fail: (failure: SourceFailure) => void;
}

/** Looks at one issue after the other and leaves what it found to the finish. */
async function lookAtAll(
  options: RunOptions,
  { processor, finish, keys, now, fail }: Parts,
): Promise<{ unread: boolean; fatal: GatewayError | null; warnings: string[] }> {
  const before = options.oneIssue === true ? null : (options.memory?.stopped() ?? null);
  const stop = createStopTally(before);
  let unread = false;
  const inOrder = createInOrder<SubjectReport | null>(
    options.policy.settings.limits.concurrency,
    async (subject) => {
      if (subject === null) return;
      options.onProgress?.(subject);
      await finish.hold(subject);
    },
  );
  let fatal: GatewayError | null = null;
  let notLookedFor: number | null = null;
  try {
    const scanOnce = (): ReturnType<typeof scan> =>
      scan(
        options.sources,
        options.policy,
        options.reader,
        now,
        leftIn(options, (listed) => void (notLookedFor = listed)),
      );
    for await (const turn of inTurn(scanOnce, before)) {
      if (processor.fatal() !== null) break;
      if ('failure' in turn) {
        unread = true;
        fail(turn.failure);
        continue;
      }
      if ('again' in turn) {
        await inOrder.end();
        finish.again();
        keys.again();
        continue;
      }
      // The order is the same in all shards, as the issues of the others are met too.
      const { scanned, order } = turn;
      if (options.shard != null && !isOfShard(scanned.issue, options.shard)) continue;
      // Rules over all KRs are about those that are open.
      const place = scanned.kind === mainKind && !scanned.historical ? keys.place() : null;
      const remember = (found: KrKeys): void => (place === null ? undefined : keys.keep(place, found));
      const nth = stop.next(turn);
      await inOrder.begin(async () => {
        const subject = await processor.process(scanned, remember);
        if (processor.fatal() !== null && subject?.status === 'error') stop.missed(nth);
        if (subject === null || options.shard == null) return subject;
        return { ...subject, order, ...(place === null ? {} : { setKeys: sealedKeys(keys.at(place)) }) };
      });
    }
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    fatal = error;
  }
  await inOrder.end();
  fatal = processor.fatal() ?? fatal;
  if (options.oneIssue !== true) options.memory?.keepStopped(fatal === null ? null : stop.stopped());
  return { unread, fatal, warnings: notLookedFor === null ? [] : [lookedForInVain(notLookedFor)] };
}

/** A dry run leaves out what a run that writes would look for in vain, as far as one can tell, and says so. */
const leftIn = ({ writer }: RunOptions, notLookedFor: (listed: number) => void): LookForLeft =>
  writer === null ? { notLookedFor } : 'always';

const lookedForInVain = (listed: number): string =>
  `None of the ${listed} issues listed carries a label of ours, so issues that lost the label of the selection were not looked for: a run with --apply looks for them, and clears what was set on them.`;

/** What the parts of a run have to say at its end. */
function warningsOf({ warnings }: { warnings: string[] | (() => string[]) }): string[] {
  return typeof warnings === 'function' ? warnings() : warnings;
}
