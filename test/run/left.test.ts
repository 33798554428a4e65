import { afterEach, describe, expect, test } from '@jest/globals';
import type { PolicySettings } from '../../src/model/policy.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import {
  botNotes,
  brokenKr,
  builtInPolicy,
  now,
  passTimeUntil,
  perfectKr,
  projectId,
  type RunResult,
  runOn,
  startWorld,
  worldSeed,
} from '../helpers/world.ts';
import { createBots, startMonths } from './months/bots.ts';

let sandbox: Sandbox;
afterEach(async () => sandbox.close());

const farewell = '🏁 I no longer look after this issue, so nothing is asked here any more.';
const attention = 'kr-hygiene::needs-attention';
const old = { ...brokenKr, createdAt: '2026-11-02T08:00:00.000Z' };

async function night(
  day: string,
  { apply = true, settings = {} }: { apply?: boolean; settings?: Partial<PolicySettings> } = {},
): Promise<RunResult> {
  const at = `${day}T09:00:00.000Z`;
  passTimeUntil(sandbox, at);
  const reminders = { newComments: { perRun: 40, perPersonPerWeek: 2 }, quietFirstDays: 0 };
  return runOn(sandbox, { at, apply, reminders, settings });
}

const ours = (iid: number): string[] =>
  sandbox.state.labels(projectId, iid).filter((label) => label.startsWith('kr-hygiene'));
const words = (iid: number): string[] => botNotes(sandbox, iid).map(({ body }) => body.split('\n')[0] ?? '');
const edit = (iid: number, change: Parameters<Sandbox['state']['editIssue']>[3]): unknown =>
  sandbox.state.editIssue('carol', projectId, iid, change);

/** The night shows in a dry run what it then does, does it once, and the night after it writes nothing. */
async function once(day: string, settings: Partial<PolicySettings> = {}): Promise<RunResult> {
  const dry = await night(day, { apply: false, settings });
  const wet = await night(day, { settings });
  const told = ({ subjects }: RunResult): unknown =>
    subjects.map(({ ref, status, actions }) => [
      ref,
      status,
      actions.map(({ type, detail }) => [type, detail]),
    ]);
  expect(told(wet)).toEqual(told(dry));
  expect(wet.summary.totals.errors).toBe(0);
  const writes = sandbox.countWrites();
  await night(day, { settings });
  expect(sandbox.countWrites()).toBe(writes);
  return wet;
}

