import { z } from 'zod';
import type { issueSchema } from './schema.ts';

type IssueEntry = z.output<typeof issueSchema>;

const date = z.regexes.date;
const instant = z.regexes.datetime({ offset: true });

/**
 * An entry of a list as `issueSchema` would give it back, where it is without doubt as it should be; nearly all are,
 * and a list is long.
 * @returns null for all others: the schema knows what to say of them
 */
export function plainIssue(entry: unknown): IssueEntry | null {
  if (!isObject(entry) || !isPlain(entry)) return null;
  return {
    id: entry.id,
    project_id: entry.project_id,
    iid: entry.iid,
    references: entry.references,
    web_url: entry.web_url,
    title: entry.title,
    description: entry.description,
    state: entry.state,
    labels: entry.labels,
    milestone: entry.milestone,
    author: entry.author,
    assignees: entry.assignees,
    confidential: entry.confidential ?? false,
    discussion_locked: entry.discussion_locked ?? false,
    due_date: entry.due_date,
    created_at: entry.created_at,
    updated_at: entry.updated_at,
    user_notes_count: entry.user_notes_count,
    issue_type: entry.issue_type,
    moved_to_id: entry.moved_to_id,
  };
}

type Fields = Record<keyof IssueEntry, unknown>;

function isPlain(entry: Fields): entry is z.input<typeof issueSchema> & Fields {
  const { references, milestone, labels, assignees } = entry;
  return (
    isWhole(entry.id) &&
    isWhole(entry.project_id) &&
    isWhole(entry.iid) &&
    isObject(references) &&
    isText(references.full) &&
    isWebAddress(entry.web_url) &&
    isText(entry.title) &&
    (entry.description === null || isText(entry.description)) &&
    (entry.state === 'opened' || entry.state === 'closed') &&
    Array.isArray(labels) &&
    labels.every(isText) &&
    (milestone === null || (isObject(milestone) && isText(milestone.title))) &&
    isPlainUser(entry.author) &&
    Array.isArray(assignees) &&
    assignees.every(isPlainUser) &&
    isFlag(entry.confidential) &&
    isFlag(entry.discussion_locked) &&
    (entry.due_date === null || (isText(entry.due_date) && date.test(entry.due_date))) &&
    isInstant(entry.created_at) &&
    isInstant(entry.updated_at) &&
    isWhole(entry.user_notes_count) &&
    (entry.issue_type == null || isText(entry.issue_type)) &&
    (entry.moved_to_id == null || isWhole(entry.moved_to_id))
  );
}

const isPlainUser = (user: unknown): boolean =>
  isObject(user) &&
  isWhole(user.id) &&
  isText(user.username) &&
  user.username !== '' &&
  isText(user.name) &&
  isFlag(user.bot) &&
  (user.state == null || isText(user.state));

const isObject = (value: unknown): value is Record<string, unknown> & Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === 'string';

const isWhole = (value: unknown): boolean => Number.isSafeInteger(value);

/** Null means false. */
const isFlag = (value: unknown): boolean => value == null || typeof value === 'boolean';

const isInstant = (value: unknown): boolean => isText(value) && instant.test(value);

/** Without blanks, which the schema would cut off. */
const isWebAddress = (value: unknown): boolean =>
  isText(value) && /^https?:\/\/\S+$/.test(value) && URL.canParse(value);
