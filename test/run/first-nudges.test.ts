import { afterEach, describe, expect, test } from '@jest/globals';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import {
  botNotes,
  brokenKr,
  perfectKr,
  projectId,
  type RunResult,
  runOn,
  startWorld,
} from '../helpers/world.ts';

let sandbox: Sandbox;
afterEach(async () => sandbox.close());

const bounds = (perRun: number | null, perPersonPerWeek: number | null) => ({
  newComments: { perRun, perPersonPerWeek },
});
const six = Array.from({ length: 6 }, (_, index) => ({
  ...brokenKr,
  createdAt: `2026-11-1${index}T08:00:00.000Z`,
}));
const inOrder = { ...perfectKr, createdAt: '2026-11-01T08:00:00.000Z' };
const firsts = ({ subjects }: RunResult): string[] =>
  subjects.map(({ actions }) => actions.find(({ type }) => type === 'create-note')?.outcome ?? '-');
const commented = (): number[] =>
  sandbox.state.issues(projectId).flatMap(({ iid }) => (botNotes(sandbox, iid).length > 0 ? [iid] : []));

describe('first comments are bounded', () => {
  test('a person is told of two KRs in the first week; labels are set all the same', async () => {
    sandbox = await startWorld([inOrder, ...six]);
    const result = await runOn(sandbox, { reminders: bounds(40, 2) });
    expect(firsts(result)).toEqual(['-', 'applied', 'applied', 'waiting', 'waiting', 'waiting', 'waiting']);
    expect(commented()).toEqual([2, 3]);
    for (const { iid } of sandbox.state.issues(projectId).slice(1)) {
      expect(sandbox.state.labels(projectId, iid)).toContain('kr-hygiene::needs-attention');
    }
    expect(result.summary.totals.actions.waiting).toBe(4);
    expect(sandbox.state.mailsTo('ann').filter(({ reason }) => reason === 'mentioned')).toHaveLength(2);
  });

  test('a dry run shows the words of those that would be written, and of no other', async () => {
    sandbox = await startWorld([inOrder, ...six]);
    const words = async (most: number | null): Promise<(string | null)[]> => {
      const { subjects } = await runOn(sandbox, { apply: false, reminders: bounds(most, null) });
      expect(subjects.filter((subject) => 'unworded' in subject)).toEqual([]);
      return subjects.map(({ comment }) => comment?.replace(/\n\n(?:When this|<!--).*/s, '') ?? null);
    };
    const all = await words(null);
    expect(all.filter((comment) => comment !== null)).toHaveLength(6);
    expect(await words(2)).toEqual([...all.slice(0, 3), null, null, null, null]);
  });

  test('a second run in the same week writes nothing; the next week brings the next two, oldest first', async () => {
    sandbox = await startWorld(six);
    await runOn(sandbox, { reminders: bounds(40, 2) });
    const writes = sandbox.countWrites();
    const again = await runOn(sandbox, { reminders: bounds(40, 2), at: '2026-11-29T23:00:00Z' });
    expect(sandbox.countWrites()).toBe(writes);
    expect(firsts(again)).toEqual(['-', '-', 'waiting', 'waiting', 'waiting', 'waiting']);
    sandbox.clock.advance(7 * 86_400_000);
    await runOn(sandbox, { reminders: bounds(40, 2), at: '2026-11-30T09:00:00Z' });
    expect(commented()).toEqual([1, 2, 3, 4]);
  });

  test('who was told, and fixed it at once, was told all the same', async () => {
    sandbox = await startWorld(six);
    await runOn(sandbox, { reminders: bounds(40, 2) });
    for (const iid of [1, 2])
      sandbox.state.editIssue('ann', projectId, iid, { description: perfectKr.description });
    await runOn(sandbox, { reminders: bounds(40, 2) });
    sandbox.clock.advance(5 * 86_400_000);
    await runOn(sandbox, { reminders: bounds(40, 2), at: '2026-11-28T09:00:00Z' });
    expect(commented()).toEqual([1, 2]);
  });

  test('whom the bot assigns gets a mail of that and one of the comment: two, in that night and for the rest of the week', async () => {
    const unassigned = {
      ...six[0],
      ...brokenKr,
      author: 'carol',
      assignees: [],
      createdAt: '2026-11-10T08:00:00Z',
    };
    const description = brokenKr.description.replace('the platform team', '@ann');
    sandbox = await startWorld([
      { ...unassigned, description },
      { ...six[1], ...brokenKr, author: 'carol' },
    ]);
    const how = { reminders: bounds(40, 2), settings: { fix: ['require-overall-dri'] as const } };
    expect(firsts(await runOn(sandbox, how))).toEqual(['applied', 'waiting']);
    expect(sandbox.state.mailsTo('ann')).toHaveLength(2);
    expect(firsts(await runOn(sandbox, { ...how, at: '2026-11-25T09:00:00Z' }))).toEqual(['-', 'waiting']);
    expect(sandbox.state.mailsTo('ann')).toHaveLength(2);
  });

  test('a run writes no more than the policy says, whomever it would tell', async () => {
    sandbox = await startWorld(six);
    expect(firsts(await runOn(sandbox, { reminders: bounds(3, null) }))).toEqual([
      'applied',
      'applied',
      'applied',
      'waiting',
      'waiting',
      'waiting',
    ]);
    await runOn(sandbox, { reminders: bounds(3, null) });
    expect(commented()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('a dry run shows what the run then does', async () => {
    sandbox = await startWorld([inOrder, ...six]);
    const dry = await runOn(sandbox, { apply: false, reminders: bounds(40, 2) });
    const wet = await runOn(sandbox, { reminders: bounds(40, 2) });
    const told = ({ subjects }: RunResult): unknown =>
      subjects.map(({ actions, comment }) => ({
        comment,
        actions: actions.map(({ type, outcome, detail }) => ({
          type,
          detail,
          outcome: outcome === 'applied' ? 'planned' : outcome,
        })),
      }));
    expect(told(wet)).toEqual(told(dry));
  });

  test('an issue that is fixed before its turn comes gets no comment', async () => {
    sandbox = await startWorld(six.slice(0, 1));
    sandbox.setFaults(({ method }) => {
      // The label is the last thing before the first comment.
      if (method === 'PUT')
        sandbox.state.editIssue('ann', projectId, 1, {
          description: perfectKr.description,
          title: perfectKr.title,
          dueDate: perfectKr.dueDate,
        });
      return null;
    });
    const { subjects } = await runOn(sandbox, { reminders: bounds(40, 2) });
    expect(commented()).toEqual([]);
    expect(subjects[0]?.actions.find(({ type }) => type === 'create-note')?.outcome).toBe('unchanged');
    expect(sandbox.state.labels(projectId, 1)).toContain('kr-hygiene::ok');
  });

  test('a first comment that cannot be written is an error of that issue only', async () => {
    sandbox = await startWorld(six.slice(0, 3));
    let posts = 0;
    sandbox.setFaults(({ method }) => {
      if (method !== 'POST') return null;
      posts += 1;
      return posts === 1 ? { kind: 'status', status: 403, acted: false } : null;
    });
    const result = await runOn(sandbox, { reminders: bounds(40, 3), concurrency: 1 });
    expect(firsts(result)).toEqual(['failed', 'applied', 'applied']);
    expect(result.subjects[0]).toMatchObject({ status: 'error' });
    expect(result.summary.totals).toMatchObject({ errors: 1, findings: 2 });
  });

  test('a shard proposes only', async () => {
    sandbox = await startWorld(six.slice(0, 2));
    const { subjects, summary } = await runOn(sandbox, { shard: { index: 1, total: 1 } });
    expect(summary.shard).toEqual({ index: 1, total: 1 });
    expect(summary.policy).toMatch(/^[0-9a-f]{16}$/);
    expect(commented()).toEqual([]);
    expect(subjects.map(({ reminder }) => reminder?.firstNudge?.mentions)).toEqual([['ann'], ['ann']]);
  });
});
