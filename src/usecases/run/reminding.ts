import type { Outcome } from '../../model/action.ts';
import { messageOf } from '../../model/errors.ts';
import type { Ping } from '../../model/record.ts';
import type { GivenPing } from '../../model/reminder.ts';
import { subjectKey } from '../../model/reminder.ts';
import type { Sequence } from '../../model/sequence.ts';
import { CONFIDENTIAL } from '../../records/redact.ts';
import type { RemindedSubject } from '../../remind/due.ts';
import type { Step } from '../../remind/ladder.ts';
import type { PingQueue, PlannedPing } from '../../remind/pings.ts';
import { type Audience, nameable } from './audience.ts';
import type { IssueProcessor } from './process-issue.ts';
import type { RemindedRef } from './remind-issue.ts';

/** A subject that takes part in reminding, and how it is named. */
export interface Remindable extends RemindedSubject, Pick<RemindedRef, 'kind' | 'status'> {
  ref: string;
  url: string;
}

/** What was posted on one subject, or would be. */
export interface Posted {
  given: GivenPing;
  outcomes: Outcome[];
}

export interface Reminding {
  rows: Ping[];
  /** By the index of the subject. */
  posted: Map<number, Posted>;
}

interface RemindingOptions {
  processor: Pick<IssueProcessor, 'look' | 'fatal'>;
  mode: 'plan' | 'look' | 'apply';
  /** `YYYY-MM-DD` */
  today: string;
  audience: Audience;
}

/**
 * Posts what is due, one after the other: each subject is read again in the last second, and what is learned there
 * (a fix, an answer, a reaction) may let another one take its turn.
 */
export async function remindAll(
  subjects: Sequence<Remindable>,
  queue: PingQueue,
  { processor, mode, today, audience }: RemindingOptions,
): Promise<Reminding> {
  const rows: Ping[] = [];
  const posted = new Map<number, Posted>();
  const looks = new Map<number, Awaited<ReturnType<IssueProcessor['look']>>>();
  for (let planned = queue.next(); planned !== null && processor.fatal() === null; planned = queue.next()) {
    const { index } = planned;
    const subject = subjects.at(index) as Remindable;
    if (mode !== 'plan' && !looks.has(index)) {
      const looked = await processor.look(subject).catch((error: unknown) => {
        rows.push(rowOf(subject, orderOf(planned, subjects, today), 'failed', messageOf(error)));
        return null;
      });
      if (looked?.facts == null) queue.drop(index);
      else queue.update(index, looked.facts);
      looks.set(index, looked);
      continue;
    }
    const ping = await withNameable(planned, { subjects, audience });
    const order = orderOf(ping, subjects, today);
    const outcomes = (await looks.get(index)?.post(order)) ?? asPlanned(subject);
    queue.accept(ping);
    const failed = outcomes.find(({ type, outcome }) => type === 'create-ping' && outcome === 'failed');
    const isApplied = mode === 'apply' ? ('applied' as const) : ('planned' as const);
    rows.push(rowOf(subject, order, failed === undefined ? isApplied : 'failed', failed?.detail));
    posted.set(index, { given: order.given, outcomes });
  }
  for (const { index, whom, on, why, step } of queue.waiting()) {
    const subject = subjects.at(index) as Remindable;
    const reason =
      why === 'run'
        ? 'this run reminds no more people'
        : 'who is asked was reminded of another one this week';
    rows.push(
      published(subject, {
        ref: subject.ref,
        whom,
        on,
        because: `${wordsOf(step)}; ${reason}`,
        outcome: 'waiting',
      }),
    );
  }
  return { rows, posted };
}

/** With those of the other subjects that may be named there. */
async function withNameable(
  ping: PlannedPing,
  { subjects, audience }: { subjects: Sequence<Remindable>; audience: Audience },
): Promise<PlannedPing> {
  const where = (subjects.at(ping.index) as Remindable).projectId;
  const others = new Map<string, number[]>();
  for (const [name, indices] of ping.others)
    others.set(name, await nameable(indices, { where, subjects, audience }));
  return { ...ping, others };
}

/** Without a look nothing but the comment and what is remembered of it can be foreseen. */
function asPlanned({ facts }: Remindable): Outcome[] {
  const outcome = 'planned' as const;
  return [
    { type: 'create-ping', outcome, detail: 'remind those who can act' },
    { type: 'update-note', outcome, detail: 'remember in our comment what was done' },
    ...(facts.pings.length === 0
      ? []
      : [{ type: 'delete-note' as const, outcome, detail: 'remove the reminder before this one' }]),
  ];
}

function orderOf(
  { whom, step, others }: PlannedPing,
  subjects: Sequence<Remindable>,
  today: string,
): {
  given: GivenPing;
  step: Step | null;
  others: { person: string; issues: { ref: string; url: string }[] }[];
} {
  const listed = [...others].filter(([, indices]) => indices.length > 0);
  const keys = new Set(
    listed.flatMap(([, indices]) => indices.map((index) => subjectKey(subjects.at(index) as Remindable))),
  );
  return {
    given: { on: today, whom, others: [...keys], ...(step === null ? { escalation: true } : {}) },
    step,
    others: listed.map(([person, indices]) => ({
      person,
      issues: indices.map((index) => {
        const { ref, url } = subjects.at(index) as Remindable;
        return { ref, url };
      }),
    })),
  };
}

function rowOf(
  subject: Remindable,
  { given, step }: { given: GivenPing; step: Step | null },
  outcome: Ping['outcome'],
  failure?: string,
): Ping {
  const because = failure === undefined ? wordsOf(step) : `${wordsOf(step)}; ${failure}`;
  return published(subject, { ref: subject.ref, whom: given.whom, on: given.on, because, outcome });
}

/** Whom a confidential issue concerns is not for everyone. */
export function published<T extends Pick<Ping, 'whom' | 'because'>>(
  { confidential }: Pick<Remindable, 'confidential'>,
  ping: T,
): T {
  return confidential ? { ...ping, whom: [], because: CONFIDENTIAL } : ping;
}

/** Why someone is reminded, in words. */
export function wordsOf(step: Step | null): string {
  if (step === null) return 'reminders did not help';
  const points = step.points === 1 ? 'one point is open' : `${step.points} points are open`;
  return `reminder ${step.nth} of ${step.of}: ${points} since ${step.since}`;
}
