import { afterEach, describe, expect, test } from '@jest/globals';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { botNotes, brokenKr, perfectKr, projectId, runOn, startWorld } from '../helpers/world.ts';

let sandbox: Sandbox;
afterEach(async () => sandbox.close());

const labelsOf = (iid: number): string[] => sandbox.state.labels(projectId, iid).toSorted();

describe('a KR from its first night to its last', () => {
  test('the first run writes one comment and the labels', async () => {
    sandbox = await startWorld([perfectKr, brokenKr]);
    const { summary } = await runOn(sandbox);
    expect(summary.totals).toMatchObject({ subjects: 2, clean: 1, findings: 1, errors: 0 });
    expect(labelsOf(1)).toEqual(['KR', 'kr-hygiene::ok']);
    expect(labelsOf(2)).toEqual(['KR', 'kr-hygiene::needs-attention']);
    expect(botNotes(sandbox, 1)).toEqual([]);
    expect(botNotes(sandbox, 2)).toHaveLength(1);
    expect(botNotes(sandbox, 2)[0]?.body).toContain('@ann');
  });

  test('the second run writes nothing', async () => {
    sandbox = await startWorld([perfectKr, brokenKr]);
    await runOn(sandbox);
    const before = sandbox.countWrites();
    const { summary } = await runOn(sandbox);
    expect(sandbox.countWrites()).toBe(before);
    expect(summary.totals.actions).toEqual({ planned: 0, applied: 0, unchanged: 0, failed: 0, waiting: 0 });
  });

  test('what was fixed is named, all fixed is one line, broken again is told again', async () => {
    sandbox = await startWorld([brokenKr]);
    await runOn(sandbox);
    const [first] = botNotes(sandbox, 1);

    const half = brokenKr.description.replace('`add here`', '2026-12-11');
    sandbox.state.editIssue('ann', projectId, 1, { description: half });
    await runOn(sandbox);
    const [second] = botNotes(sandbox, 1);
    expect(second?.id).toBe(first?.id);
    expect(second?.body).toContain('✅ Fixed: Milestone 1 (Due Date).');

    sandbox.state.editIssue('ann', projectId, 1, { description: perfectKr.description });
    await runOn(sandbox);
    const [third] = botNotes(sandbox, 1);
    expect(third?.id).toBe(first?.id);
    const visible = third?.body.replace(/<!--.*?-->/s, '').trim();
    expect(visible?.split('\n')).toHaveLength(1);
    expect(labelsOf(1)).toEqual(['KR', 'kr-hygiene::ok']);

    sandbox.state.editIssue('ann', projectId, 1, { description: brokenKr.description });
    await runOn(sandbox);
    const [fourth] = botNotes(sandbox, 1);
    expect(fourth?.id).toBe(first?.id);
    expect(fourth?.body).toContain('Milestone 1');
    expect(labelsOf(1)).toEqual(['KR', 'kr-hygiene::needs-attention']);
    expect(botNotes(sandbox, 1)).toHaveLength(1);
  });

  test('a deleted comment stays away', async () => {
    sandbox = await startWorld([{ ...brokenKr, createdAt: '2026-11-02T08:00:00Z' }]);
    await runOn(sandbox);
    sandbox.state.deleteNote('carol', projectId, 1, botNotes(sandbox, 1)[0]?.id as number);
    await runOn(sandbox);
    expect(botNotes(sandbox, 1)).toEqual([]);
  });

  test("another user's note with our marker is left alone and does not count as ours", async () => {
    sandbox = await startWorld([brokenKr]);
    await runOn(sandbox);
    const ours = botNotes(sandbox, 1)[0];
    sandbox.state.addNote('mallory', projectId, 1, ours?.body as string);
    await runOn(sandbox);
    expect(botNotes(sandbox, 1)).toHaveLength(1);
    expect(
      sandbox.state.notes(projectId, 1).filter((note) => note.authorId === sandbox.state.user('mallory').id),
    ).toHaveLength(1);
  });

  test('without --apply the server sees nothing but GET', async () => {
    sandbox = await startWorld([perfectKr, brokenKr]);
    const { subjects } = await runOn(sandbox, { apply: false });
    expect(subjects.flatMap((subject) => subject.actions.map((action) => action.outcome))).toContain(
      'planned',
    );
    expect(new Set(sandbox.requests.map((request) => request.method))).toEqual(new Set(['GET']));
    expect(botNotes(sandbox, 2)).toEqual([]);
  });

  test('a dry run shows exactly what the run then does', async () => {
    sandbox = await startWorld([perfectKr, brokenKr]);
    const dry = await runOn(sandbox, { apply: false });
    const wet = await runOn(sandbox);
    const kinds = (result: typeof dry): unknown => result.subjects.map((s) => s.actions.map((a) => a.type));
    expect(kinds(wet)).toEqual(kinds(dry));
    expect(wet.subjects.map((subject) => subject.comment)).toEqual(
      dry.subjects.map((subject) => subject.comment),
    );
    expect(botNotes(sandbox, 2)[0]?.body).toBe(dry.subjects[1]?.comment);
  });
});
