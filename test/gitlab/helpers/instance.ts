import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import {
  createGateway,
  type Gateway,
  type GatewayEvent,
  type GatewayOptions,
} from '../../../src/gitlab/gateway.ts';
import type { GatewayError } from '../../../src/model/errors.ts';
import type { Issue } from '../../../src/model/issue.ts';
import type { IssueFilter, IssueSource } from '../../../src/model/ports.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/sandbox.ts';
import type { IssueSeed, SandboxSeed } from '../../../src/sandbox/seed.ts';

export const TOKEN = 'glpat-very-secret-4711';
export const READ_TOKEN = 'glpat-read-only-0815';
export const OPEN: IssueFilter = { state: 'opened', labels: [], issueType: 'issue' };

/** A gateway whose waiting costs no time: its clock jumps. */
export interface Bench {
  gateway: Gateway;
  /** Every pause the gateway made, in milliseconds. */
  waits: number[];
  events: GatewayEvent[];
}

export function benchOn(url: string, options: Partial<GatewayOptions> = {}): Bench {
  const waits: number[] = [];
  const events: GatewayEvent[] = [];
  let jumped = 0;
  const gateway = createGateway({
    url,
    token: TOKEN,
    requestsPerMinute: 1_000_000,
    notesPerMinute: 1_000_000,
    now: () => Date.now() + jumped,
    sleep: (ms) => {
      waits.push(ms);
      jumped += ms;
      return Promise.resolve();
    },
    random: () => 0.5,
    log: (event) => events.push(event),
    ...options,
  });
  return { gateway, waits, events };
}

/** One private group `sec` with the project `sec/okrs` (id 7); the bot `kr-bot` is a Planner. */
export function seedOf(
  issues: readonly IssueSeed[],
  extra: Partial<NonNullable<SandboxSeed['projects']>[0]> = {},
): SandboxSeed {
  return {
    users: [
      { id: 11, username: 'ann' },
      { id: 12, username: 'kr-bot', bot: true },
      { id: 13, username: 'guest' },
    ],
    tokens: [
      { value: TOKEN, user: 'kr-bot', scopes: ['api'] },
      { value: READ_TOKEN, user: 'kr-bot', scopes: ['read_api'] },
    ],
    groups: [{ id: 5, path: 'sec', members: { ann: 'maintainer', 'kr-bot': 'planner' } }],
    projects: [{ id: 7, path: 'sec/okrs', labels: ['KR', 'review'], issues: [...issues], ...extra }],
  };
}

/** `count` issues, one second apart. */
export function manyIssues(count: number, seed: Partial<IssueSeed> = {}): IssueSeed[] {
  return Array.from({ length: count }, (_, index) => ({
    title: `Issue ${index + 1}`,
    author: 'ann',
    createdAt: new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString(),
    ...seed,
  }));
}

const open: { close: () => Promise<void> | void }[] = [];

export async function sandboxWith(options: SandboxOptions): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  open.push(sandbox);
  return sandbox;
}

/** A server that says whatever the test wants. */
export async function stub(routes: (app: Hono) => void): Promise<{ url: string; seen: string[] }> {
  const seen: string[] = [];
  const app = new Hono();
  app.use(async (context, next) => {
    seen.push(`${context.req.method} ${new URL(context.req.url).pathname}`);
    await next();
  });
  routes(app);
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  open.push({
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The stub has no port.');
  return { url: `http://127.0.0.1:${address.port}`, seen };
}

export async function closeAll(): Promise<void> {
  for (const server of open.splice(0)) await server.close();
}

/** The error a promise ends with. */
export async function failureOf(promise: Promise<unknown>): Promise<GatewayError> {
  try {
    await promise;
  } catch (error) {
    return error as GatewayError;
  }
  throw new Error('It was expected to fail, and did not.');
}

/** Reads a list to its end or to its error. */
export async function readIssues(
  { gateway }: Bench,
  source: IssueSource = { project: 7 },
  filter: IssueFilter = OPEN,
): Promise<{ issues: Issue[]; error: GatewayError | null }> {
  const issues: Issue[] = [];
  try {
    for await (const issue of gateway.reader.issues(source, filter)) issues.push(issue);
  } catch (error) {
    return { issues, error: error as GatewayError };
  }
  return { issues, error: null };
}

/** What GitLab would send for an issue, a note, a user. */
export const wire = {
  user: { id: 12, username: 'kr-bot', name: 'KR bot', state: 'active' },
  issue: (iid: number, change: Record<string, unknown> = {}) => ({
    id: 1000 + iid,
    iid,
    project_id: 7,
    references: { short: `#${iid}`, relative: `#${iid}`, full: `sec/okrs#${iid}` },
    web_url: `https://gitlab.example.com/sec/okrs/-/issues/${iid}`,
    title: `Issue ${iid}`,
    description: null,
    state: 'opened',
    labels: [],
    milestone: null,
    author: { id: 11, username: 'ann', name: 'Ann' },
    assignees: [],
    confidential: null,
    discussion_locked: null,
    due_date: null,
    created_at: new Date(Date.UTC(2026, 0, 1) + iid * 1000).toISOString(),
    updated_at: '2026-01-02T00:00:00.000+02:00',
    user_notes_count: 0,
    issue_type: 'issue',
    moved_to_id: null,
    ...change,
  }),
  note: (id: number, body: string, change: Record<string, unknown> = {}) => ({
    id,
    body,
    author: wire.user,
    created_at: '2026-01-02T00:00:00.000Z',
    updated_at: '2026-01-02T00:00:00.000Z',
    system: false,
    internal: false,
    ...change,
  }),
};
