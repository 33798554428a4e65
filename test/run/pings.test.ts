import { afterEach, describe, expect, test } from '@jest/globals';
import type { ReminderPolicy } from '../../src/model/policy.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import {
  botNotes,
  brokenKr,
  passTimeUntil,
  perfectKr,
  projectId,
  type RunResult,
  runOn,
  startWorld,
  worldSeed,
} from '../helpers/world.ts';

let sandbox: Sandbox;
afterEach(async () => sandbox.close());

const reminders: Partial<ReminderPolicy> = {
  newComments: { perRun: null, perPersonPerWeek: null },
  quietFirstDays: 0,
};
const old = { ...brokenKr, createdAt: '2026-11-02T08:00:00.000Z' };

/** The run of a day, at nine in the morning. */
async function night(day: string, more: Partial<ReminderPolicy> = {}, apply = true): Promise<RunResult> {
  const at = `${day}T09:00:00.000Z`;
  passTimeUntil(sandbox, at);
  return runOn(sandbox, { at, apply, reminders: { ...reminders, ...more } });
}

const pingsOf = (iid: number): string[] =>
  botNotes(sandbox, iid)
    .map(({ body }) => body)
    .filter((body) => body.includes('<!-- kr-hygiene 1 ping '));
const mentions = (name: string): number =>
  sandbox.state.mailsTo(name).filter(({ reason }) => reason === 'mentioned').length;
const told = ({ summary }: RunResult): string[] =>
  (summary.pings ?? []).map(({ ref, whom, on, outcome }) => `${on} ${ref} ${whom.join('+')} ${outcome}`);

/** Business days after 2026-11-23, weekends left out. */
const fortnight = ['24', '25', '26', '27', '28', '29', '30'].map((day) => `2026-11-${day}`);
const december = Array.from({ length: 14 }, (_, index) => `2026-12-${String(index + 1).padStart(2, '0')}`);

