import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { SandboxSettings } from '../../src/sandbox/settings.ts';
import { nextLink, send, sendAll } from '../helpers/sandbox-client.ts';
import { smallWorld } from './world.ts';

let sandbox: Sandbox;
async function begin(settings: Partial<SandboxSettings> = {}): Promise<void> {
  sandbox = await startSandbox({
    settings,
    seed: smallWorld([
      {
        title: 'Alpha',
        author: 'owner',
        assignees: ['developer'],
        labels: ['KR', 'priority::low'],
        dueDate: '2026-11-30',
        createdAt: '2026-11-01T00:00:00Z',
        description: 'needle',
      },
      { title: 'Beta', author: 'guest', labels: ['KR'], state: 'closed', createdAt: '2026-11-02T00:00:00Z' },
      {
        title: 'Gamma',
        author: 'owner',
        type: 'incident',
        labels: ['KR'],
        createdAt: '2026-11-03T00:00:00Z',
      },
      {
        title: 'Delta',
        author: 'owner',
        confidential: true,
        createdAt: '2026-11-04T00:00:00Z',
        notes: [{ author: 'owner', body: 'needle' }],
      },
    ]),
  });
  sandbox.clock.set('2026-11-21T12:00:00Z');
}
beforeEach(() => begin());
afterEach(() => sandbox.close());

const get = (path: string, token: string | null = 'bot') => send(sandbox, token, 'GET', path);
const put = (token: string, body: unknown, path = '/projects/1/issues/1') =>
  send(sandbox, token, 'PUT', path, body);
const titles = async (query: string, token = 'bot', path = '/projects/1/issues') =>
  ((await get(`${path}?${query}`, token)).body as { title: string }[]).map((issue) => issue.title);

describe('filters', () => {
  test.each([
    ['', 'Delta Gamma Beta Alpha'],
    ['sort=asc', 'Alpha Beta Gamma Delta'],
    ['labelz=KR&label=x&assignee=x&or[label_name][]=x', 'Delta Gamma Beta Alpha'],
    ['labels=KR&state=opened&issue_type=issue', 'Alpha'],
    ['labels=kr', ''],
    ['labels=KR,priority::low', 'Alpha'],
    ['labels=None', 'Delta'],
    ['labels=Any&state=closed', 'Beta'],
    ['not[labels]=KR', 'Delta'],
    ['not[labels][]=KR', 'Delta'],
    ['assignee_id=None&state=opened', 'Delta Gamma'],
    ['assignee_username=developer', 'Alpha'],
    ['author_username=guest', 'Beta'],
    ['author_username=nobody-at-all', ''],
    ['due_date=month', 'Alpha'],
    ['due_date=overdue', ''],
    ['due_date=0', 'Delta Gamma Beta'],
    ['iids[]=1&iids[]=3', 'Gamma Alpha'],
    ['search=needle', 'Alpha'],
    ['search=needle&in=title', ''],
    ['created_after=2026-11-03T00:00:00Z', 'Delta Gamma'],
    ['created_after=2026-11-03T01:00:00%2B01:00', 'Delta Gamma'],
    ['confidential=true', 'Delta'],
    ['scope=created_by_me', ''],
    ['order_by=title&sort=asc', 'Alpha Beta Delta Gamma'],
    ['order_by=due_date&sort=asc', 'Alpha Beta Gamma Delta'],
  ])('%s', async (query, expected) => {
    expect((await titles(query)).join(' ')).toBe(expected);
  });

  test.each([
    ['state=open', 'state does not have a valid value'],
    ['sort=up', 'sort does not have a valid value'],
    ['issue_type=epic', 'issue_type does not have a valid value'],
    ['author_id=ann', 'author_id is invalid'],
    ['created_after=yesterday', 'created_after is invalid'],
    ['created_after=2026-11-03T01:00:00+01:00', 'created_after is invalid'],
    ['confidential=maybe', 'confidential is invalid'],
    ['due_date=2026-11-30', 'due_date does not have a valid value'],
    ['milestone_id=12', 'milestone_id does not have a valid value'],
    ['author_id=1&author_username=owner', 'author_id, author_username are mutually exclusive'],
    ['assignee_username[]=a&assignee_username[]=b', 'assignee_username allows one value, but found 2: a, b'],
    ['per_page=many', 'per_page is invalid'],
  ])('%s is a 400', async (query, error) => {
    const answer = await get(`/projects/1/issues?${query}`);
    expect([answer.status, answer.body]).toEqual([400, { error }]);
  });

  test('the three lists and their defaults', async () => {
    expect(await titles('', 'owner', '/issues')).toEqual(['In two', 'Delta', 'Gamma', 'Alpha']);
    expect(await titles('scope=all', 'bot', '/issues')).toHaveLength(5);
    expect(await titles('', 'bot', '/groups/top/issues')).toHaveLength(5);
    expect((await get('/issues', null)).status).toBe(401);
    expect((await get('/issues?scope=all', null)).body).toEqual([]);
    sandbox.state.project(2).archived = true;
    expect(await titles('', 'bot', '/groups/top/issues')).toHaveLength(4);
    expect(await titles('non_archived=false', 'bot', '/groups/top/issues')).toHaveLength(5);
    expect(await titles('', 'bot', '/projects/2/issues')).toHaveLength(1);
  });
});

