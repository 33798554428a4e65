import { afterEach, expect, test } from '@jest/globals';
import { checkRequests, operationOf } from '../helpers/contract.ts';
import {
  benchOn,
  closeAll,
  failureOf,
  manyIssues,
  OPEN,
  readIssues,
  sandboxWith,
  seedOf,
} from './helpers/instance.ts';

afterEach(closeAll);

test('every request of the gateway is an operation of the API slice, with known parameters', async () => {
  const notes = manyIssues(150).map(({ title }) => ({ author: 'ann', body: title }));
  const same = { createdAt: '2026-02-01T00:00:00.000Z' };
  const seed = seedOf([{ title: 'First', notes }, ...manyIssues(120), ...manyIssues(220, same)], {
    formerPaths: ['old/place'],
    milestones: [{ title: 'M' }],
  });
  const sandbox = await sandboxWith({ seed });
  const bench = benchOn(sandbox.url);
  const { reader, writer } = bench.gateway;
  const filter = {
    ...OPEN,
    labels: ['KR', 'a b'],
    notLabels: ['review', 'x'],
    milestone: 'M',
    confidential: true,
    createdAfter: '2026-01-01T00:00:00+02:00',
    createdBefore: '2026-12-01T00:00:00Z',
    updatedAfter: '2026-01-01T00:00:00Z',
  };
  await reader.currentUser();
  await reader.tokenInfo();
  await reader.project('sec/okrs');
  await reader.project('old/place');
  for await (const page of reader.projectsOf('sec')) expect(page.length).toBeGreaterThan(0);
  await readIssues(bench);
  await readIssues(bench, { project: 'sec/okrs' }, filter);
  await readIssues(bench, { group: 'sec' });
  await readIssues(bench, { group: 5 }, { ...filter, state: 'all' });
  sandbox.settings.version = '16.11.0';
  await readIssues(bench, { project: 7 }, { ...OPEN, state: 'closed' });
  await readIssues(bench, { project: 7 });
  await reader.issue(7, 1);
  await reader.notes(7, 1);
  await reader.members(7);
  await reader.labels(7);
  const { id } = await writer.createNote(7, 2, 'hello');
  await writer.updateNote(7, 2, id, 'bye');
  await writer.deleteNote(7, 2, id);
  await writer.changeLabels(7, 2, { add: ['KR'], remove: ['review'] });
  sandbox.state.project(7).archived = true;
  await failureOf(writer.createNote(7, 2, 'hello'));

  expect(sandbox.requests.length).toBeGreaterThan(20);
  checkRequests(sandbox.requests);
  const used = new Set(sandbox.requests.map(({ method, path }) => operationOf(method, path)?.template));
  const list = [...used].map(String).sort();
  expect(list).toEqual([
    '/api/v4/groups/{id}/issues',
    '/api/v4/groups/{id}/projects',
    '/api/v4/personal_access_tokens/self',
    '/api/v4/projects/{id}',
    '/api/v4/projects/{id}/issues',
    '/api/v4/projects/{id}/issues/{issue_iid}',
    '/api/v4/projects/{id}/issues/{issue_iid}/notes',
    '/api/v4/projects/{id}/issues/{issue_iid}/notes/{note_id}',
    '/api/v4/projects/{id}/labels',
    '/api/v4/projects/{id}/members/all',
    '/api/v4/user',
  ]);
});

test('the past of an issue is read by operations of the API slice, but for state events, which it does not have', async () => {
  const notes = manyIssues(150).map(({ title }) => ({ author: 'ann', body: title }));
  const seed = seedOf([{ title: 'First', notes, createdAt: '2026-01-01T00:00:00Z' }]);
  const sandbox = await sandboxWith({ seed });
  sandbox.state.editIssue('ann', 7, 1, { add: ['review'], dueDate: '2026-02-01' });
  sandbox.state.closeIssue('ann', 7, 1);
  const [note] = sandbox.state.notes(7, 1);
  note?.awards.push({ id: 1, name: 'eyes', userId: 11, createdAt: Date.parse('2026-01-03T00:00:00Z') });
  const { reader } = benchOn(sandbox.url).gateway;
  sandbox.resetLog();
  const activity = await reader.activity(7, 1);
  const reactions = await reader.reactions(7, 1, note?.id ?? 0);
  expect(activity.comments).toHaveLength(150);
  expect(activity.systemNotes.map(({ body }) => body)).toEqual(['changed due date to February 1, 2026']);
  expect(activity.labelEvents).toMatchObject([{ action: 'add', label: 'review', user: { username: 'ann' } }]);
  expect(activity.stateEvents).toMatchObject([{ state: 'closed', user: { username: 'ann' } }]);
  expect(activity.untold ?? []).toEqual([]);
  expect(reactions).toMatchObject([{ name: 'eyes', user: { id: 11, username: 'ann' } }]);

  const isStates = ({ path }: { path: string }): boolean => path.endsWith('/resource_state_events');
  const requests = [...sandbox.requests];
  expect(requests.filter(isStates)).not.toEqual([]);
  checkRequests(requests.filter((request) => !isStates(request)));
  // When the slice has them, they are to be held against it like the rest.
  const states = requests.find(isStates);
  expect(operationOf('GET', states?.path ?? '')).toBeUndefined();
  const used = new Set(
    requests
      .filter((request) => !isStates(request))
      .map(({ method, path }) => operationOf(method, path)?.template),
  );
  expect([...used].map(String).sort()).toEqual([
    '/api/v4/projects/{id}/issues/{issue_iid}/notes',
    '/api/v4/projects/{id}/issues/{issue_iid}/notes/{note_id}/award_emoji',
    '/api/v4/projects/{id}/issues/{issue_iid}/resource_label_events',
  ]);
});
