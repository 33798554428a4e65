import { afterEach, describe, expect, test } from '@jest/globals';
import type { PolicySettings, ReminderPolicy } from '../../src/model/policy.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import {
  botNotes,
  brokenKr,
  builtInPolicy,
  passTimeUntil,
  perfectKr,
  projectId,
  type RunResult,
  runOn,
  startWorld,
} from '../helpers/world.ts';

let sandbox: Sandbox;
afterEach(async () => sandbox.close());

const old = { ...brokenKr, createdAt: '2026-11-02T08:00:00.000Z' };
const soon = { ...old, assignees: ['bo.lee'] };

async function night(
  day: string,
  settings: Partial<PolicySettings> = {},
  reminders: Partial<ReminderPolicy> = {},
): Promise<RunResult> {
  const at = `${day}T09:00:00.000Z`;
  passTimeUntil(sandbox, at);
  const unbounded = { perRun: null, perPersonPerWeek: null };
  const result = await runOn(sandbox, {
    at,
    settings,
    reminders: { newComments: unbounded, quietFirstDays: 0, ...reminders },
  });
  expect(result.summary.failures).toEqual([]);
  return result;
}

const edit = (iid: number, change: Parameters<Sandbox['state']['editIssue']>[3]): unknown =>
  sandbox.state.editIssue('carol', projectId, iid, change);
const told = ({ summary }: RunResult): string[] =>
  (summary.pings ?? [])
    .filter(({ outcome }) => outcome === 'applied')
    .map(({ ref, whom, on }) => `${on} ${ref} ${whom.join('+')}`);

/** Ann is reminded of the first KR on Wednesday; of the second, which is told of on that day, on Friday at the earliest. */
async function remindedOnWednesday(settings: Partial<PolicySettings> = {}): Promise<void> {
  sandbox = await startWorld([old, { ...soon, labels: [] }]);
  await night('2026-11-23', settings);
  edit(2, { add: ['KR'], assigneeIds: [sandbox.state.user('ann').id] });
  expect(told(await night('2026-11-25', settings))).toEqual(['2026-11-25 sec/okrs#1 ann']);
}

describe('what was said this week counts, also where its issue is not looked after any more', () => {
  test.each<[string, () => unknown, Partial<PolicySettings>]>([
    ['lost its label', () => edit(1, { remove: ['KR'] }), {}],
    [
      'was closed, and closed ones are not read',
      () => edit(1, { stateEvent: 'close' }),
      { dashboard: { quarters: 0 } },
    ],
    [
      'was fixed, told so, and lost its label',
      async () => {
        const { title, description, dueDate } = perfectKr;
        edit(1, { title, description, dueDate });
        await night('2026-11-26');
        edit(1, { remove: ['KR'] });
      },
      {},
    ],
  ])('of a KR that %s', async (_, leave, settings) => {
    await remindedOnWednesday(settings);
    await leave();
    for (const day of ['2026-11-26', '2026-11-27']) expect(told(await night(day, settings))).toEqual([]);
    expect(told(await night('2026-11-30', settings))).toEqual(['2026-11-30 sec/okrs#2 ann']);
  });

  test('of a KR that opted out, or that the title does not choose any more', async () => {
    const { settings } = await builtInPolicy();
    const select = { ...settings.select, notLabels: ['no-bot'], title: '^FY' };
    for (const change of [{ add: ['no-bot'] }, { title: 'Something else' }]) {
      await remindedOnWednesday({ select });
      edit(1, change);
      for (const day of ['2026-11-26', '2026-11-27']) expect(told(await night(day, { select }))).toEqual([]);
      await sandbox.close();
    }
    await remindedOnWednesday();
  });

  test('of a KR that cannot be read this time, whoever has to do with it may have been told', async () => {
    await remindedOnWednesday();
    sandbox.setFaults(({ method, path }) =>
      method === 'GET' && path.endsWith('/issues/1/notes') ? { kind: 'status', status: 403 } : null,
    );
    for (const day of ['2026-11-26', '2026-11-27']) {
      const result = await night(day);
      expect(result.subjects[0]?.status).toBe('error');
      expect(told(result)).toEqual([]);
    }
    // Nothing happened there in the new week, so no one can have been told anything.
    const later = await night('2026-11-30');
    expect(later.subjects[0]?.status).toBe('error');
    expect(told(later)).toEqual(['2026-11-30 sec/okrs#2 ann']);
    sandbox.setFaults(null);
  });

  test('first comments too', async () => {
    const newComments = { perRun: null, perPersonPerWeek: 1 };
    sandbox = await startWorld([old, { ...old, labels: [] }, { ...old, labels: [] }]);
    await night('2026-11-23', {}, { newComments });
    edit(2, { add: ['KR'] });
    await night('2026-11-30', {}, { newComments });
    expect(botNotes(sandbox, 2)).toHaveLength(1);
    edit(2, { remove: ['KR'] });
    await night('2026-12-01', {}, { newComments });
    edit(3, { add: ['KR'] });
    for (const day of ['2026-12-02', '2026-12-04']) {
      await night(day, {}, { newComments });
      expect(botNotes(sandbox, 3)).toEqual([]);
    }
    await night('2026-12-07', {}, { newComments });
    expect(botNotes(sandbox, 3)).toHaveLength(1);
  });

  test('where that cannot be read, first comments wait and no one is reminded', async () => {
    const newComments = { perRun: null, perPersonPerWeek: 1 };
    sandbox = await startWorld([old, { ...old, labels: [] }]);
    await night('2026-11-23', {}, { newComments });
    edit(2, { add: ['KR'] });
    sandbox.setFaults(({ method, path, query }) =>
      method === 'GET' &&
      path.endsWith('/issues') &&
      query.includes('updated_after') &&
      !/(?:^|[?&])labels=/.test(query)
        ? { kind: 'status', status: 403 }
        : null,
    );
    const at = '2026-11-30T09:00:00.000Z';
    passTimeUntil(sandbox, at);
    const { subjects, summary } = await runOn(sandbox, { at, reminders: { newComments, quietFirstDays: 0 } });
    expect(summary.failures).toEqual([
      {
        source: 'reminders',
        message: expect.stringContaining('no one is reminded, and first comments wait'),
      },
    ]);
    expect(summary.pings ?? []).toEqual([]);
    expect(subjects[1]?.actions).toContainEqual(
      expect.objectContaining({ type: 'create-note', outcome: 'waiting' }),
    );
    expect(botNotes(sandbox, 2)).toEqual([]);
    sandbox.setFaults(null);
    await night('2026-12-01', {}, { newComments });
    expect(botNotes(sandbox, 2)).toHaveLength(1);
  });
});
