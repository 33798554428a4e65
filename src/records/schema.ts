import { z } from 'zod';
import type { Outcome } from '../model/action.ts';
import { dayAt } from '../model/calendar.ts';
import type { DocumentKind } from '../model/document.ts';
import type { Finding, SetFinding, SkippedRule } from '../model/finding.ts';
import type { RequestCounts } from '../model/ports.ts';
import type { Ping } from '../model/record.ts';
import type { ReminderFacts } from '../model/reminder.ts';
import type {
  DigestReport,
  ReportHead,
  RunSummary,
  SourceFailure,
  SubjectReport,
  Totals,
} from '../model/report.ts';
import type { KrKeys } from '../model/rule.ts';
import { type Fields, openWord } from './fields.ts';
import { recordSchema } from './record-schema.ts';

/**
 * `report.json`, version 1. One schema reads and writes it: the order of the keys here is their order in
 * the file. Keys are only ever added; a report of an earlier version lacks them, and gets what they stand for. Keys
 * that are not known are left out, and words that a later version may add to (types of action, kinds) are kept.
 */

const count = z.number().default(0);

const point = z.object({ line: z.number(), column: z.number(), offset: z.number() });
const place = z.object({ start: point, end: point });

const findingSubject = z.union([
  z.object({ part: z.literal('milestone'), index: z.number(), label: z.string() }),
  z.object({ part: z.enum(['title', 'issue', 'text', 'section']), name: z.string().exactOptional() }),
]);

const severity = z.enum(['error', 'warning', 'info']);

const waiver = z.object({
  by: z.string(),
  until: z.string().nullable(),
  because: z.string().nullable(),
  noteId: z.number(),
});

/** An edit is for the one who has the text at hand: it is not in the report. */
const writtenFinding = z.object({
  rule: z.string(),
  messageId: z.string().default(''),
  severity,
  message: z.string(),
  hint: z.string().nullable().default(null),
  people: z.array(z.string()).default([]),
  place: place.nullable().default(null),
  subject: findingSubject.default({ part: 'text' }),
  url: z.string().nullable().default(null),
  fields: z.array(z.string()).exactOptional(),
  noteId: z.number().exactOptional(),
  waived: waiver.exactOptional(),
  since: z.string().exactOptional(),
} satisfies Fields<Omit<Finding, 'edit' | 'unsafeEdit' | 'proposals'>>);

const readFinding = writtenFinding.transform((finding): Finding => ({ ...finding, edit: null }));

const outcomeKind = z.enum(['planned', 'applied', 'unchanged', 'failed', 'waiting']);

const outcome = z.object({
  type: openWord<Outcome['type']>(),
  outcome: outcomeKind,
  detail: z.string().default(''),
} satisfies Fields<Outcome>);

const skippedRule = z.object({ rule: z.string(), reason: z.string() } satisfies Fields<SkippedRule>);

const names = z.array(z.string()).default([]);

/** What is reckoned with must be a day, or an instant, of our time: a report may have been written by anyone. */
const day = z.iso.date().refine((text) => text >= '1970' && text < '2200', 'expected a day of our time');
const instant = z
  .string()
  .refine(
    (text) => /^(?:19[7-9]|2[01]\d)\d-/.test(text) && !Number.isNaN(Date.parse(text)),
    'expected an instant',
  );

const openPoints = z.array(z.object({ people: names, since: day, points: count, errors: count }));

const reached = z.array(z.string()).exactOptional();

const reminder = z.object({
  createdAt: instant,
  firstNudge: z
    .object({ mentions: z.array(z.string()), errors: count, open: openPoints.exactOptional(), reached })
    .nullable()
    .default(null),
  nudge: z
    .object({ on: z.string(), mentions: z.array(z.string()), reached })
    .nullable()
    .default(null),
  open: openPoints.default([]),
  pings: z
    .array(z.object({ on: day, whom: names, others: names, escalation: z.boolean().exactOptional() }))
    .default([]),
  snoozedUntil: day.nullable().default(null),
  seenOn: day.nullable().default(null),
  activeAt: instant.nullable().default(null),
  knownBy: day.nullable().default(null),
  fixed: z.array(z.object({ rule: z.string(), since: day, on: day })).exactOptional(),
} satisfies Fields<ReminderFacts>);

