import { afterEach, expect, test } from '@jest/globals';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { fc, runs, seed } from '../helpers/random.ts';
import { botNotes, perfectKr, projectId, type RunResult, runOn, startWorld } from '../helpers/world.ts';

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
    // No one was asked for anything, so no one is thanked.
    expect(body).toMatch(/^✅ Nothing left to do: everything that is asked for is in place\.$/m);
    const before = sandbox.countWrites();
    const again = await runOn(sandbox, options);
    expect(again.subjects[0]?.actions).toEqual([]);
    expect(sandbox.countWrites()).toBe(before);
  },
);

test('a passage that someone puts back stays, and another one goes all the same', async () => {
  sandbox = await startWorld([faulty]);
  const night = async (): Promise<string> => {
    sandbox.clock.advance(86_400_000);
    await runOn(sandbox, { settings: { fix }, at: sandbox.clock.now().toISOString() });
    return botNotes(sandbox, 1)[0]?.body ?? '';
  };
  const edit = (description: string): unknown =>
    sandbox.state.editIssue('carol', projectId, 1, { description });
  const text = (): string => sandbox.state.issue(projectId, 1).description ?? '';
  expect(await night()).toContain('🔧 I removed leftovers');
  const putBack = text().replace('\n\nKeep', '\n- etc.\n\nKeep');
  edit(putBack);
  for (const body of [await night(), await night()]) {
    expect(text()).toBe(putBack);
    expect(body).not.toContain('🔧 I removed leftovers');
  }
  const question = '`what is the desired outcome of this KR? How will you measure success?`';
  edit(putBack.replace(/^(## Objective.*\n+)/m, `$1${question}\n\n`));
  expect(text()).toContain(question);
  expect(await night()).toContain('🔧 I removed leftovers');
  expect(text()).not.toContain(question);
  expect(text()).toContain('- etc.');
});

test('what was changed is told again where a KR comes back', async () => {
  sandbox = await startWorld([{ ...faulty, title: 'Alarms' }]);
  const night = async (): Promise<string> => {
    sandbox.clock.advance(86_400_000);
    await runOn(sandbox, { settings: { fix }, at: sandbox.clock.now().toISOString() });
    return botNotes(sandbox, 1)[0]?.body ?? '';
  };
  expect(await night()).toContain('🔧 I set the due date of this issue to 2027-01-22');
  sandbox.state.closeIssue('carol', projectId, 1);
  expect(await night()).toContain('🏁 This Key Result is closed');
  sandbox.state.editIssue('carol', projectId, 1, { stateEvent: 'reopen' });
  const back = await night();
  expect(back).toContain('still open');
  expect(back).toContain('🔧 I set the due date of this issue to 2027-01-22');
});

test('what someone takes back is not done again, until the text says something else', async () => {
  sandbox = await startWorld([faulty]);
  const night = async (): Promise<string> => {
    sandbox.clock.advance(86_400_000);
    await runOn(sandbox, { settings: { fix }, at: sandbox.clock.now().toISOString() });
    return botNotes(sandbox, 1)[0]?.body ?? '';
  };
  const facts = (): unknown => {
    const { dueDate, assigneeIds } = sandbox.state.issue(projectId, 1);
    return [dueDate, assigneeIds.length];
  };
  expect(await night()).toContain('🔧 I set the due date');
  expect(facts()).toEqual(['2027-01-22', 1]);
  sandbox.state.editIssue('carol', projectId, 1, { dueDate: '2027-01-29', assigneeIds: [] });
  for (let nights = 0; nights < 3; nights += 1) {
    const body = await night();
    expect(body).not.toMatch(/🔧 I (?:set|assigned)/);
    expect(body).toContain('still open');
    expect(facts()).toEqual(['2027-01-29', 0]);
  }
  const { description } = sandbox.state.issue(projectId, 1);
  sandbox.state.editIssue('carol', projectId, 1, {
    description: (description ?? '').replaceAll('2027-01-22', '2027-01-21'),
  });
  expect(await night()).toContain('🔧 I set the due date of this issue to 2027-01-21');
  expect(facts()).toEqual(['2027-01-21', 0]);
});

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

const anyKr = fc
  .record({
    assignees: fc.constantFrom<string[]>([], [], ['ann'], ['bo.lee', 'mallory']),
    dueDate: fc.constantFrom(null, '2026-12-31', '2027-01-22', '2026-11-01'),
    first: fc.constantFrom('2026-11-13', '2026-12-04', 'soon', '`add here`', '12/04/2026', '~~Nov 3~~ Nov 4'),
    last: fc.constantFrom('2027-01-22', '2026-12-18', 'TBD'),
    dri: fc.constantFrom('@ann', '@ann', '@ann', '@bo.lee', '@left', '`@ann`', 'the team', ''),
    leftovers: fc.subarray([
      '- etc.',
      '`what is the desired outcome of this KR?`',
      '- [ ] Milestone 3: `add here`',
    ]),
    isConfidential: fc.boolean(),
    isLocked: fc.boolean(),
  })
  .map(({ assignees, dueDate, first, last, dri, leftovers, isConfidential, isLocked }) => ({
    ...perfectKr,
    assignees,
    dueDate,
    confidential: isConfidential,
    discussionLocked: isLocked,
    description: [
      perfectKr.description
        .replace('2026-11-13', first)
        .replace('2027-01-22', last)
        .replaceAll(/@ann|@bo\.lee/g, dri),
      ...leftovers,
    ].join('\n'),
  }));

test(`a dry run shows the fixes that are made: random states (SEED=${seed})`, async () => {
  const krs = fc.sample(anyKr, { numRuns: Math.max(12, runs(200)), seed });
  sandbox = await startWorld(
    krs.map((kr, index) => ({
      ...kr,
      title: `FY27 Q4 KR${index + 1} (Key Care) Rotate ${index + 10} signing keys`,
    })),
  );
  const rules = fc.sample(fc.subarray([...fix]), { numRuns: 3, seed });
  const kinds = new Set<string>();
  for (const [night, allowed] of [[...fix], ...rules].entries()) {
    const at = new Date(Date.parse('2026-11-23T09:00:00Z') + night * 86_400_000).toISOString();
    sandbox.clock.set(at);
    const options = { at, settings: { fix: allowed }, concurrency: 1, reminders: { quietFirstDays: 0 } };
    const before = sandbox.countWrites();
    const dry = await runOn(sandbox, { ...options, apply: false });
    expect(sandbox.countWrites()).toBe(before);
    const wet = await runOn(sandbox, options);
    expect([night, asPlanned(wet)]).toEqual([night, asPlanned(dry)]);
    for (const { actions } of wet.subjects) for (const { type } of actions) kinds.add(type);
    const writes = sandbox.countWrites();
    await runOn(sandbox, options);
    expect([night, sandbox.countWrites()]).toEqual([night, writes]);
  }
  expect([...kinds]).toEqual(
    expect.arrayContaining(['update-due-date', 'update-assignees', 'edit-description']),
  );
}, 600_000);

const asPlanned = ({ subjects, summary }: RunResult): unknown =>
  JSON.parse(
    JSON.stringify([
      subjects.map(({ ref, comment, actions }) => [ref, comment, actions]),
      summary.pings ?? [],
    ]).replaceAll('"applied"', '"planned"'),
  );
