import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import {
  checkRequests,
  gitlabSchemas,
  operationOf,
  operations,
  requestProblems,
  responseProblems,
} from '../helpers/contract.ts';

const schemas = gitlabSchemas();
let sandbox: Sandbox;
const driven = new Set<string>();

/** One request; the answer must be what the slice says it is. */
async function call(method: string, path: string, body?: unknown, token = 'owner') {
  const response = await fetch(`${sandbox.url}/api/v4${path}`, {
    method,
    headers: {
      ...(token ? { 'private-token': token } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const value: unknown = text === '' ? null : JSON.parse(text);
  const pathname = `/api/v4${path.split('?')[0]}`;
  expect(responseProblems(method, pathname, response.status, value)).toEqual([]);
  if (response.ok) driven.add(operationOf(method, pathname)?.id ?? '');
  // biome-ignore lint: a test looks into answers of any shape
  return { status: response.status, body: value as never as Record<string, never> & Record<string, never>[] };
}

function matches(schema: string, value: unknown): void {
  const validate = schemas.get(schema);
  if (!validate) throw new Error(`${schema} does not compile`);
  expect({ schema, valid: validate(structuredClone(value)), errors: validate.errors ?? null }).toEqual({
    schema,
    valid: true,
    errors: null,
  });
}

beforeAll(async () => {
  sandbox = await startSandbox({
    settings: { tier: 'ultimate' },
    seed: {
      users: [{ username: 'olga' }, { username: 'gus' }],
      tokens: [
        { value: 'owner', user: 'olga' },
        { value: 'guest', user: 'gus' },
        { value: 'reader', user: 'olga', scopes: ['read_api'] },
      ],
      groups: [{ path: 'g', members: { olga: 'owner', gus: 'guest' }, labels: ['KR'] }],
      projects: [
        {
          path: 'g/p',
          formerPaths: ['g/old'],
          labels: ['bug'],
          milestones: [{ title: 'FY27 Q4', dueDate: '2027-01-31' }],
          issues: [
            {
              title: 'One',
              description: '- [x] a\n- [ ] b',
              labels: ['KR'],
              assignees: ['gus'],
              milestone: 'FY27 Q4',
              dueDate: '2027-01-31',
              notes: [{ author: 'olga', body: 'Hello', replies: [{ author: 'gus', body: 'Hi' }] }],
            },
            { title: 'Two', state: 'closed', confidential: true },
          ],
        },
        { path: 'g/archive', archived: true, issues: [{ title: 'Old' }] },
        { path: 'g/below/q' },
      ],
    },
  });
});
afterAll(() => sandbox.close());

const described = operations ? describe : describe.skip;

described('every answer of the sandbox is what the API specification says', () => {
  test('users, tokens, version', async () => {
    matches('user/basic', (await call('GET', '/user')).body);
    matches('user/basics', (await call('GET', '/users?username=gus')).body);
    await call('GET', '/users/2');
    await call('GET', '/personal_access_tokens/self', undefined, 'reader');
    await call('GET', '/version');
    matches('metadata', (await call('GET', '/metadata')).body);
    expect((await call('GET', '/user', undefined, 'nonsense')).status).toBe(401);
    expect((await call('GET', '/users/99')).status).toBe(404);
  });

  test('projects, members, labels, milestones', async () => {
    await call('GET', '/projects/g%2Fp');
    expect((await call('GET', '/projects/99')).status).toBe(404);
    matches('members', (await call('GET', '/projects/1/members/all')).body);
    matches('members', (await call('GET', '/projects/1/members')).body);
    const created = await call('POST', '/projects/1/labels', { name: 'new', color: '#ff0000' });
    expect(created.status).toBe(201);
    expect((await call('POST', '/projects/1/labels', { name: 'new', color: '#ff0000' })).status).toBe(409);
    expect((await call('POST', '/projects/1/labels', { name: 'other' })).status).toBe(400);
    expect((await call('POST', '/projects/1/labels', { name: 'x', color: 'red' }, 'guest')).status).toBe(403);
    for (const label of (await call('GET', '/projects/1/labels?with_counts=true')).body) {
      matches('labels/label_with_counts', label);
      matches('labels/project_label', label);
    }
    for (const milestone of (await call('GET', '/projects/1/milestones')).body)
      matches('milestone', milestone);
  });

  test('lists of issues', async () => {
    for (const path of ['/issues?scope=all', '/groups/g/issues', '/projects/1/issues']) {
      const { body } = await call('GET', path);
      expect(body.length).toBeGreaterThan(1);
      for (const issue of body) matches('issue', issue);
      expect((await call('GET', `${path}${path.includes('?') ? '&' : '?'}state=open`)).status).toBe(400);
    }
    const detailed = await call('GET', '/projects/1/issues?with_labels_details=true&iids[]=1');
    matches('label/basic', (detailed.body[0] as unknown as { labels: unknown[] }).labels[0]);
    await call('GET', '/projects/1/issues?pagination=keyset&order_by=created_at&sort=asc&per_page=1');
    expect((await call('GET', '/groups/nope/issues')).status).toBe(404);
    expect((await call('GET', '/projects/1/issues?pagination=keyset&order_by=priority')).status).toBe(405);
  });

  test('the projects of a group, with those of subgroups where they are asked for', async () => {
    const idsOf = async (query: string): Promise<number[]> =>
      ((await call('GET', `/groups/g/projects${query}`)).body as unknown as { id: number }[]).map(
        ({ id }) => id,
      );
    const own = await idsOf('?sort=asc');
    const all = await idsOf('?include_subgroups=true&with_shared=false&order_by=id&sort=asc');
    expect(all).toEqual(all.toSorted((a, b) => a - b));
    expect(all.length).toBeGreaterThan(own.length);
    expect(await idsOf('')).toEqual(own.toReversed());
    expect((await call('GET', '/groups/nope/projects')).status).toBe(404);
  });

  test('an issue and its links', async () => {
    matches('issue', (await call('GET', '/projects/1/issues/1')).body);
    expect((await call('GET', '/projects/1/issues/9')).status).toBe(404);
    expect((await call('GET', '/projects/1/issues/2', undefined, 'guest')).status).toBe(404);
    const put = await call('PUT', '/projects/1/issues/1', { add_labels: 'bug', due_date: '2027-01-30' });
    matches('issue', put.body);
    expect((await call('PUT', '/projects/1/issues/1', {})).status).toBe(400);
    expect((await call('PUT', '/projects/2/issues/1', { title: 'x' })).status).toBe(403);
    expect((await call('PUT', '/projects/1/issues/1', { title: 'x' }, 'reader')).status).toBe(403);
    expect((await call('GET', '/projects/1/issues/1/resource_label_events')).body).toHaveLength(1);
    const link = await call('POST', '/projects/1/issues/1/links', {
      target_project_id: 1,
      target_issue_iid: 2,
    });
    expect(link.status).toBe(201);
    const id = (link.body as unknown as { id: number }).id;
    matches('issue_link', link.body);
    await call('GET', '/projects/1/issues/1/links');
    await call('GET', `/projects/1/issues/1/links/${id}`);
    await call('DELETE', `/projects/1/issues/1/links/${id}`);
  });

  test('notes, discussions, emoji', async () => {
    matches('notes', (await call('GET', '/projects/1/issues/1/notes')).body);
    const made = await call('POST', '/projects/1/issues/1/notes', { body: 'A note' });
    expect(made.status).toBe(201);
    const note = `/projects/1/issues/1/notes/${(made.body as unknown as { id: number }).id}`;
    expect((await call('POST', '/projects/1/issues/1/notes', { body: '/label ~bug' })).status).toBe(202);
    expect((await call('POST', '/projects/1/issues/1/notes', { body: ' ' })).status).toBe(400);
    expect((await call('POST', '/projects/1/issues/1/notes', {})).status).toBe(400);
    await call('GET', note);
    matches('notes', [(await call('PUT', note, { body: 'Edited' })).body]);
    expect((await call('PUT', note, { body: 'Mine now' }, 'guest')).status).toBe(403);
    const award = await call('POST', `${note}/award_emoji`, { name: 'tada' });
    await call('GET', `${note}/award_emoji`);
    await call('DELETE', `${note}/award_emoji/${(award.body as unknown as { id: number }).id}`);
    expect((await call('DELETE', note)).status).toBe(204);
    expect((await call('DELETE', note)).status).toBe(404);
    const thread = await call('POST', '/projects/1/issues/1/discussions', { body: 'A thread' });
    const discussion = `/projects/1/issues/1/discussions/${(thread.body as unknown as { id: string }).id}`;
    const reply = await call('POST', `${discussion}/notes`, { body: 'A reply' });
    await call('GET', '/projects/1/issues/1/discussions');
    await call('GET', discussion);
    await call('PUT', discussion, { resolved: true });
    const replyPath = `${discussion}/notes/${(reply.body as unknown as { id: number }).id}`;
    await call('PUT', replyPath, { resolved: false });
    expect((await call('PUT', replyPath, { resolved: false, body: 'x' })).status).toBe(400);
    matches('notes', (await call('GET', '/projects/1/issues/1/notes')).body);
    await call('DELETE', replyPath);
  });

  test('no operation of the slice is missing', () => {
    const missing = (operations ?? []).map((entry) => entry.id).filter((id) => !driven.has(id));
    expect(missing).toEqual([]);
  });
});

described('the check of requests', () => {
  const get = (path: string, query = '') => ({ method: 'GET', path: `/api/v4${path}`, query, body: null });

  test('lets known requests pass', () => {
    expect(
      requestProblems(get('/projects/1/issues', 'labels=KR,bug&state=opened&iids[]=1&iids[]=2')),
    ).toEqual([]);
    expect(requestProblems(get('/groups/g%2Fh/issues', 'not[labels]=a&per_page=100'))).toEqual([]);
    expect(() => checkRequests(sandbox.requests.filter((record) => record.status === 200))).not.toThrow();
  });

  test('names unknown routes, parameters, values and body keys', () => {
    expect(requestProblems(get('/projects'))[0]).toContain('no operation');
    expect(requestProblems(get('/projects/1/issues', 'labelz=KR'))[0]).toContain('unknown parameter labelz');
    expect(requestProblems(get('/projects/1/issues', 'state=open'))[0]).toContain('state=open');
    const put = { method: 'PUT', path: '/api/v4/projects/1/issues/1', query: '', body: { label: 'x' } };
    expect(requestProblems(put)[0]).toContain('unknown body key label');
  });
});