describe('the issue object', () => {
  test('keys of a paid tier are absent below it; labels in detail on request; subscribed on the single issue', async () => {
    const [free] = (await get('/projects/1/issues?iids=1&with_labels_details=true')).body;
    expect(free).not.toHaveProperty('weight');
    expect(free).not.toHaveProperty('subscribed');
    expect(free.labels[0]).toMatchObject({ name: 'KR', archived: false });
    await sandbox.close();
    await begin({ tier: 'ultimate', timeZone: '+02:00', version: '17.0.0' });
    const issue = (await get('/projects/1/issues/1')).body;
    expect(issue).toMatchObject({
      weight: null,
      health_status: null,
      created_at: '2026-11-01T02:00:00.000+02:00',
    });
    expect(issue.web_url).toBe(`${sandbox.url}/top/one/-/issues/1`);
    expect(issue.subscribed).toBe(false);
  });

  test('the web address of newer versions is another, and opens', async () => {
    const { web_url: url } = (await get('/projects/1/issues/1')).body;
    expect(url).toBe(`${sandbox.url}/top/one/-/work_items/1`);
    expect((await fetch(url)).status).toBe(200);
  });

  test('addressing: iid, path with %2F, and 404 for a bare slash', async () => {
    expect((await get('/projects/top%2Fsub%2Ftwo/issues/1')).body.title).toBe('In two');
    const wrong = await get('/projects/top/one/issues/1');
    expect([wrong.status, wrong.body]).toEqual([404, { error: '404 Not Found' }]);
    const text = await get('/projects/1/issues/first');
    expect([text.status, text.body]).toEqual([400, { error: 'issue_iid is invalid' }]);
  });
});

test('weight is a filter on paid tiers only', async () => {
  expect(await titles('weight=3')).toHaveLength(4);
  sandbox.settings.tier = 'premium';
  expect(await titles('weight=3')).toEqual([]);
  sandbox.state.editIssue('owner', 1, 1, { weight: 3 });
  expect(await titles('weight=3')).toEqual(['Alpha']);
  expect(await titles('weight=None')).toHaveLength(3);
});

test('the picture of the world has no ids and no times', () => {
  sandbox.state.addNote('owner', 1, 1, 'Hello');
  expect(sandbox.state.picture()[0]).toEqual({
    ref: 'top/one#1',
    title: 'Alpha',
    description: 'needle',
    state: 'opened',
    labels: ['KR', 'priority::low'],
    assignees: ['developer'],
    dueDate: '2026-11-30',
    notes: [{ author: 'owner', body: 'Hello' }],
  });
});