describe('what we set, we clear', () => {
  test('a closed KR keeps no label that asks, no reminder, and a comment that asks for nothing', async () => {
    sandbox = await startWorld([old, { ...perfectKr, createdAt: old.createdAt }]);
    await night('2026-11-23');
    await night('2026-11-25');
    expect(botNotes(sandbox, 1)).toHaveLength(2);
    for (const iid of [1, 2]) sandbox.state.closeIssue('carol', projectId, iid);
    await once('2026-11-26');
    expect(ours(1)).toEqual([]);
    expect(words(1)).toEqual(['🏁 This Key Result is closed, so nothing is asked here any more.']);
    expect(ours(2)).toEqual(['kr-hygiene::ok']);
    edit(1, { stateEvent: 'reopen' });
    await once('2026-11-27');
    expect(ours(1)).toEqual([attention]);
    expect(words(1)[0]).toContain('points are still open');
  });

  test('a KR that was moved leaves nothing on its closed original, and that is no error', async () => {
    const seed = worldSeed([old]);
    sandbox = await startSandbox({
      seed: { ...seed, projects: [...(seed.projects ?? []), { id: 2, path: 'sec/other', issues: [] }] },
      clock: () => new Date(now),
    });
    await night('2026-11-23');
    sandbox.state.moveIssue('carol', projectId, 1, 'sec/other');
    await once('2026-11-24');
    expect(ours(1)).toEqual([]);
    expect(words(1)).toEqual(['🏁 This Key Result is closed, so nothing is asked here any more.']);
  });

  test('also where closed KRs are not read otherwise', async () => {
    sandbox = await startWorld([old, { ...old, title: 'FY24 Q1 KR9 (Old) Rotate all old keys' }]);
    await night('2026-11-23');
    for (const iid of [1, 2]) sandbox.state.closeIssue('carol', projectId, iid);
    await once('2026-11-26', { dashboard: { quarters: 0 } });
    expect([ours(1), ours(2)]).toEqual([[], []]);
    expect(words(2)[0]).toContain('is closed');
  });

  test('a KR that loses its label or opts out', async () => {
    const { settings } = await builtInPolicy();
    sandbox = await startWorld([old, old, { ...perfectKr, createdAt: old.createdAt }]);
    await night('2026-11-23');
    sandbox.clock.advance(1_000);
    edit(1, { remove: ['KR'] });
    edit(2, { add: ['no-bot'] });
    edit(3, { remove: ['KR'] });
    await once('2026-11-24', { select: { ...settings.select, notLabels: ['no-bot'] } });
    expect([1, 2, 3].map(ours)).toEqual([[], [], []]);
    for (const iid of [1, 2]) expect(words(iid)).toEqual([farewell]);
    edit(1, { add: ['KR'] });
    await once('2026-11-25');
    expect(ours(1)).toEqual([attention]);
    expect(botNotes(sandbox, 1)).toHaveLength(1);
  });

  test('what another policy with the same token looks after is left alone', async () => {
    const { settings } = await builtInPolicy();
    sandbox = await startWorld([old, { ...old, labels: ['KR', 'infra'] }]);
    await night('2026-11-23');
    const before = [ours(2), botNotes(sandbox, 2)];
    await once('2026-11-24', { select: { ...settings.select, notLabels: ['infra'] } });
    expect([ours(2), botNotes(sandbox, 2)]).toEqual(before);
  });

  test('labels that the policy renamed are replaced', async () => {
    sandbox = await startWorld([old, { ...perfectKr, createdAt: old.createdAt }]);
    await night('2026-11-23');
    sandbox.state.addNote('ann', projectId, 2, 'A remark.');
    await once('2026-11-24', { labels: { needsAttention: 'todo', ok: 'fine', escalated: null } });
    expect(sandbox.state.labels(projectId, 1)).toEqual(['KR', 'todo']);
    expect(sandbox.state.labels(projectId, 2)).toEqual(['KR', 'fine']);
    const former = ['todo', 'fine'];
    await once('2026-11-25', { labels: { needsAttention: 'a', ok: 'b', escalated: null, former } });
    expect(sandbox.state.labels(projectId, 1)).toEqual(['KR', 'a']);
    expect(sandbox.state.labels(projectId, 2)).toEqual(['KR', 'b']);
  });
});

