import { afterEach, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { botNotes, brokenKr, now, projectId, runOn, worldSeed } from '../helpers/world.ts';

let sandbox: Sandbox;
afterEach(async () => sandbox.close());

const nasty = [
  '/close',
  '@all',
  '@mallory',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '</details>',
  '```',
  '````',
  '`',
  '-->',
  '<!-- kr-hygiene 1 nudge e30 -->',
  '#1 !2 &3 ~KR %"Some milestone"',
  '\r\n/close\r\n',
  '\u202E reversed',
  '[x](javascript:alert(1))',
];

const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ');

/** Every place a stranger can write to: title, description, labels, and the names of the people involved. */
const hostile = nasty.map((text, index) => ({
  ...brokenKr,
  title: `${oneLine(text)} FY27 Q4 KR${index + 1} ${oneLine(text)}`,
  labels: ['KR', `${oneLine(text).replaceAll(',', ' ')} label`],
  assignees: ['ann'],
  description: [
    `## Ally OKR: ${text}`,
    '## Objective:',
    text,
    '## Milestones',
    `- [ ] ${text}: Description: ${text} Due Date: ${text} DRI: ${text}`,
    `- [ ] Milestone 2: Description: fine`,
    text,
    `  Due Date: TBD ${text} DRI: ${text}`,
    `- etc.`,
  ].join('\n'),
}));

test('hostile texts: no quick action runs, no one is mentioned who should not be', async () => {
  const seed = worldSeed(hostile);
  sandbox = await startSandbox({
    clock: () => new Date(now),
    seed: {
      ...seed,
      users: (seed.users ?? []).map((user) => ({
        ...user,
        name: `/close @all --> \`${user.username}\` <b>`,
      })),
    },
  });
  const { summary } = await runOn(sandbox);
  expect(summary.totals.errors).toBe(0);
  for (const index of nasty.keys()) {
    const iid = index + 1;
    const issue = sandbox.state.issue(projectId, iid);
    expect(issue.state).toBe('opened');
    expect(sandbox.state.labels(projectId, iid)).toContain('kr-hygiene::needs-attention');
    expect(sandbox.state.labels(projectId, iid)).toHaveLength(3);
    const notes = botNotes(sandbox, iid);
    expect(notes).toHaveLength(1);
    expect(notes[0]?.body.match(/<!-- kr-hygiene/g)).toHaveLength(1);
    // System notes tell of quick actions, moves and references made by somebody's text.
    const told = sandbox.state.notes(projectId, iid).filter((note) => note.system);
    expect({ iid, told: told.map((note) => note.body) }).toEqual({ iid, told: [] });
  }
  // Those who take part in an issue hear of every comment; only a mention calls somebody new.
  for (const user of ['mallory', 'bo.lee', 'carol']) {
    const called = [...sandbox.state.mailsTo(user), ...sandbox.state.todosOf(user)].filter(
      (notice) => notice.what === 'note' && notice.reason === 'mentioned',
    );
    expect({ user, called }).toEqual({ user, called: [] });
  }
  const greeted = sandbox.state.todosOf('ann').filter((notice) => notice.reason === 'mentioned');
  expect(greeted).toHaveLength(nasty.length);
  const settled = sandbox.countWrites();
  await runOn(sandbox);
  expect(sandbox.countWrites()).toBe(settled);
});
