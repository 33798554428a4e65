import { z } from 'zod';
import { sandboxSettingsSchema } from './settings.ts';

export { accessLevels } from './roles.ts';

const role = z.enum(['minimal', 'guest', 'planner', 'reporter', 'developer', 'maintainer', 'owner']);
const id = z.number().int().positive();
const instant = z.iso.datetime({ offset: true });
const day = z.iso.date();
const members = z.record(z.string(), role).default({}).describe('user name → role');
const visibility = z.enum(['private', 'internal', 'public']);

const labelSeed = z.union([
  z.string(),
  z.strictObject({
    name: z.string(),
    color: z.string().default('#6699cc'),
    description: z.string().nullable().default(null),
    archived: z.boolean().default(false),
  }),
]);

const milestoneSeed = z.strictObject({
  title: z.string(),
  description: z.string().nullable().default(null),
  startDate: day.nullable().default(null),
  dueDate: day.nullable().default(null),
  state: z.enum(['active', 'closed']).default('active'),
});

const replySeed = z.strictObject({ author: z.string(), body: z.string(), createdAt: instant.optional() });

const reactionSeed = z.strictObject({
  name: z.string().describe('without colons: `zzz`, `eyes`, `thumbsup`'),
  user: z.string(),
  createdAt: instant.optional(),
});

const noteSeed = replySeed.extend({
  updatedAt: instant.optional(),
  system: z.boolean().default(false),
  internal: z.boolean().default(false),
  resolved: z.boolean().default(false),
  reactions: z.array(reactionSeed).default([]),
  replies: z.array(replySeed).default([]).describe('makes the note the start of a thread'),
  unreadable: z
    .boolean()
    .default(false)
    .describe('a system note that refers to something unreadable: dropped from pages after they are cut'),
});

export const issueTypes = ['issue', 'incident', 'test_case', 'requirement', 'task', 'ticket'] as const;

export const issueSeedSchema = z.strictObject({
  id: id.optional(),
  iid: id.optional(),
  title: z.string(),
  description: z.string().nullable().default(null),
  state: z.enum(['opened', 'closed']).default('opened'),
  type: z.enum(issueTypes).default('issue'),
  author: z.string().optional().describe('default: the first user'),
  assignees: z.array(z.string()).default([]),
  labels: z.array(z.string()).default([]),
  milestone: z.string().nullable().default(null),
  dueDate: day.nullable().default(null),
  weight: z.number().int().nullable().default(null),
  confidential: z.boolean().default(false),
  discussionLocked: z.boolean().nullable().default(null),
  createdAt: instant.optional(),
  updatedAt: instant.optional(),
  closedAt: instant.optional(),
  notes: z.array(noteSeed).default([]),
  labelEvents: z
    .array(
      z.strictObject({
        action: z.enum(['add', 'remove']),
        label: z.string(),
        user: z.string(),
        createdAt: instant,
      }),
    )
    .default([]),
  stateEvents: z
    .array(z.strictObject({ state: z.enum(['closed', 'reopened']), user: z.string(), createdAt: instant }))
    .default([]),
});

const epicSeed = z.strictObject({
  iid: id.optional(),
  title: z.string(),
  description: z.string().nullable().default(null),
  state: z.enum(['opened', 'closed']).default('opened'),
  confidential: z.boolean().default(false),
  issues: z.array(z.string()).default([]).describe('`group/project#12`, in order'),
});

const groupSeed = z.strictObject({
  id: id.optional(),
  path: z.string().describe('full path; parents are made when missing'),
  name: z.string().optional(),
  visibility: visibility.default('private'),
  members,
  labels: z.array(labelSeed).default([]),
  milestones: z.array(milestoneSeed).default([]),
  epics: z.array(epicSeed).default([]).describe('shown on Premium and Ultimate only'),
});

const mergeRequestSeed = z.strictObject({ iid: id, title: z.string() });

const projectSeed = groupSeed.omit({ epics: true }).extend({
  mergeRequests: z.array(mergeRequestSeed).default([]).describe('as far as their comments go'),
  archived: z.boolean().default(false),
  issuesEnabled: z.boolean().default(true),
  formerPaths: z.array(z.string()).default([]).describe('answer 301 to GET, 405 to the rest'),
  issues: z.array(issueSeedSchema).default([]),
});

const userSeed = z.strictObject({
  id: id.optional(),
  username: z.string(),
  name: z.string().optional(),
  state: z.enum(['active', 'blocked']).default('active'),
  bot: z.boolean().default(false).describe('token bots and service accounts: get no mail'),
  admin: z.boolean().default(false),
});

const tokenSeed = z.strictObject({
  value: z.string().min(1),
  user: z.string(),
  name: z.string().default('token'),
  scopes: z.array(z.string()).default(['api']),
  kind: z.enum(['personal', 'project', 'group', 'service']).default('personal'),
  project: z.string().optional().describe('a project token reaches this project only'),
  group: z.string().optional().describe('a group token reaches this group only'),
  expiresAt: day.nullable().default(null).describe('dies at 00:00 UTC of that day'),
  revoked: z.boolean().default(false),
  permissions: z
    .array(z.enum(['read', 'write']))
    .default(['read', 'write'])
    .describe('what a token with the scope `granular` may do'),
});

/** What a sandbox starts with: plain data, so that it can be written as JSON or YAML. */
export const sandboxSeedSchema = z.strictObject({
  users: z.array(userSeed).default([]),
  tokens: z.array(tokenSeed).default([]),
  groups: z.array(groupSeed).default([]),
  projects: z.array(projectSeed).default([]),
  settings: sandboxSettingsSchema.partial().default({}).describe('version, tier and limits of the instance'),
});

export type SandboxSeed = z.input<typeof sandboxSeedSchema>;
export type ParsedSeed = z.output<typeof sandboxSeedSchema>;
export type IssueSeed = z.input<typeof issueSeedSchema>;
export type ParsedIssueSeed = z.output<typeof issueSeedSchema>;
export type ParsedProjectSeed = z.output<typeof projectSeed>;
export type ParsedGroupSeed = z.output<typeof groupSeed>;
export type EpicSeed = z.output<typeof epicSeed>;
export type LabelSeed = z.output<typeof labelSeed>;