describe('a deleted comment is an answer', () => {
  const remove = (iid: number): void => {
    for (const { id } of botNotes(sandbox, iid)) sandbox.state.deleteNote('carol', projectId, iid, id);
  };
  const mails = (): number => sandbox.state.mailsTo('ann').length;

  test('it stays away night after night, until something else is open', async () => {
    sandbox = await startWorld([old]);
    await night('2026-11-23');
    sandbox.clock.advance(60_000);
    remove(1);
    const before = mails();
    for (const day of ['2026-11-24', '2026-11-25', '2026-11-30', '2026-12-07']) {
      const { subjects } = await once(day);
      expect(subjects[0]?.restraint).toContain('our comment was deleted');
      expect(botNotes(sandbox, 1)).toEqual([]);
      expect(ours(1)).toEqual([attention]);
    }
    expect(mails()).toBe(before);
    edit(1, { description: brokenKr.description.replace('2027-01-22', 'soon') });
    await once('2026-12-08');
    expect(botNotes(sandbox, 1)).toHaveLength(1);
    remove(1);
    await once('2026-12-09');
    expect(botNotes(sandbox, 1)).toEqual([]);
  });

  test('also where the KR was not looked after in the meantime', async () => {
    sandbox = await startWorld([old]);
    await night('2026-11-23');
    sandbox.clock.advance(60_000);
    remove(1);
    edit(1, { remove: ['KR'] });
    await once('2026-11-24');
    expect(ours(1)).toEqual([]);
    edit(1, { add: ['KR'] });
    for (const day of ['2026-11-25', '2026-11-26']) {
      await once(day);
      expect(ours(1)).toEqual([attention]);
      expect(botNotes(sandbox, 1)).toEqual([]);
    }
  });

  test('also under the user of another token, and where the labels got other names', async () => {
    sandbox = await startMonths([old]);
    const bots = createBots(sandbox);
    const { settings } = await builtInPolicy();
    const next = async (
      day: string,
      labels: PolicySettings['labels'] = settings.labels,
    ): Promise<unknown> => {
      const at = `${day}T09:00:00.000Z`;
      passTimeUntil(sandbox, at);
      const options = { gateway: bots.gateway(), settings: { labels } };
      const { subjects } = await runOn(sandbox, { at, reminders: { quietFirstDays: 0 }, ...options });
      return [bots.written(1).length, subjects[0]?.restraint?.slice(0, 23) ?? null];
    };
    const silent = [0, 'our comment was deleted'];
    bots.recreate();
    expect(await next('2026-11-23')).toEqual([1, null]);
    sandbox.clock.advance(60_000);
    for (const { id } of bots.written(1)) sandbox.state.deleteNote('carol', projectId, 1, id);
    expect(await next('2026-11-24')).toEqual(silent);
    bots.recreate();
    expect(await next('2026-11-25')).toEqual(silent);
    bots.recreate();
    const todo = { needsAttention: 'todo', ok: 'fine', escalated: null };
    expect(await next('2026-11-26', todo)).toEqual(silent);
    const renamed = { needsAttention: 'a', ok: 'b', escalated: null, former: ['todo', 'fine'] };
    for (const day of ['2026-11-27', '2026-11-30']) expect(await next(day, renamed)).toEqual(silent);
    edit(1, { description: brokenKr.description.replace('2027-01-22', 'soon') });
    expect(await next('2026-12-01', renamed)).toEqual([1, null]);
  });

  test('also where it was edited because what was fixed is open again', async () => {
    sandbox = await startWorld([old]);
    await night('2026-11-23');
    const { description, title, dueDate } = perfectKr;
    edit(1, { description, title, dueDate });
    await once('2026-11-24');
    edit(1, { description: brokenKr.description });
    await once('2026-11-25');
    sandbox.clock.advance(60_000);
    remove(1);
    for (const day of ['2026-11-26', '2026-11-27']) {
      const { subjects } = await once(day);
      expect(subjects[0]?.restraint).toContain('our comment was deleted');
      expect(botNotes(sandbox, 1)).toEqual([]);
    }
  });

  test('a milestone that becomes overdue is something new', async () => {
    sandbox = await startWorld([
      { ...old, description: old.description.replace('`add here`', '2026-12-01') },
    ]);
    await night('2026-11-23');
    remove(1);
    await once('2026-11-30');
    expect(botNotes(sandbox, 1)).toEqual([]);
    await once('2026-12-02');
    expect(botNotes(sandbox, 1)).toHaveLength(1);
  });

  test('a command asks for it again', async () => {
    sandbox = await startWorld([old]);
    await night('2026-11-23');
    remove(1);
    await once('2026-11-24');
    sandbox.state.addNote('ann', projectId, 1, 'kr: recheck');
    await once('2026-11-25');
    expect(words(1)).toHaveLength(1);
  });

  test('one that merely waits for its turn is written when it comes', async () => {
    sandbox = await startWorld([old, old, old]);
    await night('2026-11-23');
    expect(botNotes(sandbox, 3)).toEqual([]);
    await night('2026-11-30');
    expect(botNotes(sandbox, 3)).toHaveLength(1);
  });

  test('fixed and broken again, it is told of again', async () => {
    sandbox = await startWorld([old]);
    await night('2026-11-23');
    const { description, title, dueDate } = perfectKr;
    edit(1, { description, title, dueDate });
    await once('2026-11-24');
    expect(ours(1)).toEqual(['kr-hygiene::ok']);
    remove(1);
    edit(1, { description: brokenKr.description });
    await once('2026-11-25');
    expect(botNotes(sandbox, 1)).toHaveLength(1);
  });
});