const setKeys = z.object({
  ref: z.string(),
  confidential: z.boolean(),
  fiscalYear: z.number().nullable(),
  quarter: z.number().nullable(),
  number: z.number().nullable(),
  reference: z.string().nullable(),
  okrUrl: z.string().nullable(),
  people: names,
} satisfies Fields<KrKeys>);

const subject = <T extends z.ZodType>(finding: T) =>
  z.object({
    kind: openWord<DocumentKind>(),
    ref: z.string(),
    projectId: z.number().nullable().default(null),
    iid: z.number().nullable().default(null),
    url: z.string().nullable().default(null),
    title: z.string(),
    confidential: z.boolean(),
    status: z.enum(['clean', 'findings', 'skipped', 'error', 'closed']),
    findings: z.array(finding),
    actions: z.array(outcome).default([]),
    error: z.string().nullable().default(null),
    comment: z.string().nullable().default(null),
    skippedRules: z.array(skippedRule).default([]),
    restraint: z.string().nullable().default(null),
    notReached: z.literal(true).exactOptional(),
    state: z.enum(['opened', 'closed']).exactOptional(),
    record: recordSchema(finding).nullable().exactOptional(),
    order: z.number().exactOptional(),
    setKeys: setKeys.nullable().exactOptional(),
    reminder: reminder.nullable().exactOptional(),
  } satisfies Fields<Omit<SubjectReport, 'findings' | 'record'>> & Record<'findings' | 'record', z.ZodType>);

/** A subject as it is read. */
export const readSubject = subject(readFinding);

/** A subject as it is written: what `written.ts` spells out, and no run takes the time to check. */
export const writtenSubject = subject(writtenFinding);

const totals = z.object({
  subjects: count,
  clean: count,
  findings: count,
  errors: count,
  skipped: count,
  closed: count,
  restrained: count,
  actions: z
    .object({ planned: count, applied: count, unchanged: count, failed: count, waiting: count })
    .prefault({}),
} satisfies Fields<Totals>);

const sourceFailure = z.object({ source: z.string(), message: z.string() } satisfies Fields<SourceFailure>);

/** A finding of a set rule, as it is written and read. */
export const writtenSetFinding = z.object({
  rule: z.string(),
  severity,
  message: z.string(),
  refs: z.array(z.string()),
} satisfies Fields<SetFinding>);

const requests = z.object({ total: count, retried: count, throttled: count } satisfies Fields<RequestCounts>);

const ping = z.object({
  ref: z.string(),
  whom: z.array(z.string()),
  on: z.string(),
  because: z.string(),
  outcome: z.enum(['planned', 'applied', 'waiting', 'failed']),
} satisfies Fields<Ping>);

const digest = z.object({
  ref: z.string().nullable(),
  url: z.string().nullable(),
  actions: z.array(
    z.object({
      type: openWord<DigestReport['actions'][number]['type']>(),
      outcome: outcomeKind,
      detail: z.string(),
    }),
  ),
} satisfies Fields<DigestReport>);

/** As many as GitLab runs in parallel: a merge counts up to the total. */
const shard = z
  .object({ index: z.int().min(1), total: z.int().min(1).max(200) })
  .refine(({ index, total }) => index <= total, 'expected a part of as many as there are');

/** What is known before the first subject. */
export const headSchema = z.object({
  mode: z.enum(['dry-run', 'apply', 'lint']),
  generatedAt: instant,
  calendar: z
    .object({
      startMonth: z.int().min(1).max(12),
      namedAfter: z.enum(['start', 'end']),
      timeZone: z
        .string()
        .refine((timeZone) => dayAt('2026-01-01T00:00:00Z', { timeZone }) !== null, 'expected a time zone'),
    })
    .exactOptional(),
} satisfies Fields<ReportHead>);

/** What is known at the end of a run only, and comes after the subjects. */
export const footerSchema = z.object({
  totals: totals.prefault({}),
  requests: requests.prefault({}),
  failures: z.array(sourceFailure).default([]),
  warnings: z.array(z.string()).default([]),
  setFindings: z.array(writtenSetFinding).default([]),
  policy: z.string().exactOptional(),
  pings: z.array(ping).exactOptional(),
  shard: shard.nullable().exactOptional(),
  incomplete: z.array(z.string()).exactOptional(),
  digest: digest.exactOptional(),
} satisfies Fields<Omit<RunSummary, keyof ReportHead>>);

export const reportSchema = z.object({
  version: z.literal(1),
  ...headSchema.shape,
  subjects: z.array(readSubject),
  ...footerSchema.shape,
});
