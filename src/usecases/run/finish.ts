import { GatewayError, messageOf } from '../../model/errors.ts';
import { createNumberList } from '../../model/number-list.ts';
import type { Ping } from '../../model/record.ts';
import { onceTold } from '../../model/reminder.ts';
import type { SourceFailure, SubjectReport } from '../../model/report.ts';
import { rotated, type Sequence } from '../../model/sequence.ts';
import { withOthers } from '../../plan/comment/others.ts';
import { stateLimits } from '../../plan/limits.ts';
import type { Others } from '../../plan/marker.ts';
import { type BusinessDays, businessDays } from '../../remind/business-days.ts';
import type { RemindedSubject } from '../../remind/due.ts';
import { createOthers, decideFirstNudges } from '../../remind/first-nudges.ts';
import { createPingQueue, type PingQueue } from '../../remind/pings.ts';
import { createInOrder } from '../in-order.ts';
import { createAudience, firstNameable } from './audience.ts';
import { saidElsewhere } from './elsewhere.ts';
import {
  awaitsDecision,
  notWritten,
  planned,
  type UndecidedReport,
  waiting,
  waitWords,
  written,
} from './first-nudge.ts';
import { createHeld, type Held } from './held.ts';
import type { RunOptions } from './options.ts';
import type { IssueProcessor } from './process-issue.ts';
import { createRemindables } from './remindables.ts';
import { type Posted, published, type Remindable, remindAll, wordsOf } from './reminding.ts';

/** The end of a run: what is decided once all subjects are known. */
export interface Finish {
  /** Takes the report of a subject, in the order of the scan. */
  hold(subject: SubjectReport): Promise<void>;
  /** What is held from now on comes, in the order of the scan, before all that was held so far. */
  again(): void;
  /**
   * Decides, does what was decided, and hands out the reports in the same order.
   * @param isWhole everything was read; otherwise no one is reminded, for it is not known who was
   * @returns what was posted besides first comments, or waits
   */
  release(report: (subject: SubjectReport) => Promise<void>, isWhole: boolean): Promise<Ping[]>;
}

interface FinishInput {
  /** ISO 8601 instant, the same for the whole run. */
  now: string;
  fail: (failure: SourceFailure) => void;
  /** Where the reports are held; left out: on the shelf of the options. */
  held?: Held;
}

/**
 * Holds the reports of all subjects (on the shelf of the options, where a backlog may be large) and, in memory, what
 * deciding over them takes.
 */
export function createFinish(
  options: RunOptions,
  processor: IssueProcessor,
  { now, fail, held = createHeld(options.shelf) }: FinishInput,
): Finish {
  const { calendar, reminders, limits } = options.policy.settings;
  const days = businessDays({ timeZone: calendar.timeZone, holidays: reminders.holidays });
  const today = days.dayOf(now);
  const kept = createRemindables(options.log?.());
  /** By the position among the held: the index of what is remembered; -1: nothing. */
  const remembered = createNumberList();
  /** Which come first in the order of the scan. */
  let start = { held: 0, kept: 0 };
  return {
    async hold(subject) {
      remembered.push(subject.reminder == null ? -1 : kept.length);
      if (subject.reminder != null) kept.push(remindable(subject, today));
      await held.hold(subject);
    },
    again() {
      start = { held: remembered.length, kept: kept.length };
      held.again();
    },
    async release(report, isWhole) {
      const subjects = rotated(kept, start.kept);
      const places = rotated(remembered, start.held);
      const indexAt = (position: number): number => {
        const place = places.at(position) ?? -1;
        return place < 0 ? -1 : (place - start.kept + kept.length) % kept.length;
      };
      const isShard = options.shard != null;
      const { elsewhere, queue } = await knownOver(options, subjects, { now, days, isWhole, fail });
      const waits = isShard
        ? null
        : decideFirstNudges(subjects, reminders.newComments, { now, calendar: days, elsewhere });
      const audience = createAudience(modeOf(options) === 'plan' ? null : options.reader, options.sources);
      const mayRemind = elsewhere !== null && mayRemindIn(options, isWhole);
      const reminding = mayRemind
        ? await remindAll(subjects, queue, {
            processor,
            mode: modeOf(options),
            today,
            audience,
          })
        : { rows: [], posted: new Map<number, Posted>() };
      const { of: othersOf, projectOf } = createOthers(subjects);
      const decide = async (subject: UndecidedReport, position: number): Promise<SubjectReport> => {
        const index = indexAt(position);
        if (index < 0) return subject;
        const told = withPing(subject, reminding.posted.get(index), modeOf(options));
        if (isShard) return awaitsDecision(subject) ? subject : told;
        if (!awaitsDecision(subject)) return withOutlook(told, queue, index);
        const wait = waits?.get(index);
        if (wait !== undefined)
          return withOutlook(waiting(told, waitWords(wait, reminders.newComments)), queue, index);
        const where = subjects.at(index)?.projectId ?? 0;
        const named = { [Symbol.iterator]: () => othersOf(index)[Symbol.iterator]() };
        const others = await firstNameable(named, stateLimits.others, { where, projectOf, audience });
        const done = await writeFirstNudge(options, processor, told, namedIn(others, subjects));
        const facts = subjects.at(index)?.facts;
        if (facts !== undefined && isTold(done)) queue.update(index, onceTold(facts, today));
        return withOutlook(done, queue, index);
      };
      const inOrder = createInOrder(limits.concurrency, report);
      let position = 0;
      for await (const subject of held.release()) {
        const at = position;
        position += 1;
        await inOrder.begin(() => decide(subject, at));
      }
      await inOrder.end();
      kept.close();
      return reminding.rows;
    },
  };
}

