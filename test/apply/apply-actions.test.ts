import { describe, expect, test } from '@jest/globals';
import { applyActions, plannedOutcomes } from '../../src/apply/apply-actions.ts';
import type { Action, Outcome } from '../../src/model/action.ts';
import { GatewayError } from '../../src/model/errors.ts';
import { nudgesIn } from '../../src/model/nudge-note.ts';
import { fc, runs } from '../helpers/random.ts';
import { aFinding, aNote, anIssue, bot, labels, plan } from '../plan/helpers.ts';
import {
  clientOf,
  type FakeGitLab,
  type FakeOptions,
  type Fault,
  fakeGitLab,
  Killed,
  somebody,
} from './fake-gitlab.ts';

const broken = [aFinding()];

function context(gitlab: FakeGitLab) {
  return {
    issue: { projectId: 1, iid: 12 },
    reader: gitlab.reader,
    writer: gitlab.writer,
    owner: { userId: bot.id },
  };
}

/** One run: plan from what the server has now, then apply. */
async function runOnce(server: FakeGitLab, options: FakeOptions = {}, findings = broken): Promise<Outcome[]> {
  const gitlab = clientOf(server, options);
  const issue = anIssue({ labels: [...server.labels], userNotesCount: server.notes.length });
  const notes = structuredClone(server.notes);
  return applyActions(plan({ issue, findings, notes }).actions, context(gitlab));
}

const create: Action = {
  type: 'create-note',
  body: plan({ findings: broken }).comment ?? '',
  detail: 'write',
};

describe('one run', () => {
  test('does what was planned, in order, and says so', async () => {
    const server = fakeGitLab();
    const outcomes = await runOnce(server);
    expect(outcomes.map(({ type, outcome }) => [type, outcome])).toEqual([
      ['create-note', 'applied'],
      ['update-labels', 'applied'],
    ]);
    // Two requests about the label tell later that the comment was written.
    expect(server.log).toEqual(['read', 'create', 'read', 'labels', 'labels', 'labels', 'labels']);
    expect(server.labels).toEqual(['KR', labels.needsAttention]);
    expect(await runOnce(server)).toEqual([]);
  });

  test('a dry run reports the plan', () => {
    expect(plannedOutcomes([create])).toEqual([{ type: 'create-note', outcome: 'planned', detail: 'write' }]);
  });

  test('a failed step ends it: labels never say more than the comment', async () => {
    const server = fakeGitLab();
    const outcomes = await runOnce(server, { faults: ['none', 'refused'] });
    expect(outcomes).toMatchObject([
      { type: 'create-note', outcome: 'failed', detail: expect.stringContaining('GitLab said no') },
      { type: 'update-labels', outcome: 'failed', detail: expect.stringContaining('not tried') },
    ]);
    expect(server.labels).toEqual(['KR']);
  });

  test('a comment that vanished before its update is named, not written anew', async () => {
    const action: Action = { type: 'update-note', noteId: 3, body: 'x', detail: 'update' };
    expect(await applyActions([action], context(fakeGitLab()))).toMatchObject([
      { outcome: 'failed', detail: expect.stringContaining('gone') },
    ]);
  });

  test('a label that GitLab drops in silence is named', async () => {
    const gitlab = fakeGitLab({ unknownLabels: ['x::y'] });
    const action: Action = { type: 'update-labels', add: ['x::y'], remove: [], detail: 'add x::y' };
    expect(await applyActions([action], context(gitlab))).toMatchObject([
      { outcome: 'failed', detail: expect.stringContaining('x::y') },
    ]);
  });

  test('a fatal error ends the whole run', async () => {
    const gitlab = fakeGitLab();
    gitlab.reader.notes = () =>
      Promise.reject(new GatewayError('unauthorized', 'bad token', { fatal: true }));
    await expect(applyActions([create], context(gitlab))).rejects.toThrow('bad token');
  });
});

