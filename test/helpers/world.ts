import { createDocuments } from '../../src/cli/documents.ts';
import { builtInRulesDir } from '../../src/config/built-in.ts';
import { loadPolicy } from '../../src/config/load-policy.ts';
import { closedKrs, compileUnselected, serverFilter } from '../../src/config/selection.ts';
import { createGateway, type Gateway } from '../../src/gitlab/gateway.ts';
import type { Note } from '../../src/model/issue.ts';
import type { Memory } from '../../src/model/memory.ts';
import type { PolicySettings, ReminderPolicy } from '../../src/model/policy.ts';
import type { IssueSource, IssueWriter } from '../../src/model/ports.ts';
import type { AsyncDocumentReader } from '../../src/model/reader.ts';
import type { RunSummary, SubjectReport } from '../../src/model/report.ts';
import type { Policy } from '../../src/model/rule.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { IssueSeed, SandboxSeed } from '../../src/sandbox/seed.ts';
import type { SandboxSettings } from '../../src/sandbox/settings.ts';
import { run } from '../../src/usecases/run/run.ts';

export const botToken = 'world-bot-token-1234567890';
export const readToken = 'world-read-token-1234567890';
export const now = '2026-11-23T09:00:00Z';
export const projectId = 1;

/** A KR in perfect order; overwrite what a test is about. */
export const perfectKr = {
  title: 'FY27 Q4 KR1 (Key Care) Rotate all signing keys',
  description: [
    '## Ally OKR: https://app.ally.io/objectives/77001',
    '## Objective:',
    'Every signing key is younger than ninety days. We count the old ones each Monday.',
    '## Milestones',
    '- [x] Milestone 1: Description: List of all keys Due Date: 2026-11-13 DRI: @ann',
    '- [ ] Milestone 2: Description: Rotation by the pipeline Due Date: 2027-01-22 DRI: @bo.lee',
  ].join('\n'),
  assignees: ['ann'],
  dueDate: '2027-01-22',
  labels: ['KR'],
  author: 'carol',
} satisfies IssueSeed;

/** The same KR with four things missing. */
export const brokenKr = {
  ...perfectKr,
  title: 'FY27 Q4 KR2 (Key Care) Retire the old vault',
  description: [
    '## Ally OKR: `link to Ally OKR record`',
    '## Objective:',
    'The old vault is switched off and no one misses it.',
    '## Milestones',
    '- [ ] Milestone 1: Description: Move the last secrets Due Date: `add here` DRI: @ann',
    '- [ ] Milestone 2: Description: Switch it off Due Date: 2027-01-22 DRI: the platform team',
  ].join('\n'),
} satisfies IssueSeed;

/** A group with one project, its people, the bot's tokens, and the issues given (numbered from 1). */
export function worldSeed(issues: readonly IssueSeed[]): SandboxSeed {
  const people = ['ann', 'bo.lee', 'carol', 'mallory'];
  return {
    users: [...people.map((username) => ({ username })), { username: 'kr-bot', bot: true }],
    tokens: [
      { value: botToken, user: 'kr-bot', scopes: ['api'] },
      { value: readToken, user: 'kr-bot', scopes: ['read_api'] },
    ],
    groups: [
      {
        path: 'sec',
        members: {
          ...Object.fromEntries(people.map((name) => [name, 'developer' as const])),
          // May edit and delete what others wrote.
          carol: 'maintainer',
          'kr-bot': 'planner',
        },
      },
    ],
    projects: [{ id: projectId, path: 'sec/okrs', labels: ['KR'], issues: [...issues] }],
  };
}

export async function startWorld(
  issues: readonly IssueSeed[],
  settings: Partial<SandboxSettings> = {},
  port = 0,
): Promise<Sandbox> {
  return startSandbox({ seed: worldSeed(issues), clock: () => new Date(now), settings, port });
}

let builtIn: Promise<Policy> | null = null;

/** The policy of our own rules folder, loaded once a test file. */
export function builtInPolicy(): Promise<Policy> {
  builtIn ??= loadPolicy(builtInRulesDir).then((loaded) => {
    if (!loaded.ok) throw new Error(loaded.errors.map((configError) => configError.message).join('\n'));
    return loaded.policy;
  });
  return builtIn;
}