describe('reminders', () => {
  test('after 2, 5 and 10 business days, the last says so; then those above are asked; then silence', async () => {
    sandbox = await startWorld([old]);
    await night('2026-11-23');
    const days: string[] = [];
    const bodies: string[] = [];
    for (const day of [...fortnight, ...december]) {
      const result = await night(day, { escalateTo: ['carol'] });
      days.push(...told(result));
      expect(pingsOf(1).length).toBeLessThanOrEqual(1);
      if ((result.summary.pings ?? []).length > 0) bodies.push(pingsOf(1)[0] ?? '');
      const writes = sandbox.countWrites();
      await night(day, { escalateTo: ['carol'] });
      expect(sandbox.countWrites()).toBe(writes);
    }
    expect(days).toEqual([
      '2026-11-25 sec/okrs#1 ann applied',
      '2026-11-30 sec/okrs#1 ann applied',
      '2026-12-07 sec/okrs#1 ann applied',
      '2026-12-10 sec/okrs#1 carol applied',
    ]);
    expect(bodies[0]).toContain('@ann');
    expect(bodies[0]).toContain('reminder 1 of 3');
    expect(bodies[2]).toContain('last reminder');
    expect(bodies[3]).toContain('@carol');
    expect(bodies[3]).not.toContain('@ann');
    expect(bodies[3]).toContain('open in this Key Result since 2026-11-23');
    expect(mentions('ann')).toBe(4);
    expect(sandbox.state.labels(projectId, 1)).toContain('kr-hygiene::escalated');

    sandbox.state.editIssue('ann', projectId, 1, {
      description: perfectKr.description,
      title: perfectKr.title,
      dueDate: perfectKr.dueDate,
    });
    await night('2026-12-15');
    expect(pingsOf(1)[0]).toContain('✅ Settled');
    expect(sandbox.state.labels(projectId, 1)).toEqual(['KR', 'kr-hygiene::ok']);
  });

  test('a fixed issue loses its reminder; a person who just did something is left alone', async () => {
    sandbox = await startWorld([old, old]);
    await night('2026-11-23');
    sandbox.state.addNote('ann', projectId, 2, 'On it.');
    await night('2026-11-25');
    expect(pingsOf(1)).toHaveLength(1);
    sandbox.state.editIssue('ann', projectId, 1, {
      description: perfectKr.description,
      title: perfectKr.title,
      dueDate: perfectKr.dueDate,
    });
    await night('2026-11-26');
    expect(pingsOf(1)).toEqual([]);
    expect(botNotes(sandbox, 1)).toHaveLength(1);
  });

  test('one reminder a person and week, which names the others; they count as reminded of', async () => {
    sandbox = await startWorld(Array.from({ length: 5 }, () => old));
    await night('2026-11-23');
    const result = await night('2026-11-25');
    expect(told(result)).toEqual(['2026-11-25 sec/okrs#1 ann applied']);
    for (const iid of [2, 3, 4, 5]) expect(pingsOf(1)[0]).toContain(`sec/okrs#${iid}`);
    for (const day of ['2026-11-26', '2026-11-27']) expect(told(await night(day))).toEqual([]);
    expect(told(await night('2026-11-30'))).toEqual(['2026-11-30 sec/okrs#1 ann applied']);
    expect(told(await night('2026-12-07'))).toEqual(['2026-12-07 sec/okrs#1 ann applied']);
    for (const day of december.slice(7)) expect(told(await night(day))).toEqual([]);
    expect(mentions('ann')).toBe(5 + 3);
  });

  test('no one in the first days, on holidays, or during a snooze; then on the next business day', async () => {
    sandbox = await startWorld([old]);
    await night('2026-11-23');
    expect(told(await night('2026-11-25', { quietFirstDays: 5 }))).toEqual([]);
    expect(told(await night('2026-11-26', { holidays: [{ from: '2026-11-26', to: '2026-11-27' }] }))).toEqual(
      [],
    );
    expect(told(await night('2026-11-28'))).toEqual([]);
    sandbox.state.addNote('ann', projectId, 1, 'kr: snooze until 2026-12-05 because holidays');
    for (const day of ['2026-11-30', '2026-12-02', '2026-12-04']) expect(told(await night(day))).toEqual([]);
    expect(told(await night('2026-12-07'))).toEqual(['2026-12-07 sec/okrs#1 ann applied']);
  });

  test('a dry run shows what the run then does, and sends nothing but GET', async () => {
    sandbox = await startWorld([old, old, { ...old, confidential: true }]);
    await night('2026-11-23');
    const writes = sandbox.countWrites();
    const dry = await night('2026-11-25', {}, false);
    expect(sandbox.countWrites()).toBe(writes);
    const wet = await night('2026-11-25');
    const asPlanned = (text: string): string => text.replace(/"(applied|planned)"/g, '"-"');
    const actions = ({ subjects, summary }: RunResult): string =>
      asPlanned(JSON.stringify([subjects.map((subject) => subject.actions), summary.pings]));
    expect(actions(wet)).toBe(actions(dry));
    expect(dry.summary.pings).toHaveLength(1);
  });

  test('names the points that the comment names, and links to it by its plain address', async () => {
    sandbox = await startWorld([old, { ...old, description: '', assignees: ['bo.lee'] }]);
    await night('2026-11-23');
    await night('2026-11-25');
    const [ping = ''] = pingsOf(1);
    const [nudge] = botNotes(sandbox, 1);
    expect(nudge?.body).toContain('in this Key Result 3 points are still open');
    expect(ping).toContain('@ann: 3 points have been open');
    expect(ping).not.toContain('Placeholders of the template');
    expect(ping).toContain(`/work_items/1#note_${nudge?.id})`);
    expect(pingsOf(2)[0]).toContain('@bo.lee: one point has been open');
    expect(pingsOf(2)[0]).toContain('- The description is still empty.');
  });

  test('names nothing of a private project to those who have no part in it', async () => {
    const seed = worldSeed([old, old]);
    const [okrs] = seed.projects ?? [];
    for (const [visibility, members, isNamed] of [
      ['public', {}, false],
      ['private', { outsider: 'guest' }, false],
      ['private', {}, true],
    ] as const) {
      sandbox = await startSandbox({
        seed: {
          ...seed,
          users: [...(seed.users ?? []), { username: 'outsider' }],
          projects: [
            { ...okrs, path: 'sec/okrs', visibility, members },
            {
              path: 'sec/secret',
              labels: ['KR'],
              issues: [{ ...old, createdAt: '2026-11-03T08:00:00.000Z' }],
            },
          ],
        },
        clock: () => new Date('2026-11-23T09:00:00Z'),
      });
      const all = async (at: string): Promise<RunResult> => {
        sandbox.clock.set(at);
        const newComments = { perRun: 40, perPersonPerWeek: 5 };
        return runOn(sandbox, { at, sources: [{ group: 'sec' }], reminders: { ...reminders, newComments } });
      };
      await all('2026-11-23T09:00:00.000Z');
      await all('2026-11-25T09:00:00.000Z');
      const written = botNotes(sandbox, 1)
        .map(({ body }) => body)
        .join('\n');
      expect(written).toContain('sec/okrs#2');
      expect(written.includes('sec/secret')).toBe(isNamed);
      if (!isNamed) await sandbox.close();
    }
  });

  test('who fixes it in the last second is not reminded', async () => {
    sandbox = await startWorld([old]);
    await night('2026-11-23');
    let lists = 0;
    sandbox.setFaults(({ method, path }) => {
      if (method !== 'GET' || !path.endsWith('/issues/1')) return null;
      lists += 1;
      if (lists === 1)
        sandbox.state.editIssue('ann', projectId, 1, {
          description: perfectKr.description,
          title: perfectKr.title,
          dueDate: perfectKr.dueDate,
        });
      return null;
    });
    expect(told(await night('2026-11-25'))).toEqual([]);
    expect(pingsOf(1)).toEqual([]);
  });
});
