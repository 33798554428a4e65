import { afterEach, expect, test } from '@jest/globals';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { botNotes, perfectKr, projectId, runOn, startWorld } from '../helpers/world.ts';

let sandbox: Sandbox;
afterEach(async () => sandbox.close());

const fix = ['match-issue-due-date', 'require-overall-dri', 'no-template-leftovers'] as const;

const faulty = {
  ...perfectKr,
  assignees: [],
  dueDate: '2026-12-31',
  description: `${perfectKr.description.replace('@bo.lee', '@ann')}\n- etc.\n\nKeep   this\u00a0line.\t\n`,
};

test('without the opt-in nothing of an issue is touched', async () => {
  sandbox = await startWorld([faulty]);
  const { subjects } = await runOn(sandbox);
  expect(subjects[0]?.actions.map(({ type }) => type)).toEqual(['create-note', 'update-labels']);
  expect(sandbox.state.issue(projectId, 1).description).toBe(faulty.description);
});

test.each([
  ['bounded first comments', { newComments: { perRun: 40, perPersonPerWeek: 2 } }],
  ['no bound', { newComments: { perRun: null, perPersonPerWeek: null } }],
])(
  'due date, assignee and leftovers are put right, and the comment says so (%s)',
  async (_name, reminders) => {
    sandbox = await startWorld([faulty]);
    const options = { settings: { fix }, reminders };
    const dry = await runOn(sandbox, { ...options, apply: false });
    const { subjects } = await runOn(sandbox, options);
    const types = subjects[0]?.actions.map(({ type }) => type);
    expect(types).toEqual(dry.subjects[0]?.actions.map(({ type }) => type));
    expect(types?.toSorted()).toEqual([
      'create-note',
      'edit-description',
      'update-assignees',
      'update-due-date',
      'update-labels',
    ]);
    const issue = sandbox.state.issue(projectId, 1);
    expect(issue).toMatchObject({
      dueDate: '2027-01-22',
      description: faulty.description.replace('- etc.\n', ''),
    });
    const body = botNotes(sandbox, 1)[0]?.body ?? '';
    expect(body).toContain('🔧 I set the due date of this issue to 2027-01-22');
    expect(body).toContain('🔧 I assigned this issue to `ann`');
    expect(body).toContain('🔧 I removed leftovers');
    expect(body).toMatch(/^✅ Nothing left to do/);
    const before = sandbox.countWrites();
    const again = await runOn(sandbox, options);
    expect(again.subjects[0]?.actions).toEqual([]);
    expect(sandbox.countWrites()).toBe(before);
  },
);

test('an issue that was changed since it was read is left to the next run', async () => {
  sandbox = await startWorld([faulty]);
  const late = `${faulty.description}\nA word that came late.\n`;
  let touched = false;
  const { subjects } = await runOn(sandbox, {
    settings: { fix },
    wrap: (writer) => ({
      ...writer,
      editIssue: async (...args) => {
        const result = await writer.editIssue(...args);
        if (!touched) sandbox.state.editIssue('ann', projectId, 1, { description: late });
        touched = true;
        return result;
      },
    }),
  });
  expect(subjects[0]?.actions.map(({ type, outcome }) => `${type}: ${outcome}`)).toEqual([
    'update-due-date: applied',
    'update-assignees: unchanged',
    'edit-description: unchanged',
    'create-note: unchanged',
    'update-labels: unchanged',
  ]);
  expect(sandbox.state.issue(projectId, 1).description).toBe(late);
});
