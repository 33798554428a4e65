import Table from 'cli-table3';
import { createDocuments } from '../src/cli/documents.ts';
import { builtInRulesDir, demoRulesDir } from '../src/config/built-in.ts';
import { loadPolicy } from '../src/config/load-policy.ts';
import { createGateway } from '../src/gitlab/gateway.ts';
import type { Policy } from '../src/model/rule.ts';
import { demoGroup, demoSeed, demoToken } from '../src/sandbox/demo-seed.ts';
import { type Sandbox, startSandbox } from '../src/sandbox/sandbox.ts';
import type { SandboxSeed } from '../src/sandbox/seed.ts';
import { run } from '../src/usecases/run/run.ts';
import { benchPlanning } from './helpers/planning.ts';

/** A Monday. */
const monday = Date.parse('2026-11-23T05:00:00Z');
const people = Array.from({ length: 28 }, (_, index) => `person-${index + 1}`);

/** 129 KRs with many faults: most people have their own, a few have many, and some were opened by somebody else. */
function faultyBacklog(): SandboxSeed {
  const issues = Array.from({ length: 129 }, (_, index) => {
    const owner = people[index < 40 ? index % 4 : index % people.length] as string;
    return {
      title: `FY27 Q4 KR${(index % 9) + 1} (Area ${index}) Reduce open cases from ${index + 20} to ${index + 2}`,
      description: [
        '## Ally OKR: `link to Ally OKR record`',
        '## Objective:',
        'add objective here',
        '## Milestones',
        `- [ ] Milestone 1: Description: Count the cases Due Date: \`add here\` DRI: @${owner}`,
        '- [ ] Milestone 2: Description: `add here` Due Date: soon DRI: the team',
      ].join('\n'),
      assignees: index % 10 === 9 ? [] : [owner],
      author: index % 5 === 4 ? (people[(index + 7) % people.length] as string) : owner,
      labels: ['KR'],
      createdAt: new Date(monday - (200 - index) * 3_600_000).toISOString(),
    };
  });
  return {
    users: [...people.map((username) => ({ username })), { username: 'kr-bot', bot: true }],
    tokens: [{ value: demoToken, user: 'kr-bot', scopes: ['api'] }],
    groups: [
      {
        path: demoGroup,
        members: {
          ...Object.fromEntries(people.map((name) => [name, 'developer' as const])),
          'kr-bot': 'planner',
        },
      },
    ],
    projects: [{ id: 1, path: `${demoGroup}/okrs`, labels: ['KR'], issues }],
  };
}

async function night(sandbox: Sandbox, policy: Policy, at: string): Promise<number> {
  const gateway = createGateway({
    url: sandbox.url,
    token: demoToken,
    requestsPerMinute: 1e6,
    notesPerMinute: 1e6,
  });
  let comments = 0;
  await run({
    sources: [{ group: demoGroup }],
    policy,
    documents: createDocuments(policy),
    reader: gateway.reader,
    writer: gateway.writer,
    clock: () => at,
    requests: () => gateway.counts(),
    onSubject: ({ actions }) => {
      comments += actions.filter(
        ({ type, outcome }) => type === 'create-note' && outcome === 'applied',
      ).length;
    },
  });
  return comments;
}

interface Week {
  comments: number;
  mails: Map<number, number>;
  mentions: Map<number, number>;
  todos: number;
}

/** So many nights from Monday on, no one doing anything. */
async function week(seed: SandboxSeed, policy: Policy, nights: number): Promise<Week> {
  const sandbox = await startSandbox({ seed, clock: () => new Date(monday) });
  try {
    let comments = 0;
    for (let day = 0; day < nights; day += 1) {
      const at = new Date(monday + day * 86_400_000).toISOString();
      sandbox.clock.set(at);
      comments += await night(sandbox, policy, at);
    }
    const { mails, todos } = sandbox.state.world;
    const count = (of: typeof mails): Map<number, number> => {
      const counts = new Map<number, number>();
      for (const { userId } of of) counts.set(userId, (counts.get(userId) ?? 0) + 1);
      return counts;
    };
    const mentioned = mails.filter(({ reason }) => reason === 'mentioned');
    return { comments, mails: count(mails), mentions: count(mentioned), todos: todos.length };
  } finally {
    await sandbox.close();
  }
}

const sum = (counts: Map<number, number>): number => [...counts.values()].reduce((all, one) => all + one, 0);
const most = (counts: Map<number, number>): number => Math.max(0, ...counts.values());

/** What the bot's first week does to people, with and without bounds; and what planning costs next to reading. */
export async function benchNudges(): Promise<void> {
  const table = new Table({
    head: ['backlog', 'bounds', 'nights', 'comments', 'people', 'mails', 'most', 'most by mention', 'to-dos'],
    style: { head: [], border: [] },
  });
  for (const [name, seed, rules] of [
    ['demo', () => demoSeed(new Date(monday)), demoRulesDir],
    ['129 faulty KRs', faultyBacklog, builtInRulesDir],
  ] as const) {
    const loaded = await loadPolicy(rules);
    if (!loaded.ok) throw new Error('the rules do not load');
    const { settings } = loaded.policy;
    const none = { ...settings.reminders, newComments: { perRun: null, perPersonPerWeek: null } };
    for (const [bounds, policy, nights] of [
      ['none', { ...loaded.policy, settings: { ...settings, reminders: none } }, 1],
      ['default', loaded.policy, 1],
      ['default', loaded.policy, 7],
    ] as const) {
      const { comments, mails, mentions, todos } = await week(seed(), policy, nights);
      table.push([
        name,
        bounds,
        nights,
        comments,
        mails.size,
        sum(mails),
        most(mails),
        most(mentions),
        todos,
      ]);
    }
  }
  console.log(table.toString());
  await benchPlanning();
}