describe('updating', () => {
  test('needs a parameter; closing twice is a success', async () => {
    const nothing = await put('bot', { labelz: 'x' });
    expect([nothing.status, nothing.body.error]).toEqual([
      400,
      expect.stringContaining('at least one parameter'),
    ]);
    expect((await put('bot', { state_event: 'close' })).body.closed_by.username).toBe('bot');
    expect((await put('bot', { state_event: 'close' })).status).toBe(200);
    expect((await put('bot', { state_event: 'shut' })).status).toBe(400);
  });

  test('labels: replace, add, remove, and remove wins', async () => {
    expect((await put('bot', { add_labels: 'review', remove_labels: 'review,unknown' })).body.labels).toEqual(
      ['KR', 'priority::low'],
    );
    expect((await put('bot', { add_labels: ['review'] })).body.labels).toContain('review');
    expect((await put('bot', { labels: '' })).body.labels).toEqual([]);
    const events = (await get('/projects/1/issues/1/resource_label_events')).body;
    expect(events.map((event: { action: string }) => event.action)).toEqual([
      'add',
      'remove',
      'remove',
      'remove',
    ]);
  });

  test('case counts: another spelling is another label, created where the role may, else dropped in silence', async () => {
    expect((await put('bot', { add_labels: 'REVIEW' })).body.labels).toContain('REVIEW');
    const labels = (await get('/projects/1/labels')).body as { name: string; is_project_label: boolean }[];
    expect(labels.find((label) => label.name === 'REVIEW')?.is_project_label).toBe(true);
    sandbox.settings.createLabelRole = 30;
    const dropped = await put('bot', { add_labels: 'brand-new' });
    expect([dropped.status, dropped.body.labels.includes('brand-new')]).toEqual([200, false]);
    expect((await put('developer', { add_labels: 'brand-new' })).body.labels).toContain('brand-new');
  });

  test('scoped labels exclude each other on paid tiers only', async () => {
    expect((await put('bot', { add_labels: 'priority::high' })).body.labels).toEqual([
      'KR',
      'priority::high',
      'priority::low',
    ]);
    await sandbox.close();
    await begin({ tier: 'premium' });
    expect((await put('bot', { add_labels: 'priority::high' })).body.labels).toEqual([
      'KR',
      'priority::high',
    ]);
    expect((await put('bot', { add_labels: 'priority::high,priority::low' })).body.labels).toEqual([
      'KR',
      'priority::low',
    ]);
  });

  test('one assignee at most on Free; several on paid tiers; [0] and [] unassign', async () => {
    const [one, two] = [sandbox.state.user('owner').id, sandbox.state.user('guest').id];
    expect((await put('bot', { assignee_ids: [one, two] })).body.assignees).toHaveLength(1);
    expect((await put('bot', { assignee_ids: [0] })).body.assignees).toEqual([]);
    await sandbox.close();
    await begin({ tier: 'premium' });
    expect((await put('bot', { assignee_ids: [one, two] })).body.assignees).toHaveLength(2);
    expect(sandbox.state.mailsTo('guest')[0]).toMatchObject({ what: 'assignment', reason: 'assigned' });
    expect((await put('bot', { assignee_ids: [] })).body.assignees).toEqual([]);
  });

  test('rights: a guest changes title and text of their own, the rest is dropped; others get 403', async () => {
    const own = await put('guest', { title: 'New', add_labels: 'review' }, '/projects/1/issues/2');
    expect([own.status, own.body.title, own.body.labels]).toEqual([200, 'New', ['KR']]);
    expect((await put('guest', { title: 'New' })).status).toBe(403);
    expect((await put('planner', { due_date: '2026-12-01' })).body.due_date).toBe('2026-12-01');
    expect((await put('planner', { due_date: '' })).body.due_date).toBeNull();
  });
});

