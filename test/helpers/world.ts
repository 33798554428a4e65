import { createDocuments } from '../../src/cli/documents.ts';
import { builtInRulesDir } from '../../src/config/built-in.ts';
import { loadPolicy } from '../../src/config/load-policy.ts';
import { createGateway, type Gateway } from '../../src/gitlab/gateway.ts';
import type { Note } from '../../src/model/issue.ts';
import type { IssueWriter } from '../../src/model/ports.ts';
import type { RunSummary, SubjectReport } from '../../src/model/report.ts';
import type { Policy } from '../../src/model/rule.ts';
import { run } from '../../src/run.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { IssueSeed, SandboxSeed } from '../../src/sandbox/seed.ts';

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
    'The old vault is switched off and nobody misses it.',
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
          'kr-bot': 'maintainer',
        },
      },
    ],
    projects: [{ id: projectId, path: 'sec/okrs', labels: ['KR'], issues: [...issues] }],
  };
}

export async function startWorld(issues: readonly IssueSeed[]): Promise<Sandbox> {
  return startSandbox({ seed: worldSeed(issues), clock: () => new Date(now) });
}

let builtIn: Promise<Policy> | null = null;

/** The policy of our own rules folder, loaded once a test file. */
export function builtInPolicy(): Promise<Policy> {
  builtIn ??= loadPolicy(builtInRulesDir).then((loaded) => {
    if (!loaded.ok) throw new Error(loaded.mistakes.map((mistake) => mistake.message).join('\n'));
    return loaded.policy;
  });
  return builtIn;
}

export interface RunResult {
  summary: RunSummary;
  subjects: SubjectReport[];
}

/** One whole run against a sandbox, over HTTP. `wrap` may come between the run and its writer. */
export async function runOn(
  sandbox: Sandbox,
  options: {
    apply?: boolean;
    wrap?: (writer: IssueWriter) => IssueWriter;
    gateway?: Gateway;
    at?: string;
  } = {},
): Promise<RunResult> {
  const policy = await builtInPolicy();
  const gateway =
    options.gateway ??
    createGateway({ url: sandbox.url, token: botToken, requestsPerMinute: 1e6, notesPerMinute: 1e6 });
  const subjects: SubjectReport[] = [];
  const wrap = options.wrap ?? ((writer: IssueWriter) => writer);
  const summary = await run({
    sources: [{ project: projectId }],
    policy,
    documents: createDocuments(policy),
    reader: gateway.reader,
    writer: options.apply === false ? null : wrap(gateway.writer),
    clock: () => options.at ?? now,
    requests: () => gateway.counts(),
    onSubject: (subject) => {
      subjects.push(subject);
    },
  });
  return { summary, subjects };
}

/** The bot's comments on an issue, as GitLab stores them. */
export function botNotes(sandbox: Sandbox, iid: number): Pick<Note, 'id' | 'body'>[] {
  return sandbox
    .notes(projectId, iid)
    .filter((note) => !note.system && note.author.username === 'kr-bot')
    .map(({ id, body }) => ({ id, body }));
}
