import { z } from 'zod';

/**
 * The shapes of GitLab's answers, naming only the fields in use; everything else in an answer is dropped. Booleans may
 * come as null and mean false (docs/gitlab.md §1); keys of newer versions are optional.
 */
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);

export const webAddress = z.url({ protocol: /^https?$/ });

const instant = z.iso.datetime({ offset: true });

export const userSchema = z.object({
  id: z.int(),
  username: z.string().min(1),
  name: z.string(),
  bot: z.boolean().nullish(),
  state: z.string().nullish(),
});

export const projectSchema = z.object({
  id: z.int(),
  path_with_namespace: z.string(),
  web_url: webAddress,
  archived: flag,
  issues_enabled: z.boolean().nullish(),
  issues_access_level: z.string().nullish(),
  visibility: z.string().nullish(),
});

export const issueSchema = z.object({
  id: z.int(),
  project_id: z.int(),
  iid: z.int(),
  references: z.object({ full: z.string() }),
  web_url: webAddress,
  title: z.string(),
  description: z.string().nullable(),
  state: z.enum(['opened', 'closed']),
  labels: z.array(z.string()),
  milestone: z.object({ title: z.string() }).nullable(),
  author: userSchema,
  assignees: z.array(userSchema),
  confidential: flag,
  discussion_locked: flag,
  due_date: z.iso.date().nullable(),
  created_at: instant,
  updated_at: instant,
  user_notes_count: z.int(),
  issue_type: z.string().nullish(),
  moved_to_id: z.int().nullish(),
});

/** Of an epic, and of the issues that belong to it or to another issue, no more than tells where they stand. */
export const epicSchema = z.object({
  state: z.enum(['opened', 'closed']),
  title: z.string(),
  web_url: webAddress,
});

export const childIssueSchema = z.object({
  id: z.int(),
  references: z.object({ full: z.string() }),
  title: z.string(),
  web_url: webAddress,
  state: z.enum(['opened', 'closed']),
});

export const noteSchema = z.object({
  id: z.int(),
  body: z.string(),
  author: userSchema,
  created_at: instant,
  updated_at: instant,
  system: flag,
  internal: z.boolean().nullish(),
  confidential: z.boolean().nullish(),
});

export const labelEventSchema = z.object({
  id: z.int(),
  action: z.enum(['add', 'remove']),
  label: z.object({ name: z.string() }).nullish(),
  user: userSchema.nullish(),
  created_at: instant,
});

/** A `state` of a later version, or of something else than an issue, is of no interest. */
export const stateEventSchema = z.object({
  id: z.int(),
  state: z.string(),
  user: userSchema.nullish(),
  created_at: instant,
});

export const reactionSchema = z.object({
  id: z.int(),
  name: z.string(),
  user: userSchema,
  created_at: instant,
});

export const memberSchema = z.object({
  id: z.int(),
  username: z.string().min(1),
  name: z.string(),
  access_level: z.int(),
  state: z.string(),
});

export const labelSchema = z.object({ name: z.string() });

export const tokenSchema = z.object({
  scopes: z.array(z.string()),
  active: z.boolean(),
  revoked: flag,
  expires_at: z.iso.date().nullish(),
});
