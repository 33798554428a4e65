import { type QuarterRange, quarterName } from '../model/calendar.ts';
import { addDays, workdaysBetween } from '../model/days.ts';
import { asKr, type KrHygieneDocument, type KrMilestone } from '../model/document.ts';
import type { Finding } from '../model/finding.ts';
import type { Issue } from '../model/issue.ts';
import {
  type ConfidentialRecord,
  percentDone,
  type RecordMilestone,
  type SubjectRecord,
} from '../model/record.ts';
import type { RuleContext } from '../model/rule.ts';
import type { Timeline } from '../model/timeline.ts';
import { newestClaim } from '../model/updates.ts';
import { memo } from '../text/memo.ts';

export interface RecordInput {
  issue: Issue;
  document: KrHygieneDocument;
  context: Pick<RuleContext, 'today' | 'quarter'>;
  /** Absent: the past is not known. */
  timeline: Timeline | undefined;
  /** Findings with a `noteId` go to the update they are about. */
  findings: readonly Finding[];
}

/** What a run knows of one subject in the end; of a confidential one its quarter alone. */
export function subjectRecord(input: RecordInput): SubjectRecord | ConfidentialRecord {
  const { issue, document, context, timeline, findings } = input;
  const quarter = context.quarter === null ? null : quarterName(context.quarter);
  if (issue.confidential) return { quarter };
  const kr = asKr(document);
  const objective = 'objective' in document ? document.objective : null;
  const milestones = (kr?.milestones ?? []).map((milestone, index) =>
    recordMilestone(milestone, index, { today: context.today, timeline }),
  );
  const claim = timeline === undefined ? null : newestClaim(timeline);
  return {
    quarter,
    number: kr?.title.number ?? null,
    reference: kr?.title.reference ?? null,
    statement: kr?.title.statement ?? null,
    objective: objective !== null && objective.problem === null ? objective.text : null,
    okrUrl: kr?.okrLink?.url ?? null,
    dueDate: issue.dueDate,
    assignees: issue.assignees.map(({ username }) => username),
    milestones,
    progress: {
      claimed: claim?.percent ?? null,
      milestones: percentDone(milestones),
      expected: context.quarter === null ? null : expectedPercent(context.quarter, context.today),
    },
    status: { claimed: claim?.status ?? null, week: claim?.week ?? null, noteId: claim?.noteId ?? null },
    updates: recordUpdates(timeline, findings),
    timeline: (timeline?.entries ?? []).map(({ on, what, detail, source, from, to, by }) => ({
      on,
      what,
      detail,
      source,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      by,
    })),
    answers: recordAnswers(timeline),
    nextPing: null,
    createdAt: issue.createdAt,
  };
}

function recordUpdates(
  timeline: Timeline | undefined,
  findings: readonly Finding[],
): SubjectRecord['updates'] {
  return (timeline?.updates ?? []).map(
    ({ kind, noteId, url, author, createdAt, edited, week, status, percent, saidThen }) => ({
      kind,
      noteId,
      url,
      author,
      createdAt,
      edited,
      week,
      status,
      percent,
      ...(saidThen === null ? {} : { saidThen }),
      findings: findings.filter((finding) => finding.noteId === noteId),
    }),
  );
}

/** Strangers get silence, and what was not understood is not an answer. */
function recordAnswers(timeline: Timeline | undefined): SubjectRecord['answers'] {
  return (timeline?.answers ?? [])
    .filter(({ refused }) => refused === null)
    .map(({ command, by, until, because, noteId, inForce }) => ({
      command,
      by,
      until,
      because,
      noteId,
      inForce,
    }));
}

function recordMilestone(
  { label, description, dueDate, dris, state, place }: KrMilestone,
  index: number,
  { today, timeline }: { today: string; timeline: Timeline | undefined },
): RecordMilestone {
  const isOverdue = state === 'open' && dueDate.date !== null && dueDate.date < today;
  return {
    label,
    description,
    dueDate: dueDate.date,
    dris,
    state,
    overdue: isOverdue,
    doneOn: state === 'done' ? doneOn(timeline, index) : null,
    line: place.start.line,
  };
}

/** The day of the last tick; null when the box was ticked in a way that GitLab left no note of. */
function doneOn(timeline: Timeline | undefined, index: number): string | null {
  const ticks = (timeline?.entries ?? []).filter(({ milestone }) => milestone === index);
  const last = ticks.at(-1);
  return last?.what === 'milestone-done' ? last.on : null;
}

/** The share of the quarter's business days (Monday to Friday) that have passed: today has not. */
export function expectedPercent({ start, end }: QuarterRange, today: string): number {
  return shareOfDays(`${start} ${end} ${today}`);
}

/** The same for all KRs of a quarter. */
const shareOfDays = memo((days) => {
  const [start = '', end = '', today = ''] = days.split(' ');
  const all = workdaysBetween(start, addDays(end, 1));
  const passed = today <= start ? 0 : workdaysBetween(start, today > end ? addDays(end, 1) : today);
  return all === 0 ? 100 : Math.round((100 * passed) / all);
});