describe('what is not there for everyone', () => {
  test('confidential issues: Planner and above, author, assignees', async () => {
    expect(await titles('', 'guest')).not.toContain('Delta');
    const hidden = await get('/projects/1/issues/4', 'guest');
    expect([hidden.status, hidden.body]).toEqual([404, { message: '404 Not found' }]);
    expect(await titles('', 'planner')).toContain('Delta');
  });

  test('missing, hidden and anonymous look alike', async () => {
    const answers = await Promise.all([
      get('/projects/77'),
      get('/projects/1', 'stranger'),
      get('/projects/1', null),
    ]);
    for (const { status, body } of answers)
      expect([status, body]).toEqual([404, { message: '404 Project Not Found' }]);
  });

  test('archived: read-only; issues switched off: 403', async () => {
    sandbox.state.project(1).archived = true;
    expect((await get('/projects/1/issues/1')).status).toBe(200);
    expect((await put('owner', { title: 'x' })).body).toEqual({ message: '403 Forbidden' });
    expect((await send(sandbox, 'owner', 'POST', '/projects/1/issues/1/notes', { body: 'x' })).status).toBe(
      403,
    );
    sandbox.state.project(2).issuesEnabled = false;
    expect((await get('/projects/2/issues')).status).toBe(403);
    expect((await get('/projects/2/issues/1')).status).toBe(403);
  });

  test('a renamed project: 301 to GET with a plain text, 405 to the rest', async () => {
    sandbox.state.renameProject(1, 'top/renamed');
    const moved = await get('/projects/top%2Fone/issues/1');
    expect(moved.status).toBe(301);
    expect(moved.headers.get('location')).toBe(`${sandbox.url}/api/v4/projects/1/issues/1`);
    expect(moved.headers.get('content-type')).toContain('text/plain');
    const refused = await put('bot', { title: 'x' }, '/projects/top%2Fone/issues/1');
    expect([refused.status, refused.body]).toEqual([
      405,
      { error: 'Non GET methods are not allowed for moved projects' },
    ]);
  });

  test('a moved issue: a new one, and the old one closed with the global id of the new', async () => {
    const moved = sandbox.state.moveIssue('owner', 1, 1, 2);
    const old = (await get('/projects/1/issues/1')).body;
    expect(old).toMatchObject({ state: 'closed', moved_to_id: moved.id });
    expect((await get(`/projects/2/issues/${moved.iid}`)).body).toMatchObject({
      title: 'Alpha',
      state: 'opened',
    });
  });
});