let documents: AsyncDocumentReader | null = null;

/** The reader of the built-in policy. It keeps what it read: the same text, title and day make the same document. */
export async function builtInDocuments(): Promise<AsyncDocumentReader> {
  documents ??= remembering(createDocuments(await builtInPolicy()));
  return documents;
}

function remembering(reader: AsyncDocumentReader): AsyncDocumentReader {
  const known = new Map<string, ReturnType<AsyncDocumentReader['read']>>();
  return {
    ...reader,
    read(kind, text, context) {
      const key = JSON.stringify([kind, text, context.title, context.now.slice(0, 10), context.groups]);
      const found = known.get(key) ?? reader.read(kind, text, context);
      if (known.size > 1_000) known.clear();
      known.set(key, found);
      return found;
    },
  };
}

export interface RunResult {
  summary: RunSummary;
  subjects: SubjectReport[];
}

/** Lets time pass in a sandbox up to an instant, if it has not yet. */
export function passTimeUntil({ clock }: Pick<Sandbox, 'clock'>, instant: string): void {
  clock.advance(Math.max(0, Date.parse(instant) - clock.now().getTime()));
}

/** One whole run against a sandbox, over HTTP. `wrap` may come between the run and its writer. */
export async function runOn(
  sandbox: Sandbox,
  options: {
    apply?: boolean;
    wrap?: (writer: IssueWriter) => IssueWriter;
    gateway?: Gateway;
    at?: string;
    settle?: () => Promise<void>;
    /** The project when not given. */
    sources?: IssueSource[];
    /** Issues in the works at a time; the policy's when not given. */
    concurrency?: number;
    /** What the policy says of reminders, where a test is about them; otherwise nothing bounds first comments. */
    reminders?: Partial<ReminderPolicy>;
    shard?: { index: number; total: number };
    /** What earlier runs learned. */
    memory?: Memory;
    /** What else the policy says in this test. */
    settings?: Partial<PolicySettings>;
  } = {},
): Promise<RunResult> {
  const policy = await policyWith(options);
  const gateway =
    options.gateway ??
    createGateway({ url: sandbox.url, token: botToken, requestsPerMinute: 1e6, notesPerMinute: 1e6 });
  const subjects: SubjectReport[] = [];
  const wrap = options.wrap ?? ((writer: IssueWriter) => writer);
  const summary = await run({
    sources: options.sources ?? [{ project: projectId }],
    policy,
    documents: await builtInDocuments(),
    reader: gateway.reader,
    writer: options.apply === false ? null : wrap(gateway.writer),
    clock: () => options.at ?? now,
    ...(options.settle === undefined ? {} : { settle: options.settle }),
    ...(options.shard === undefined ? {} : { shard: options.shard }),
    ...(options.memory === undefined ? {} : { memory: options.memory }),
    requests: () => gateway.counts(),
    onSubject: (subject) => {
      subjects.push(subject);
    },
  });
  return { summary, subjects };
}

/** The built-in policy as a test wants it. */
export async function policyWith({
  concurrency,
  reminders,
  settings: own,
}: {
  concurrency?: number;
  reminders?: Partial<ReminderPolicy>;
  settings?: Partial<PolicySettings>;
}): Promise<Policy> {
  const policy = await builtInPolicy();
  const settings = {
    ...policy.settings,
    limits: { ...policy.settings.limits, concurrency: concurrency ?? policy.settings.limits.concurrency },
    reminders: { ...policy.settings.reminders, ...(reminders ?? { newComments: unbounded }) },
    ...own,
  };
  return {
    ...policy,
    settings,
    filter: serverFilter(settings.select),
    unselected: compileUnselected(settings.select),
    closedKrs: closedKrs(settings),
  };
}

const unbounded = { perRun: null, perPersonPerWeek: null };

/** The bot's comments on an issue, as GitLab stores them. */
export function botNotes(sandbox: Sandbox, iid: number): Pick<Note, 'id' | 'body'>[] {
  const bot = sandbox.state.user('kr-bot').id;
  return sandbox.state
    .notes(projectId, iid)
    .filter((note) => !note.system && note.authorId === bot)
    .map(({ id, body }) => ({ id, body }));
}
