import { afterEach, expect, test } from '@jest/globals';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { brokenKr, projectId, runOn, startWorld } from '../helpers/world.ts';

let sandbox: Sandbox;
afterEach(async () => sandbox.close());

const reminders = { newComments: { perRun: 1, perPersonPerWeek: 9 }, quietFirstDays: 0 };
const second = { ...brokenKr, title: brokenKr.title.replace('KR2', 'KR3') };

/** Ann is reminded of the first KR on Wednesday, and of the second one on Thursday if nothing keeps count. */
async function remindersFor(
  away: (sandbox: Sandbox) => void,
  back?: (sandbox: Sandbox) => void,
): Promise<string[]> {
  sandbox = await startWorld([brokenKr, second]);
  const posted: string[] = [];
  const night = async (day: string): Promise<void> => {
    sandbox.clock.set(`${day}T05:00:00Z`);
    const { summary } = await runOn(sandbox, { at: `${day}T05:00:00Z`, reminders, concurrency: 1 });
    for (const { ref, whom, outcome } of summary.pings ?? [])
      if (outcome === 'applied') posted.push(`${day} ${ref} ${whom.join()}`);
  };
  for (const day of ['2026-11-23', '2026-11-24', '2026-11-25']) await night(day);
  expect(posted).toEqual(['2026-11-25 sec/okrs#1 ann']);
  sandbox.clock.advance(3_600_000);
  away(sandbox);
  await night('2026-11-26');
  back?.(sandbox);
  for (const day of ['2026-11-27', '2026-11-30']) await night(day);
  return posted.slice(1);
}

const edit = (change: Parameters<Sandbox['state']['editIssue']>[3]) => (of: Sandbox) =>
  void of.state.editIssue('carol', projectId, 1, change);

test.each([
  ['it is closed', edit({ stateEvent: 'close' }), undefined],
  ['it is closed and reopened', edit({ stateEvent: 'close' }), edit({ stateEvent: 'reopen' })],
  ['it loses its label and gets it again', edit({ remove: ['KR'] }), edit({ add: ['KR'] })],
])('a reminder counts in its week also where %s', async (_, away, back) => {
  const later = await remindersFor(away, back);
  expect(later.filter((line) => line < '2026-11-30')).toEqual([]);
  expect(later.some((line) => line.includes('#2 ann'))).toBe(true);
});
