import { afterEach, expect, test } from '@jest/globals';
import { createGateway, type Gateway } from '../../src/gitlab/gateway.ts';
import { GatewayError } from '../../src/model/errors.ts';
import type { IssueWriter } from '../../src/model/ports.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { botNotes, botToken, brokenKr, perfectKr, projectId, runOn, startWorld } from '../helpers/world.ts';

let sandbox: Sandbox;
afterEach(async () => sandbox.close());

const backlog = [perfectKr, brokenKr, { ...brokenKr, title: 'FY27 Q4 KR3 (Key Care) Third' }];

/** Dies at the n-th write, before or after the server acted: from then on nothing leaves the machine. */
function dyingAt(nth: number, when: 'before' | 'after'): (writer: IssueWriter) => IssueWriter {
  let writes = 0;
  const dead = (): never => {
    throw new GatewayError('unreachable', 'killed', { fatal: true, outcome: 'unknown' });
  };
  const mortal = async <T>(write: () => Promise<T>): Promise<T> => {
    writes += 1;
    if (writes > nth || (writes === nth && when === 'before')) return dead();
    const answer = await write();
    return writes >= nth ? dead() : answer;
  };
  return (writer) => ({
    editIssue: (...args) => mortal(() => writer.editIssue(...args)),
    createNote: (...args) => mortal(() => writer.createNote(...args)),
    updateNote: (...args) => mortal(() => writer.updateNote(...args)),
    deleteNote: (...args) => mortal(() => writer.deleteNote(...args)),
    changeLabels: (...args) => mortal(() => writer.changeLabels(...args)),
  });
}

async function settledState(): Promise<unknown> {
  const undisturbed = await startWorld(backlog);
  await runOn(undisturbed);
  const state = stateOf(undisturbed);
  await undisturbed.close();
  return state;
}

function stateOf(world: Sandbox): unknown {
  return backlog.map((_, index) => ({
    notes: botNotes(world, index + 1).map((note) => note.body),
    labels: world.state.labels(projectId, index + 1).toSorted(),
  }));
}

test.each(['before', 'after'] as const)(
  'a run killed %s any write leaves at most one comment, and the next run makes all well',
  async (when) => {
    const wanted = await settledState();
    for (let nth = 1; ; nth += 1) {
      sandbox = await startWorld(backlog);
      await runOn(sandbox, { wrap: dyingAt(nth, when) }).catch((error: unknown) => {
        if (!(error instanceof GatewayError)) throw error;
      });
      const died = sandbox.countWrites();
      for (const index of backlog.keys()) expect(botNotes(sandbox, index + 1).length).toBeLessThanOrEqual(1);
      await runOn(sandbox);
      expect(stateOf(sandbox)).toEqual(wanted);
      const settled = sandbox.countWrites();
      await runOn(sandbox);
      expect(sandbox.countWrites()).toBe(settled);
      await sandbox.close();
      // The first n at which nothing was left to do for the second run: every write has had its turn.
      if (died === settled && nth > settled) break;
      expect(nth).toBeLessThan(50);
    }
    sandbox = await startWorld([]);
  },
);

test('two runs at the same time end with one comment each', async () => {
  for (let round = 0; round < 5; round += 1) {
    sandbox = await startWorld(backlog);
    await Promise.all([runOn(sandbox), runOn(sandbox)]);
    for (const index of backlog.keys()) expect(botNotes(sandbox, index + 1).length).toBe(index === 0 ? 0 : 1);
    await runOn(sandbox);
    expect(stateOf(sandbox)).toEqual(await settledState());
    await sandbox.close();
  }
  sandbox = await startWorld([]);
});

test('a list that does not know yet of our comments (a lagging replica) makes no third one', async () => {
  sandbox = await startWorld([brokenKr]);
  await runOn(sandbox);
  const [nudge] = botNotes(sandbox, 1);
  sandbox.state.addNote('kr-bot', projectId, 1, nudge?.body as string);
  const gateway = createGateway({ url: sandbox.url, token: botToken });
  const lagging: Gateway = {
    ...gateway,
    reader: {
      ...gateway.reader,
      async *issues(source, filter) {
        for await (const issue of gateway.reader.issues(source, filter))
          yield { ...issue, userNotesCount: 0 };
      },
    },
  };
  const { summary } = await runOn(sandbox, { gateway: lagging });
  expect(summary.totals.errors).toBe(0);
  expect(botNotes(sandbox, 1)).toEqual([nudge]);
});
