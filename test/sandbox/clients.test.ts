import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { Gitlab } from '@gitbeaker/rest';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { smallWorld } from './world.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({
    seed: smallWorld(
      Array.from({ length: 35 }, (_, n) => ({
        title: `Issue ${n + 1}`,
        author: 'owner',
        labels: ['KR'],
        createdAt: new Date(Date.UTC(2026, 10, 1 + Math.floor(n / 3))).toISOString(),
      })),
    ),
  });
});
afterEach(() => sandbox.close());

test('gitbeaker drives the sandbox: list, page, create, edit, label', async () => {
  const api = new Gitlab({ host: sandbox.url, token: 'bot' });
  expect((await api.Users.showCurrentUser()).username).toBe('bot');
  expect((await api.PersonalAccessTokens.show()).scopes).toEqual(['api']);
  const project = await api.Projects.show('top/one');
  expect(project.id).toBe(1);

  const offset = await api.Issues.all({ projectId: 'top/one', perPage: 10, labels: 'KR', state: 'opened' });
  expect(offset).toHaveLength(35);
  const keyset = await api.Issues.all({
    projectId: 1,
    pagination: 'keyset',
    orderBy: 'created_at',
    sort: 'asc',
    perPage: 10,
  });
  expect(keyset.map((issue) => issue.iid)).toEqual(offset.map((issue) => issue.iid).reverse());
  const { paginationInfo } = await api.Issues.all({ projectId: 1, perPage: 10, page: 1, showExpanded: true });
  expect(paginationInfo).toMatchObject({ total: 35, next: 2, totalPages: 4 });
  expect(await api.Issues.all({ groupId: 'top', iids: [1, 2] })).toHaveLength(3);
  expect(await api.Issues.all({ projectId: 1, not: { labels: 'KR' } })).toEqual([]);

  const note = await api.IssueNotes.create(1, 1, 'Hello @developer\n\nA + B & C = "d"');
  expect(note.body).toBe('Hello @developer\n\nA + B & C = "d"');
  expect((await api.IssueNotes.edit(1, 1, note.id, { body: 'Edited' })).body).toBe('Edited');
  expect((await api.IssueNotes.all(1, 1, { sort: 'asc', perPage: 100 })).map((entry) => entry.id)).toEqual([
    note.id,
  ]);

  const issue = await api.Issues.edit(1, 1, {
    addLabels: 'review',
    dueDate: '2026-12-24',
    stateEvent: 'close',
  });
  expect(issue).toMatchObject({ labels: ['KR', 'review'], due_date: '2026-12-24', state: 'closed' });
  expect(await api.IssueLabelEvents.all(1, 1)).toHaveLength(1);
  expect((await api.ProjectLabels.all(1)).map((label) => label.name)).toContain('review');
  expect(await api.ProjectMembers.all(1, { includeInherited: true })).toHaveLength(7);

  const thread = await api.IssueDiscussions.create(1, 1, 'A thread');
  expect((await api.IssueDiscussions.addNote(1, 1, thread.id, 'A reply')).type).toBe('DiscussionNote');
  await api.IssueNotes.remove(1, 1, note.id);
  await expect(api.IssueNotes.show(1, 1, note.id)).rejects.toThrow('404 Note Not Found');
});

const python = '/usr/bin/python3';
const hasPython = spawnSync(python, ['-c', 'import gitlab']).status === 0;
if (!hasPython) process.stderr.write("\nSKIPPED: Debian's python3-gitlab is not installed.\n\n");

(hasPython ? test : test.skip)("Debian's python3-gitlab drives the sandbox", async () => {
  const { stdout } = await promisify(execFile)(python, ['test/sandbox/python-gitlab.py', sandbox.url, 'bot']);
  expect(JSON.parse(stdout)).toEqual({
    user: 'bot',
    project: 'top/one',
    offset: 35,
    keyset: 35,
    total: 35,
    group: 36,
    created: 'Hello from another language, @developer',
    edited: 'Edited',
    comments: ['Edited'],
    labels: ['KR', 'review'],
    due: '2026-12-24',
    state: 'closed',
    events: ['add'],
    label_names: ['KR', 'from-python', 'priority::high', 'priority::low', 'review'],
    members: 7,
    thread: 2,
    gone: 404,
    wrong_token: 401,
  });
});
