import { z } from 'zod';
import { accessLevels } from './roles.ts';

const limit = z.number().int().positive().nullable();

/** The knobs of an instance: its version, tier and limits. Numbers are GitLab's defaults unless said otherwise. */
export const sandboxSettingsSchema = z.strictObject({
  version: z.string().default('19.5.0').describe('below 18.3 project issues have no keyset pagination'),
  tier: z.enum(['free', 'premium', 'ultimate']).default('free'),
  epicsApi: z.boolean().default(true).describe('deprecated since 17.0; false: it is gone'),
  workItemsApi: z.boolean().default(false).describe('work items over REST, behind a feature flag'),
  /** Off by default, as on a self-managed instance. GitLab.com: 2,000. */
  requestsPerMinute: limit.default(null),
  /** Note creation by one user. GitLab.com: 60, self-managed: 300. Off here, so that tests need not be paced. */
  notesPerMinute: limit.default(null),
  searchesPerMinute: limit.default(null),
  /** `GET /projects/:id` by one user. GitLab: 400. */
  projectReadsPerMinute: limit.default(null),
  groupProjectReadsPerMinute: limit.default(null),
  /** `GET /users/:id` by one user. GitLab.com: 300 in ten minutes. */
  userReadsPerMinute: limit.default(null),
  /** How long a "minute" of the limits lasts; shorter for benches. Real time, not the sandbox clock. */
  rateWindowMs: z.number().positive().default(60_000),
  rateLimitHeaders: z.boolean().default(true),
  rateLimitText: z.string().default('Retry later'),
  /** Rows after which offset pagination of project issues answers 405; 0 switches it off. */
  offsetLimit: z.number().int().nonnegative().default(50_000),
  /** Rows above which the totals are missing. */
  totalsLimit: z.number().int().positive().default(10_000),
  maxPerPage: z.number().int().positive().default(100),
  maxNotesPerIssue: z.number().int().positive().default(5_000),
  maxNoteLength: z.number().int().positive().default(1_000_000),
  maxDescriptionLength: z.number().int().positive().default(1_048_576),
  /** Bytes of a request body; beyond it 413. */
  maxBodyBytes: limit.default(null),
  /** Characters of a path with query; beyond it 414. */
  maxUrlLength: z.number().int().positive().default(8_192),
  /** On on GitLab.com. */
  disableAllMention: z.boolean().default(false),
  /** Texts with one of these words are spam, in public projects. */
  spamWords: z.array(z.string()).default([]),
  /** `Z` or an offset such as `+02:00`. */
  timeZone: z
    .string()
    .regex(/^(Z|[+-]\d\d:\d\d)$/)
    .default('Z'),
  /** The lowest role that may create labels is not established: the code asks for an ability (FACTS 23). */
  createLabelRole: z.number().default(accessLevels.planner),
  /** Readers of internal notes: two pages of the documentation disagree; Planner or Reporter. */
  internalNoteRole: z.number().default(accessLevels.planner),
});

export type SandboxSettings = z.output<typeof sandboxSettingsSchema>;

/** True when `version` is at least `major.minor`. */
export function atLeast(version: string, major: number, minor: number): boolean {
  const [a = 0, b = 0] = version.split('.').map(Number);
  return a > major || (a === major && b >= minor);
}
