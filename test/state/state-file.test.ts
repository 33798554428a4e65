import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Issue, Note } from '../../src/model/issue.ts';
import type { Remembered } from '../../src/model/memory.ts';
import { openState, type StateFile, type StateWriter } from '../../src/state/state-file.ts';

let folder = '';
let file = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'state-'));
  file = path.join(folder, 'state.bin');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function openForWriting(target: string): Promise<StateWriter> {
  const parts: Uint8Array[] = [];
  return {
    write: (bytes) => {
      parts.push(bytes);
      return Promise.resolve();
    },
    close: async () => {
      await writeFile(`${target}.partial`, Buffer.concat(parts));
      await rename(`${target}.partial`, target);
    },
    discard: () => Promise.resolve(),
  };
}

let time = 0;

const open = (changes: { secret?: string; context?: string } = {}): Promise<StateFile> =>
  openState({
    clock: () => time,
    file,
    secret: 'glpat-secret',
    context: 'policy 1',
    openForWriting,
    ...changes,
  });

const user = { id: 7, username: 'ann', name: 'Ann' };
const issue = (id: number, changes: Partial<Issue> = {}): Issue => ({
  id,
  projectId: 1,
  iid: id,
  ref: `g/p#${id}`,
  url: `https://gitlab.example.com/g/p/-/issues/${id}`,
  title: `FY27 Q4 KR${id}`,
  description: `Text ${id}`,
  state: 'opened',
  labels: ['KR'],
  gitlabMilestone: null,
  author: user,
  assignees: [user],
  confidential: false,
  discussionLocked: false,
  dueDate: null,
  createdAt: '2026-11-01T00:00:00.000Z',
  updatedAt: '2026-11-20T00:00:00.000Z',
  userNotesCount: 2,
  issueType: 'issue',
  movedToId: null,
  ...changes,
});

const remembered = (id: number): Remembered => ({
  document: { kind: 'okr', objective: { text: `words ${id}` } } as unknown as Remembered['document'],
  activity: { comments: [], systemNotes: [], labelEvents: [], stateEvents: [] },
});

async function save(ids: readonly number[]): Promise<void> {
  await rm(file, { force: true });
  const state = await open();
  for (const id of ids) await state.keep(issue(id), remembered(id), 'settled');
  await state.save({ whole: true });
}

async function recall(one: Issue, changes: { secret?: string; context?: string } = {}) {
  const state = await open(changes);
  const found = await state.recall(one);
  await state.abandon();
  return found;
}

describe('the state file', () => {
  test('gives back what was kept, and holds no text in clear', async () => {
    await save([1, 2, 3]);
    expect(await recall(issue(2))).toEqual(remembered(2));
    expect(await recall(issue(9))).toBeNull();
    expect((await readFile(file)).includes('words 2')).toBe(false);
  });

  test.each([
    ['a comment was deleted', { userNotesCount: 1 }],
    ['a comment was edited', { updatedAt: '2026-11-21T00:00:00.000Z' }],
    ['a label was taken off', { labels: [] }],
    ['the text was changed', { description: 'other' }],
    ['it became confidential', { confidential: true }],
  ])('knows nothing when %s', async (_, changes) => {
    await save([1]);
    expect(await recall(issue(1, changes))).toBeNull();
  });

  test('what we wrote to is read once more, as soon as a change of a comment would show', async () => {
    await rm(file, { force: true });
    time = 1_000;
    const state = await open();
    await state.keep(issue(1), remembered(1), 'unsettled');
    await state.save({ whole: true });
    time = 60_999;
    expect(await recall(issue(1))).toEqual(remembered(1));
    time = 61_000;
    expect(await recall(issue(1))).toEqual({ ...remembered(1), activity: null });
    time = 0;
  });

  test('another token or another policy: nothing is known', async () => {
    await save([1]);
    expect(await recall(issue(1), { secret: 'glpat-other' })).toBeNull();
    expect(await recall(issue(1), { context: 'policy 2' })).toBeNull();
  });

  test('keeps no word of an internal note', async () => {
    const note = (internal: boolean): Note => ({
      id: internal ? 2 : 1,
      body: internal ? 'the breach of May' : 'hello',
      author: user,
      system: false,
      internal,
      createdAt: '2026-11-20T00:00:00.000Z',
      updatedAt: '2026-11-20T00:00:00.000Z',
    });
    const activity = {
      comments: [note(false), note(true)],
      systemNotes: [],
      labelEvents: [],
      stateEvents: [],
    };
    await rm(file, { force: true });
    const state = await open();
    await state.keep(issue(1), { ...remembered(1), activity }, 'settled');
    await state.save({ whole: true });
    const found = await recall(issue(1));
    expect(found?.activity?.comments.map(({ body }) => body)).toEqual(['hello', '']);
  });

  test('keeps nothing of what is confidential', async () => {
    await rm(file, { force: true });
    const state = await open();
    await state.keep(issue(1, { confidential: true }), remembered(1), 'settled');
    await state.save({ whole: true });
    expect(await recall(issue(1))).toBeNull();
  });

  test('cut short anywhere, or with any bit turned, it counts as empty or gives back what was kept', async () => {
    await save([1, 2]);
    const whole = await readFile(file);
    for (let length = 0; length < whole.length; length += 1) {
      await writeFile(file, whole.subarray(0, length));
      expect([null, 'words 1']).toContain(textOf(await recall(issue(1))));
    }
    for (let bit = 0; bit < whole.length * 8; bit += 3) {
      const flipped = Buffer.from(whole);
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
      await writeFile(file, flipped);
      expect([null, 'words 1']).toContain(textOf(await recall(issue(1))));
    }
  });

  test('a file of somebody else is refused and left as it is', async () => {
    await writeFile(file, 'my notes\n');
    await expect(open()).rejects.toThrow(/is not a state file/);
    expect(await readFile(file, 'utf8')).toBe('my notes\n');
    await rm(file);
  });

  test('what a partial run did not come to is kept, after a whole one it is forgotten', async () => {
    await save([1, 2]);
    for (const [whole, expected] of [
      [false, 'words 2'],
      [true, null],
    ] as const) {
      const state = await open();
      await state.keepAsIs(issue(1));
      await state.save({ whole });
      expect(textOf(await recall(issue(1)))).toBe('words 1');
      expect(textOf(await recall(issue(2)))).toBe(expected);
    }
  });
});

function textOf(found: Remembered | null): string | null {
  return (found?.document as unknown as { objective: { text: string } } | undefined)?.objective.text ?? null;
}