describe('a create that GitLab did not confirm', () => {
  test('is found when it was carried out', async () => {
    const server = fakeGitLab();
    expect(await runOnce(server, { faults: ['none', 'lost-after'] })).toMatchObject([
      { outcome: 'applied' },
      {},
    ]);
    expect(server.log.filter((name) => name === 'create')).toHaveLength(1);
    expect(server.notes).toHaveLength(1);
  });

  test('is repeated once when it was not', async () => {
    const server = fakeGitLab();
    expect(await runOnce(server, { faults: ['none', 'lost-before'] })).toMatchObject([
      { outcome: 'applied' },
      {},
    ]);
    expect(server.notes).toHaveLength(1);
  });

  test('is looked for only after a moment, when it may have arrived late', async () => {
    const server = fakeGitLab({ faults: ['none', 'lost-late'] });
    const settle = () => Promise.resolve(server.late.splice(0).forEach((act) => act()));
    expect(await applyActions([create], { ...context(server), settle })).toMatchObject([
      { outcome: 'applied' },
    ]);
    expect(server.log).toEqual(['read', 'create', 'read', 'read']);
    expect(server.notes).toHaveLength(1);
  });

  test.each(['timeout-late', '504-late'] as const)(
    'is not repeated while GitLab may still be at it: %s',
    async (fault) => {
      const server = fakeGitLab();
      expect(await runOnce(server, { faults: ['none', fault] })).toMatchObject([{ outcome: 'failed' }, {}]);
      for (const act of server.late) act();
      expect(server.notes).toHaveLength(1);
      expect(await runOnce(server)).toMatchObject([{ type: 'update-labels', outcome: 'applied' }]);
      expect(server.notes).toHaveLength(1);
    },
  );
});

describe('other runs and other people', () => {
  test('a comment that another run wrote meanwhile is taken over', async () => {
    const server = fakeGitLab();
    await runOnce(server);
    expect(await applyActions([create], context(server))).toMatchObject([{ outcome: 'unchanged' }]);
    expect(await applyActions([{ ...create, body: `${create.body}\nx` }], context(server))).toMatchObject([
      { outcome: 'applied', detail: expect.stringContaining('was there already') },
    ]);
    expect(server.notes).toHaveLength(1);
  });

  test('a stranger’s note with our marker is neither ours nor touched', async () => {
    const server = fakeGitLab();
    server.notes.push(aNote({ id: 1, author: somebody, body: create.body }));
    await runOnce(server);
    expect(server.notes).toHaveLength(2);
    expect(server.notes[0]).toMatchObject({ id: 1, author: somebody });
  });

  test('when the second look fails, that is said: there might be two', async () => {
    const server = fakeGitLab();
    const outcomes = await runOnce(server, { faults: ['none', 'none', 'refused'] });
    expect(outcomes).toMatchObject([
      { type: 'create-note', outcome: 'applied' },
      { type: 'delete-note', outcome: 'failed' },
      { type: 'update-labels', outcome: 'failed' },
    ]);
  });
});

test('two or three runs at once, in any order of their requests: one comment when all have ended', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 3 }), async (scheduler, count) => {
      const server = fakeGitLab();
      const turn = () => scheduler.schedule(Promise.resolve());
      const all = Promise.all(Array.from({ length: count }, () => runOnce(server, { turn })));
      await scheduler.waitFor(all);
      expect(nudgesIn(server.notes, { userId: bot.id })).toHaveLength(1);
      expect(server.labels).toEqual(['KR', labels.needsAttention]);
      expect(await runOnce(server)).toEqual([]);
    }),
    { numRuns: runs(500) },
  );
});

const faults = fc.array(
  fc.constantFrom<Fault>(
    'none',
    'none',
    'none',
    'refused',
    'lost-before',
    'lost-after',
    'timeout',
    'timeout-late',
    '504-late',
    'killed',
  ),
  { maxLength: 6 },
);

test('whatever fails, wherever a run dies: at most one comment, and one clean run puts all right', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ faults, isBroken: fc.boolean(), deletes: fc.boolean() }), {
        minLength: 1,
        maxLength: 6,
      }),
      async (runs) => {
        const server = fakeGitLab();
        for (const { isBroken, deletes, ...options } of runs) {
          if (deletes) server.notes.pop();
          await runOnce(server, options, isBroken ? broken : []).catch((error: unknown) => {
            if (!(error instanceof Killed)) throw error;
          });
          for (const act of server.late.splice(0)) lateOrGone(act);
          expect(nudgesIn(server.notes, { userId: bot.id }).length).toBeLessThanOrEqual(1);
        }
        const last = runs.at(-1)?.isBroken === true ? broken : [];
        await runOnce(server, {}, last);
        const issue = anIssue({ labels: server.labels, userNotesCount: server.notes.length });
        expect(plan({ issue, findings: last, notes: server.notes }).actions).toEqual([]);
        expect(await runOnce(server, {}, last)).toEqual([]);
      },
    ),
    { numRuns: runs(2_000) },
  );
});

function lateOrGone(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
  }
}
