import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { withFolder } from '../config/helpers.ts';
import { runs } from '../helpers/random.ts';
import { botNotes, brokenKr, perfectKr, projectId } from '../helpers/world.ts';
import { type Night, night, pastsAsked, tickingWorld } from './nights.ts';

/** QUIET_KRS=10000 for a whole backlog. */
const size = Number(process.env['QUIET_KRS'] ?? runs(400));
const pages = Math.ceil(size / 100);

interface Backlog {
  sandbox: Sandbox;
  next: (apply?: boolean) => Promise<Night>;
}

/** A backlog with comments of people, after a night of writing and one on which that was looked at again. */
async function settled(file: string): Promise<Backlog> {
  const chat = { author: 'ann', body: 'On my way.' };
  const sandbox = await tickingWorld(
    Array.from({ length: size }, (_, index) => ({
      ...(index % 2 === 0 ? perfectKr : brokenKr),
      ...(index % 3 === 0 ? { notes: [chat] } : {}),
    })),
  );
  let n = -1;
  // There are more nights than a new bot is quiet by itself, and a reminder is not the quiet that this is about.
  const reminders = { newComments: { perRun: null, perPersonPerWeek: null }, quietFirstDays: 30 };
  const next = (apply = true): Promise<Night> => {
    n += 1;
    return night(sandbox, n, file, { apply, reminders });
  };
  await next();
  expect(pastsAsked((await next()).asked).length).toBeGreaterThan(0);
  return { sandbox, next };
}

/** The list of KRs, two of what carries our labels and is no KR any more; and two requests. */
const quietRequests = (): Record<string, number> => ({
  [`/projects/${projectId}/issues`]: pages + 2,
  [`/projects/${projectId}`]: 1,
  [`/projects/${projectId}/members/all`]: 1,
});

function counted(asked: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const one of asked) counts[one] = (counts[one] ?? 0) + 1;
  return counts;
}

// Each of these leaves the backlog as it should be, so they go through the nights of one, which takes long to set up.
describe('night after night', () => {
  let backlog: Backlog;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'kr-hygiene-test-'));
    backlog = await settled(path.join(folder, 'state.bin'));
  });

  afterAll(async () => {
    await backlog?.sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('a quiet night costs the list pages and two requests', async () => {
    const { next } = backlog;
    const quiet = await next();
    expect(counted(quiet.asked)).toEqual(quietRequests());
    expect(quiet.summary.totals.actions).toMatchObject({ applied: 0, failed: 0 });
    expect(counted((await next(false)).asked)).toEqual(quietRequests());
  });

  test('of 5 % that changed, theirs only is read', async () => {
    const { sandbox, next } = backlog;
    const changed = Array.from({ length: Math.ceil(size / 20) }, (_, index) => 1 + index * 20);
    for (const [index, iid] of changed.entries()) {
      if (index % 2 === 0) sandbox.state.addNote('ann', projectId, iid, 'Half of it is done.');
      else sandbox.state.editIssue('ann', projectId, iid, { dueDate: '2027-01-29' });
    }
    const { asked } = await next();
    expect(pastsAsked(asked)).toEqual(changed);
    // Of those a few got a comment, which is looked at once more.
    expect(changed).toEqual(expect.arrayContaining(pastsAsked((await next()).asked)));
    expect(counted((await next()).asked)).toEqual(quietRequests());
  });

  test('our comment edited, our comment deleted, our label taken off: noticed, and fixed where that is ours to do', async () => {
    const { sandbox, next } = backlog;
    // Even numbers have a comment of ours.
    const [edited, deleted, unlabelled] = [2, 4, 6] as const;
    const text = (iid: number): string | undefined => botNotes(sandbox, iid)[0]?.body;
    const before = { edited: text(edited), labels: sandbox.state.labels(projectId, unlabelled).sort() };
    const noteOf = (iid: number): number => botNotes(sandbox, iid)[0]?.id ?? -1;
    sandbox.state.editNote('carol', projectId, edited, noteOf(edited), `${text(edited)}\nsneaked in`);
    sandbox.state.deleteNote('carol', projectId, deleted, noteOf(deleted));
    sandbox.state.editIssue('carol', projectId, unlabelled, { labels: ['KR'] });
    const { asked } = await next();
    expect(pastsAsked(asked)).toEqual([edited, deleted, unlabelled]);
    expect(text(edited)).toBe(before.edited);
    // That somebody deletes our comment is an answer: it stays away until the findings change.
    expect(botNotes(sandbox, deleted)).toEqual([]);
    expect(sandbox.state.labels(projectId, unlabelled).sort()).toEqual(before.labels);
    // What we wrote to is looked at once more; then it is quiet again.
    expect(pastsAsked((await next()).asked)).toEqual([edited, unlabelled]);
    expect(counted((await next()).asked)).toEqual(quietRequests());
  });
});

test('an edit in the same second as our own write is noticed, although it does not move the time of the issue', async () => {
  const sandbox = await tickingWorld([brokenKr, brokenKr, brokenKr]);
  try {
    await withFolder({}, async (folder) => {
      const file = path.join(folder, 'state.bin');
      const sneak = (iid: number): void => {
        const [note] = botNotes(sandbox, iid);
        if (note !== undefined)
          sandbox.state.editNote('carol', projectId, iid, note.id, `${note.body}\nsneaked in`);
      };
      // One between our comment and our label, one after the label, one after the run.
      await night(sandbox, 0, file, {
        wrap: (writer) => ({
          ...writer,
          async changeLabels(project, iid, change) {
            if (iid === 1) sneak(1);
            const answer = await writer.changeLabels(project, iid, change);
            if (iid === 2) sneak(2);
            return answer;
          },
        }),
      });
      sneak(3);
      for (const iid of [1, 2, 3]) expect(botNotes(sandbox, iid)[0]?.body).toContain('sneaked in');
      await night(sandbox, 1, file);
      for (const iid of [1, 2, 3]) expect(botNotes(sandbox, iid)[0]?.body).not.toContain('sneaked in');
      await night(sandbox, 2, file);
      expect(pastsAsked((await night(sandbox, 3, file)).asked)).toEqual([]);
    });
  } finally {
    await sandbox.close();
  }
});