const mayRemindIn = ({ shard, oneIssue }: RunOptions, isWhole: boolean): boolean =>
  shard == null && isWhole && oneIssue !== true;

interface Whole {
  now: string;
  days: BusinessDays;
  isWhole: boolean;
  fail: FinishInput['fail'];
}

/** Who may be reminded of what, and what counts besides the subjects; null: that could not be read. */
async function knownOver(
  options: RunOptions,
  subjects: Sequence<Remindable>,
  whole: Whole,
): Promise<{ queue: PingQueue; elsewhere: RemindedSubject[] | null }> {
  const { now, days } = whole;
  const settings = { policy: options.policy.settings.reminders, now, days };
  const alone = createPingQueue(subjects, settings);
  const elsewhere = await whatElse(options, subjects, alone, whole);
  const isMore = elsewhere !== null && elsewhere.length > 0;
  return { queue: isMore ? createPingQueue(subjects, { ...settings, elsewhere }) : alone, elsewhere };
}

/**
 * What counts besides the subjects, where someone is to be told something in this run; null: it could not be read.
 * @param queue what the subjects alone say
 */
async function whatElse(
  options: RunOptions,
  subjects: Sequence<Remindable>,
  queue: PingQueue,
  { isWhole, fail, ...when }: Whole,
): Promise<RemindedSubject[] | null> {
  const { reminders } = options.policy.settings;
  const isNoOneTold = (): boolean =>
    (!mayRemindIn(options, isWhole) || queue.next() === null) &&
    (reminders.newComments.perPersonPerWeek === null || !awaitsAny(subjects));
  // Where the bot was nowhere yet, it was nowhere else either.
  const isNothing = modeOf(options) === 'plan' || options.shard != null || options.oneIssue === true;
  if (isNothing || queue.isNew || isNoOneTold()) return [];
  try {
    return await saidElsewhere(options, subjects, when);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    const message = `what was written this week on issues that left could not be read, so no one is reminded, and first comments wait: ${error.message}`;
    fail({ source: 'reminders', message });
    return null;
  }
}

function awaitsAny(subjects: Sequence<Remindable>): boolean {
  for (const { facts } of subjects) if (facts.firstNudge !== null) return true;
  return false;
}

function modeOf({ writer, offline }: RunOptions): 'plan' | 'look' | 'apply' {
  if (writer !== null) return 'apply';
  return offline === true ? 'plan' : 'look';
}

/** A first comment that was written at once, because nothing bounds them, has told by now. */
function remindable(subject: SubjectReport, today: string): Remindable {
  const { projectId, iid, kind, status, ref, url, confidential, reminder } = subject;
  const facts = reminder as NonNullable<typeof reminder>;
  const told = isTold(subject) ? onceTold(facts, today) : { ...facts, firstNudge: null };
  return {
    projectId: projectId ?? 0,
    iid: iid ?? 0,
    kind,
    status,
    ref,
    url: url ?? '',
    confidential,
    facts: facts.firstNudge === null || awaitsDecision(subject) ? facts : told,
  };
}

const isTold = ({ actions }: SubjectReport): boolean =>
  actions.some(
    ({ type, outcome }) => type === 'create-note' && (outcome === 'applied' || outcome === 'planned'),
  );

/** Those that a first comment names, and how many more there are. */
function namedIn(
  { first, count }: { first: readonly number[]; count: number },
  subjects: Sequence<Remindable>,
): Others {
  const refs = first.flatMap((index) => subjects.at(index)?.ref ?? []);
  return { refs, more: count - refs.length };
}

/** The report of a subject on which someone was reminded. */
function withPing(
  subject: UndecidedReport,
  posted: Posted | undefined,
  mode: 'plan' | 'look' | 'apply',
): UndecidedReport {
  if (posted === undefined) return subject;
  const { given, outcomes } = posted;
  const failed = outcomes.find(({ outcome }) => outcome === 'failed');
  const { reminder } = subject;
  const isGiven = mode === 'apply' && outcomes.some(({ outcome }) => outcome === 'applied');
  return {
    ...subject,
    actions: [...subject.actions, ...outcomes],
    ...(failed === undefined ? {} : { status: 'error', error: failed.detail }),
    ...(isGiven && reminder != null ? { reminder: { ...reminder, pings: [...reminder.pings, given] } } : {}),
  };
}

/** The report with what comes next. */
function withOutlook(subject: SubjectReport, queue: PingQueue, index: number): SubjectReport {
  const { record } = subject;
  if (record == null || !('nextPing' in record)) return subject;
  const next = queue.outlook(index);
  const nextPing =
    next === null ? null : published(subject, { on: next.on, whom: next.whom, because: wordsOf(next.step) });
  return { ...subject, record: { ...record, nextPing } };
}

async function writeFirstNudge(
  { writer, policy: { settings } }: RunOptions,
  processor: IssueProcessor,
  subject: UndecidedReport,
  others: Others,
): Promise<SubjectReport> {
  const fatal = processor.fatal();
  if (fatal !== null) return notWritten(await processor.worded(subject), fatal.message);
  if (writer === null) {
    const whole = await processor.worded(subject);
    const { ref, url, comment } = whole;
    const known = {
      issue: { ref, url: url ?? '' },
      phrases: settings.comment.phrases,
      policyId: settings.id,
    };
    return planned({ ...whole, comment: comment === null ? null : withOthers(comment, others, known) });
  }
  try {
    return written(subject, await processor.again(subject, others));
  } catch (error) {
    return notWritten(await processor.worded(subject), messageOf(error));
  }
}
