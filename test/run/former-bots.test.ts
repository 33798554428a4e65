import { expect, test } from '@jest/globals';
import { brokenKr, projectId, runOn } from '../helpers/world.ts';
import { createBots, startMonths } from './months/bots.ts';

const reminders = { newComments: { perRun: 40, perPersonPerWeek: 2 }, quietFirstDays: 0, holidays: [] };

test('a bot that the policy does not name is known by its note: adopted, or followed without a greeting', async () => {
  const sandbox = await startMonths([brokenKr]);
  try {
    const bots = createBots(sandbox);
    const night = async (at: string): Promise<void> => {
      sandbox.clock.set(at);
      await runOn(sandbox, { at, reminders, concurrency: 1, gateway: bots.gateway() });
    };
    const mails = (): number => sandbox.state.mailsTo('ann').length;
    // Of the users of the months only these have names that GitLab gives to tokens.
    bots.recreate();
    await night('2026-11-23T09:00:00Z');
    const [first] = bots.nudges(1);
    const before = mails();
    bots.recreate();
    await night('2026-11-24T09:00:00Z');
    // A Planner, who may not edit it.
    expect([bots.written(1).length, mails() - before]).toEqual([2, 1]);
    expect(bots.nudges(1)[0]?.body).toMatch(/^Hello `ann`/);
    bots.recreate();
    await night('2026-11-25T09:00:00Z');
    // A Maintainer keeps the latest and clears the other; the reminder is due.
    expect(bots.nudges(1)).toHaveLength(1);
    expect(bots.written(1).map(({ id }) => id)).not.toContain(first?.id);
    const writes = sandbox.countWrites();
    await night('2026-11-26T09:00:00Z');
    expect(sandbox.countWrites()).toBe(writes);
  } finally {
    await sandbox.close();
  }
});

test('under new tokens an issue keeps its memory: no one is greeted or reminded twice', async () => {
  const sandbox = await startMonths([brokenKr]);
  try {
    const bots = createBots(sandbox);
    const night = async (at: string): Promise<void> => {
      sandbox.clock.set(at);
      const options = { gateway: bots.gateway(), settings: { formerBots: bots.former() } };
      await runOn(sandbox, { at, reminders, concurrency: 1, ...options });
    };
    const mentions = (): number =>
      sandbox.state.mailsTo('ann').filter(({ reason, what }) => reason === 'mentioned' && what === 'note')
        .length;
    await night('2026-11-23T09:00:00Z');
    await night('2026-11-25T09:00:00Z');
    expect(mentions()).toBe(2);
    const [first] = bots.nudges(1);
    // A Maintainer keeps the comment of the user before.
    bots.recreate();
    await night('2026-11-26T09:00:00Z');
    expect(bots.written(1).filter(({ id }) => id === first?.id)).toHaveLength(1);
    expect([bots.nudges(1).length, bots.pings(1).length, mentions()]).toEqual([1, 1, 2]);
    // A Planner may not edit it and writes one of its own, which mentions no one again.
    bots.recreate();
    await night('2026-11-27T09:00:00Z');
    expect([bots.nudges(1).length, bots.written(1).length, mentions()]).toEqual([1, 3, 2]);
    expect(bots.nudges(1)[0]?.body).toMatch(/^Hello `ann`/);
    // The second reminder, under this user; the first is known from the comment of the user before.
    await night('2026-11-30T09:00:00Z');
    expect([bots.pings(1).length, mentions()]).toEqual([1, 3]);
    expect(bots.pings(1)[0]?.body).toContain('This is reminder 2 of 3');
    // The next Maintainer keeps the comment that knows of both, and removes the rest.
    const [second] = bots.nudges(1);
    bots.recreate();
    await night('2026-12-01T09:00:00Z');
    expect([bots.nudges(1).map(({ id }) => id), bots.pings(1).length, mentions()]).toEqual([
      [second?.id],
      1,
      3,
    ]);
    await night('2026-12-07T09:00:00Z');
    expect(bots.pings(1)[0]?.body).toContain('This is my last reminder');
  } finally {
    await sandbox.close();
  }
});

test('what a bot said whose comment cannot be taken over counts in its week', async () => {
  const sandbox = await startMonths([
    brokenKr,
    { ...brokenKr, labels: [], createdAt: '2026-09-01T08:00:00.000Z' },
  ]);
  try {
    const bots = createBots(sandbox);
    const once = { ...reminders, newComments: { perRun: 40, perPersonPerWeek: 1 } };
    const night = async (at: string): Promise<void> => {
      sandbox.clock.set(at);
      await runOn(sandbox, { at, reminders: once, concurrency: 1, gateway: bots.gateway() });
    };
    bots.recreate();
    await night('2026-11-30T09:00:00Z');
    // A Planner, who may not edit what the user before wrote.
    bots.recreate();
    sandbox.state.editIssue('carol', projectId, 2, { add: ['KR'] });
    await night('2026-12-01T09:00:00Z');
    expect(bots.written(2)).toEqual([]);
    await night('2026-12-07T09:00:00Z');
    expect(bots.nudges(2)).toHaveLength(1);
  } finally {
    await sandbox.close();
  }
});
