import { z } from 'zod';
import type { ItemState, StatusValue } from '../model/document.ts';
import type { ConfidentialRecord, RecordMilestone, RecordUpdate, SubjectRecord } from '../model/record.ts';
import { type Fields, openWord } from './fields.ts';

const text = z.string().nullable().default(null);
const number = z.number().nullable().default(null);
const names = z.array(z.string()).default([]);

const status = z
  .enum(['on-track', 'at-risk', 'off-track'] satisfies StatusValue[])
  .nullable()
  .default(null);

const milestone = z.object({
  label: text,
  description: z.string().default(''),
  dueDate: text,
  dris: names,
  state: z.enum(['open', 'done', 'inapplicable'] satisfies ItemState[]),
  overdue: z.boolean().default(false),
  doneOn: text,
  line: z.number().exactOptional(),
} satisfies Fields<RecordMilestone>);

const update = <T extends z.ZodType>(finding: T) =>
  z.object({
    kind: z.enum(['weekly-update', 'check-in']),
    noteId: z.number(),
    url: z.string(),
    author: z.string(),
    createdAt: z.string(),
    edited: z.boolean().default(false),
    week: text,
    status,
    percent: number,
    saidThen: z.object({ status, percent: number }).exactOptional(),
    findings: z.array(finding).default([]),
  } satisfies Fields<Omit<RecordUpdate, 'findings'>> & Record<'findings', z.ZodType>);

const timelineEntry = z.object({
  on: z.string(),
  what: openWord<SubjectRecord['timeline'][number]['what']>(),
  detail: z.string(),
  source: z.string(),
  from: z.string().nullable().exactOptional(),
  to: z.string().nullable().exactOptional(),
  by: z.string().nullable().exactOptional(),
} satisfies Fields<SubjectRecord['timeline'][number]>);

const answer = z.object({
  command: openWord<SubjectRecord['answers'][number]['command']>(),
  by: z.string(),
  until: text,
  because: text,
  noteId: z.number(),
  inForce: z.boolean(),
} satisfies Fields<SubjectRecord['answers'][number]>);

const wholeRecord = <T extends z.ZodType>(finding: T) =>
  z.object({
    quarter: text,
    number,
    reference: text,
    statement: text,
    objective: text,
    okrUrl: text,
    dueDate: text,
    assignees: names,
    milestones: z.array(milestone),
    progress: z.object({ claimed: number, milestones: number, expected: number }).prefault({}),
    status: z.object({ claimed: status, week: text, noteId: number }).prefault({}),
    updates: z.array(update(finding)).prefault([]),
    timeline: z.array(timelineEntry).default([]),
    answers: z.array(answer).default([]),
    nextPing: z
      .object({ on: z.string(), whom: z.array(z.string()), because: z.string() })
      .nullable()
      .default(null),
    createdAt: z.string().exactOptional(),
  } satisfies Fields<Omit<SubjectRecord, 'updates'>> & Record<'updates', z.ZodType>);

const confidentialRecord = z.object({ quarter: text } satisfies Fields<ConfidentialRecord>);

/** A record; one without milestones is that of a confidential subject, which has its quarter alone. */
export function recordSchema<T extends z.ZodType>(finding: T) {
  const whole = wholeRecord(finding);
  return z.unknown().transform((value, context): z.output<typeof whole> | ConfidentialRecord => {
    const isWhole = typeof value === 'object' && value !== null && 'milestones' in value;
    const read = (isWhole ? whole : confidentialRecord).safeParse(value);
    if (read.success) return read.data;
    for (const { code, message, path } of read.error.issues) {
      context.issues.push({ code: 'custom', message: message || code, path: [...path], input: value });
    }
    return z.NEVER;
  });
}