describe('tokens', () => {
  test.each([
    ['unknown', 401, { message: '401 Unauthorized' }],
    ['revoked', 401, { error: 'invalid_token', error_description: expect.stringContaining('revoked') }],
    ['expired', 401, { error: 'invalid_token', error_description: expect.stringContaining('expired') }],
  ])('%s', async (kind, status, body) => {
    await sandbox.close();
    const user = 'bot';
    sandbox = await startSandbox({
      clock: () => new Date('2026-11-21T00:00:00Z'),
      seed: {
        users: [{ username: user }],
        tokens: [
          { value: 'revoked', user, revoked: true },
          { value: 'expired', user, expiresAt: '2026-11-21' },
        ],
      },
    });
    expect(await get('/user', kind)).toMatchObject({ status, body });
  });

  test('scopes: read_api reads, api writes, granular says a bare 403; a project token sees one project', async () => {
    await sandbox.close();
    const seed = smallWorld([{ title: 'One' }]);
    sandbox = await startSandbox({
      seed: {
        ...seed,
        tokens: [
          { value: 'read', user: 'bot', scopes: ['read_api'], expiresAt: '2099-01-01' },
          { value: 'none', user: 'bot', scopes: ['read_repository'] },
          { value: 'fine', user: 'bot', scopes: ['granular'], permissions: ['read'] },
          { value: 'single', user: 'bot', kind: 'project', project: 'top/one' },
        ],
      },
    });
    expect((await get('/projects/1/issues', 'read')).status).toBe(200);
    expect((await put('read', { title: 'x' })).body).toMatchObject({
      error: 'insufficient_scope',
      scope: 'api',
    });
    expect((await get('/projects/1/issues', 'none')).status).toBe(403);
    expect((await put('fine', { title: 'x' })).body).toEqual({ message: '403 Forbidden' });
    expect((await get('/projects/1', 'single')).status).toBe(200);
    expect((await get('/projects/2', 'single')).status).toBe(404);
    expect((await get('/groups/top/issues', 'single')).status).toBe(404);
    const self = (await get('/personal_access_tokens/self', 'read')).body;
    expect(self).toMatchObject({
      scopes: ['read_api'],
      active: true,
      revoked: false,
      expires_at: '2099-01-01',
    });
    expect(
      (await send(sandbox, null, 'GET', '/user', undefined, { authorization: 'Bearer read' })).status,
    ).toBe(200);
    expect((await send(sandbox, null, 'GET', '/user', undefined, { 'job-token': 'read' })).status).toBe(401);
    expect(JSON.stringify(sandbox.requests)).not.toContain('Bearer');
  });

  test('members are inherited with their highest role; direct ones alone on request', async () => {
    const all = (await get('/projects/2/members/all')).body as { username: string; access_level: number }[];
    expect(all.find((member) => member.username === 'planner')?.access_level).toBe(15);
    expect((await get('/projects/2/members')).body).toEqual([]);
    expect((await get('/user')).body.bot).toBe(true);
  });
});

