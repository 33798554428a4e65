import pLimit from 'p-limit';
import type { SubjectReport } from '../../model/report.ts';
import { businessDays } from '../../remind/business-days.ts';
import { decideFirstNudges, type FirstNudgeSubject, type Wait } from '../../remind/first-nudges.ts';
import { awaitsDecision, notWritten, planned, waiting, waitWords, written } from './first-nudge.ts';
import { createHeld } from './held.ts';
import type { RunOptions } from './options.ts';
import type { IssueProcessor } from './process-issue.ts';

/** The end of a run: what is decided once all subjects are known. */
export interface Finish {
  /** Takes the report of a subject, in the order of the scan. */
  hold(subject: SubjectReport): Promise<void>;
  /** Decides, does what was decided, and hands out the reports in the same order. */
  release(report: (subject: SubjectReport) => Promise<void>): Promise<void>;
}

/**
 * Holds the reports of all subjects (on the shelf of the options, where a backlog may be large) and, in memory, what
 * deciding over them takes.
 * @param now ISO 8601 instant, the same for the whole run
 */
export function createFinish(options: RunOptions, processor: IssueProcessor, now: string): Finish {
  const { calendar, reminders, limits } = options.policy.settings;
  const days = businessDays({ timeZone: calendar.timeZone, holidays: reminders.holidays });
  const held = createHeld(options.shelf);
  const subjects: FirstNudgeSubject[] = [];
  /** By the position in the scan: the index of what is remembered. */
  const remembered = new Map<number, number>();
  let count = 0;
  return {
    async hold(subject) {
      const position = count;
      count += 1;
      const facts = subject.reminder ?? null;
      if (facts !== null) {
        const isOpen = facts.firstNudge === null || awaitsDecision(subject);
        remembered.set(position, subjects.length);
        subjects.push({
          projectId: subject.projectId ?? 0,
          iid: subject.iid ?? 0,
          facts: isOpen ? facts : { ...facts, firstNudge: null },
        });
      }
      await held.hold(subject);
    },
    async release(report) {
      const waits =
        options.shard == null
          ? decideFirstNudges(subjects, reminders.newComments, { now, calendar: days })
          : null;
      const decide = (subject: SubjectReport, position: number): Promise<SubjectReport> => {
        const index = remembered.get(position);
        if (index === undefined || !awaitsDecision(subject)) return Promise.resolve(subject);
        const wait: Wait | 'shard' | undefined = waits === null ? 'shard' : waits.get(index);
        return wait === undefined
          ? writeFirstNudge(options, processor, subject)
          : Promise.resolve(waiting(subject, waitWords(wait, reminders.newComments)));
      };
      const limit = pLimit(limits.concurrency);
      const pending: Promise<SubjectReport>[] = [];
      let position = 0;
      for await (const subject of held.release()) {
        const at = position;
        position += 1;
        pending.push(limit(() => decide(subject, at)));
        if (pending.length >= limits.concurrency * 4)
          await report(await (pending.shift() as Promise<SubjectReport>));
      }
      for (const last of pending) await report(await last);
    },
  };
}

async function writeFirstNudge(
  { writer }: RunOptions,
  processor: IssueProcessor,
  subject: SubjectReport,
): Promise<SubjectReport> {
  const fatal = processor.fatal();
  if (fatal !== null) return notWritten(subject, fatal.message);
  if (writer === null) return planned(subject);
  try {
    return written(subject, await processor.again(subject));
  } catch (error) {
    return notWritten(subject, error instanceof Error ? error.message : String(error));
  }
}
