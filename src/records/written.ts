import type { Outcome } from '../model/action.ts';
import type { Place, Point } from '../model/document.ts';
import type { Finding, FindingSubject, SkippedRule, Waiver } from '../model/finding.ts';
import type { RecordMilestone, RecordUpdate, SubjectRecord } from '../model/record.ts';
import type { FixedPoint, GivenPing, OpenPoints, ReminderFacts } from '../model/reminder.ts';
import type { SubjectReport } from '../model/report.ts';
import type { KrKeys } from '../model/rule.ts';
import { isWhole } from './record.ts';

/*
 * What the schema makes of a subject, written out key by key, in the order of the schema: what we have made ourselves
 * need not be checked, and checking it is most of what writing a report would cost. A test holds that both give the
 * same bytes.
 */

/** Each key of a model's type; one that is absent is undefined here, and JSON leaves it out. */
type Written<T> = { [Key in keyof Required<T>]: T[Key] };

/** The same keys, of which some values are written out in turn. */
type Keys<T> = { [Key in keyof Required<T>]: unknown };

/** A subject as `report.json` has it. */
export const writtenSubject = (subject: SubjectReport): object =>
  ({
    kind: subject.kind,
    ref: subject.ref,
    projectId: subject.projectId,
    iid: subject.iid,
    url: subject.url,
    title: subject.title,
    confidential: subject.confidential,
    status: subject.status,
    findings: subject.findings.map(finding),
    actions: subject.actions.map(outcome),
    error: subject.error,
    comment: subject.comment,
    skippedRules: subject.skippedRules.map(skippedRule),
    restraint: subject.restraint,
    notReached: subject.notReached,
    state: subject.state,
    record: record(subject.record),
    order: subject.order,
    setKeys: subject.setKeys == null ? subject.setKeys : setKeys(subject.setKeys),
    reminder: subject.reminder == null ? subject.reminder : reminder(subject.reminder),
  }) satisfies Keys<SubjectReport>;

/** An edit is for the one who has the text at hand: it is not in the report. */
const finding = (found: Finding): object =>
  ({
    rule: found.rule,
    messageId: found.messageId,
    severity: found.severity,
    message: found.message,
    hint: found.hint,
    people: found.people,
    place: found.place === null ? null : place(found.place),
    subject: about(found.subject),
    url: found.url,
    fields: found.fields,
    noteId: found.noteId,
    waived: found.waived === undefined ? undefined : waiver(found.waived),
    since: found.since,
  }) satisfies Keys<Omit<Finding, 'edit' | 'unsafeEdit' | 'proposals'>>;

const place = ({ start, end }: Place): Written<Place> => ({ start: point(start), end: point(end) });

const point = ({ line, column, offset }: Point): Written<Point> => ({ line, column, offset });

const about = (subject: FindingSubject): object =>
  subject.part === 'milestone'
    ? { part: subject.part, index: subject.index, label: subject.label }
    : { part: subject.part, name: subject.name };

const waiver = ({ by, until, because, noteId }: Waiver): Written<Waiver> => ({ by, until, because, noteId });

const outcome = ({ type, outcome: kind, detail }: Outcome): Written<Outcome> => ({
  type,
  outcome: kind,
  detail,
});

const skippedRule = ({ rule, reason }: SkippedRule): Written<SkippedRule> => ({ rule, reason });

/** One without milestones is that of a confidential subject, which has its quarter alone. */
function record(known: SubjectReport['record']): object | null | undefined {
  if (known == null) return known;
  return isWhole(known) ? wholeRecord(known) : { quarter: known.quarter };
}

function wholeRecord(known: SubjectRecord): object {
  const { progress, status, nextPing } = known;
  return {
    quarter: known.quarter,
    number: known.number,
    reference: known.reference,
    statement: known.statement,
    objective: known.objective,
    okrUrl: known.okrUrl,
    dueDate: known.dueDate,
    assignees: known.assignees,
    milestones: known.milestones.map(milestone),
    progress: { claimed: progress.claimed, milestones: progress.milestones, expected: progress.expected },
    status: { claimed: status.claimed, week: status.week, noteId: status.noteId },
    updates: known.updates.map(update),
    timeline: known.timeline.map(timelineEntry),
    answers: known.answers.map(answer),
    nextPing: nextPing === null ? null : { on: nextPing.on, whom: nextPing.whom, because: nextPing.because },
    createdAt: known.createdAt,
  } satisfies Keys<SubjectRecord>;
}

const milestone = (known: RecordMilestone): Written<RecordMilestone> => ({
  label: known.label,
  description: known.description,
  dueDate: known.dueDate,
  dris: known.dris,
  state: known.state,
  overdue: known.overdue,
  doneOn: known.doneOn,
  line: known.line,
});

const update = (known: RecordUpdate): object =>
  ({
    kind: known.kind,
    noteId: known.noteId,
    url: known.url,
    author: known.author,
    createdAt: known.createdAt,
    edited: known.edited,
    week: known.week,
    status: known.status,
    percent: known.percent,
    saidThen:
      known.saidThen === undefined
        ? undefined
        : { status: known.saidThen.status, percent: known.saidThen.percent },
    findings: known.findings.map(finding),
  }) satisfies Keys<RecordUpdate>;

type Entry = SubjectRecord['timeline'][number];

const timelineEntry = ({ on, what, detail, source, from, to, by }: Entry): Written<Entry> => ({
  on,
  what,
  detail,
  source,
  from,
  to,
  by,
});

type KnownAnswer = SubjectRecord['answers'][number];

const answer = (known: KnownAnswer): Written<KnownAnswer> => ({
  command: known.command,
  by: known.by,
  until: known.until,
  because: known.because,
  noteId: known.noteId,
  inForce: known.inForce,
});

const setKeys = (known: KrKeys): Written<KrKeys> => ({
  ref: known.ref,
  confidential: known.confidential,
  fiscalYear: known.fiscalYear,
  quarter: known.quarter,
  number: known.number,
  reference: known.reference,
  okrUrl: known.okrUrl,
  people: known.people,
});

function reminder(facts: ReminderFacts): object {
  const { firstNudge, nudge } = facts;
  return {
    createdAt: facts.createdAt,
    firstNudge:
      firstNudge === null
        ? null
        : {
            mentions: firstNudge.mentions,
            errors: firstNudge.errors,
            open: firstNudge.open?.map(openPoints),
            reached: firstNudge.reached,
          },
    nudge: nudge === null ? null : { on: nudge.on, mentions: nudge.mentions, reached: nudge.reached },
    open: facts.open.map(openPoints),
    pings: facts.pings.map(ping),
    snoozedUntil: facts.snoozedUntil,
    seenOn: facts.seenOn,
    activeAt: facts.activeAt,
    knownBy: facts.knownBy,
    fixed: facts.fixed?.map(fixedPoint),
  } satisfies Keys<ReminderFacts>;
}

const openPoints = ({ people, since, points, errors }: OpenPoints): Written<OpenPoints> => ({
  people,
  since,
  points,
  errors,
});

const ping = ({ on, whom, others, escalation }: GivenPing): Written<GivenPing> => ({
  on,
  whom,
  others,
  escalation,
});

const fixedPoint = ({ rule, since, on }: FixedPoint): Written<FixedPoint> => ({ rule, since, on });