describe('pages', () => {
  const many = async (settings: Partial<SandboxSettings> = {}) => {
    await sandbox.close();
    sandbox = await startSandbox({
      settings,
      seed: smallWorld(
        Array.from({ length: 250 }, (_, n) => ({
          title: `Issue ${n + 1}`,
          author: 'owner',
          createdAt: new Date(Date.UTC(2026, 0, 1, 0, Math.floor(n / 3))).toISOString(),
        })),
      ),
    });
  };

  test('offset: 20 by default, 100 at most, links and totals', async () => {
    await many();
    const first = await get('/projects/1/issues');
    expect(first.body).toHaveLength(20);
    expect(first.headers.get('x-total')).toBe('250');
    expect(first.headers.get('x-next-page')).toBe('2');
    const last = await get('/projects/1/issues?per_page=500&page=3');
    expect(last.body).toHaveLength(50);
    expect([last.headers.get('x-per-page'), last.headers.get('x-next-page')]).toEqual(['100', '']);
    expect(nextLink(last)).toBeNull();
    expect(last.headers.get('link')).toContain('rel="prev"');
    expect(await sendAll(sandbox, 'bot', '/projects/1/issues?per_page=70&labels=')).toHaveLength(250);
  });

  test('above the limit of counting there are no totals and no last page', async () => {
    await many({ totalsLimit: 249 });
    const first = await get('/projects/1/issues?per_page=100');
    expect(first.headers.get('x-total')).toBeNull();
    expect(first.headers.get('link')).not.toContain('rel="last"');
    expect(nextLink(first)).not.toBeNull();
  });

  test('past the offset cap: 405, for project issues of versions with keyset', async () => {
    await many({ offsetLimit: 100 });
    expect((await get('/projects/1/issues?per_page=100&page=2')).status).toBe(200);
    const capped = await get('/projects/1/issues?per_page=100&page=3');
    expect(capped.status).toBe(405);
    expect(capped.body.error).toMatch(
      /^Offset pagination has a maximum allowed offset of 100 for requests that return/,
    );
    expect((await get('/groups/top/issues?per_page=100&page=3')).status).toBe(200);
    sandbox.settings.version = '18.2.0';
    expect((await get('/projects/1/issues?per_page=100&page=3')).status).toBe(200);
  });

  test.each(['created_at', 'updated_at', 'title', 'id', 'due_date'])(
    'keyset by %s meets everything once',
    async (order) => {
      await many();
      for (const sort of ['asc', 'desc']) {
        const query = `pagination=keyset&order_by=${order}&sort=${sort}&per_page=40`;
        const rows = (await sendAll(sandbox, 'bot', `/projects/1/issues?${query}`)) as { id: number }[];
        expect(new Set(rows.map((row) => row.id)).size).toBe(250);
        expect(rows).toHaveLength(250);
      }
    },
  );

  test('keyset: no totals, no link at the end, 405 for other orders, not for groups, not before 18.3', async () => {
    await many();
    const query = 'pagination=keyset&order_by=created_at&sort=asc&per_page=100';
    const first = await get(`/projects/1/issues?${query}`);
    expect(first.headers.get('x-total')).toBeNull();
    expect(nextLink(first)).toContain('cursor=');
    expect((await get('/projects/1/issues?pagination=keyset&order_by=priority')).status).toBe(405);
    expect((await get(`/projects/1/issues?${query}&cursor=nonsense`)).status).toBe(400);
    expect((await get(`/groups/top/issues?${query}`)).headers.get('x-total')).toBe('251');
    sandbox.settings.version = '18.2.9';
    expect((await get(`/projects/1/issues?${query}`)).headers.get('x-total')).toBe('250');
  });

  test('offset pages lose what an update moves away; seeking by created_at does not', async () => {
    await many();
    const seen = new Set<number>();
    for (let page = 1; page <= 3; page++) {
      const { body } = await get(`/projects/1/issues?order_by=updated_at&sort=asc&per_page=100&page=${page}`);
      for (const issue of body as { iid: number }[]) seen.add(issue.iid);
      if (page === 1)
        for (const iid of [1, 2, 3]) sandbox.state.editIssue('owner', 1, iid, { title: 'Touched' });
    }
    expect(seen.size).toBe(247);
    const sought = new Set<number>();
    for (let after = ''; ; ) {
      const query = `order_by=created_at&sort=asc&per_page=100${after && `&created_after=${after}`}&state=opened`;
      const rows = (await get(`/projects/1/issues?${query}`)).body as { iid: number; created_at: string }[];
      const before = sought.size;
      for (const issue of rows) sought.add(issue.iid);
      if (sought.size === before || rows.length < 100) break;
      sandbox.state.closeIssue('owner', 1, rows[5]?.iid ?? 0);
      after = encodeURIComponent(rows.at(-1)?.created_at ?? '');
    }
    expect(sought.size).toBe(250);
  });

  test('a short page of notes is not the end', async () => {
    await sandbox.close();
    sandbox = await startSandbox({
      seed: smallWorld([
        {
          title: 'x',
          author: 'owner',
          notes: Array.from({ length: 30 }, (_, n) => ({
            author: 'owner',
            body: `note ${n}`,
            system: n % 10 === 5,
            unreadable: n % 10 === 5,
          })),
        },
      ]),
    });
    const first = await get('/projects/1/issues/1/notes?per_page=10&sort=asc');
    expect(first.body).toHaveLength(9);
    expect(first.headers.get('x-total')).toBe('30');
    expect(await sendAll(sandbox, 'bot', '/projects/1/issues/1/notes?per_page=10')).toHaveLength(27);
  });

  test('a list that has not changed answers 304', async () => {
    for (const path of ['/projects/1/issues', '/projects/1/issues/4/notes']) {
      const etag = (await get(path)).headers.get('etag') ?? '';
      expect(etag).toMatch(/^W\//);
      expect((await send(sandbox, 'bot', 'GET', path, undefined, { 'if-none-match': etag })).status).toBe(
        304,
      );
    }
  });
});
