import { afterEach, expect, test } from '@jest/globals';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { botNotes, brokenKr, projectId, runOn, startWorld } from '../helpers/world.ts';

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

test('hostile texts: no quick action runs, nobody is mentioned who should not be', async () => {
  const hostile = nasty.map((text, index) => ({
    ...brokenKr,
    title: `${text} FY27 Q4 KR${index + 1} ${text}`.replace(/[\r\n]+/g, ' '),
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
  sandbox = await startWorld(hostile);
  const { summary } = await runOn(sandbox);
  expect(summary.totals.errors).toBe(0);
  for (const index of nasty.keys()) {
    const iid = index + 1;
    const issue = sandbox.state.issue(projectId, iid);
    expect(issue.state).toBe('opened');
    const notes = botNotes(sandbox, iid);
    expect(notes).toHaveLength(1);
    expect(notes[0]?.body.match(/<!-- kr-hygiene/g)).toHaveLength(1);
  }
  for (const user of ['mallory', 'bo.lee', 'carol']) {
    const told = [...sandbox.state.mailsTo(user), ...sandbox.state.todosOf(user)];
    expect({ user, told }).toEqual({ user, told: [] });
  }
  const settled = sandbox.countWrites();
  await runOn(sandbox);
  expect(sandbox.countWrites()).toBe(settled);
});
