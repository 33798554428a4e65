import { afterEach, describe, expect, test } from '@jest/globals';
import type { Hono } from 'hono';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import type { IssueSeed } from '../../src/sandbox/seed.ts';
import { until } from '../helpers/until.ts';
import {
  benchOn,
  closeAll,
  failureOf,
  manyIssues,
  OPEN,
  readIssues,
  sandboxWith,
  seedOf,
  stub,
  wire,
} from './helpers/instance.ts';

afterEach(closeAll);

const iids = (issues: { iid: number }[]): number[] => issues.map(({ iid }) => iid);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const listRequests = (sandbox: Sandbox) => sandbox.requests.filter(({ path }) => path.endsWith('/issues'));

describe('the issues of a project', () => {
  test('come by keyset, 100 a page, oldest first', async () => {
    const sandbox = await sandboxWith({ seed: seedOf(manyIssues(250)) });
    const { issues, error } = await readIssues(benchOn(sandbox.url));
    expect(error).toBeNull();
    expect(iids(issues)).toEqual(upTo(250));
    expect(listRequests(sandbox)).toHaveLength(3);
    for (const { query } of sandbox.requests) {
      const sent = new URLSearchParams(query);
      expect(Object.fromEntries(sent)).toMatchObject({
        state: 'opened',
        scope: 'all',
        issue_type: 'issue',
        per_page: '100',
        pagination: 'keyset',
        order_by: 'created_at',
        sort: 'asc',
      });
    }
  });

  test('a full last page needs no further request', async () => {
    const sandbox = await sandboxWith({ seed: seedOf(manyIssues(200)) });
    expect((await readIssues(benchOn(sandbox.url))).issues).toHaveLength(200);
    expect(listRequests(sandbox)).toHaveLength(2);
  });

  test('come by seeking from a server that ignores keyset', async () => {
    const sandbox = await sandboxWith({ seed: seedOf(manyIssues(250)), settings: { version: '16.11.0' } });
    const { issues, error } = await readIssues(benchOn(sandbox.url));
    expect(error).toBeNull();
    expect(iids(issues)).toEqual(upTo(250));
    expect(listRequests(sandbox).every(({ query }) => !new URLSearchParams(query).has('page'))).toBe(true);
  });

  test.each([405, 400] as const)(
    'come by seeking from a server that refuses keyset with %i',
    async (status) => {
      const sandbox = await sandboxWith({ seed: seedOf(manyIssues(150)), settings: { version: '16.11.0' } });
      sandbox.setFaults(({ query }) => (query.includes('keyset') ? { kind: 'status', status } : null));
      const { issues, error } = await readIssues(benchOn(sandbox.url));
      expect(error).toBeNull();
      expect(iids(issues)).toEqual(upTo(150));
    },
  );

  test('every filter reaches the server under its right name', async () => {
    const labelled: IssueSeed[] = [
      { title: 'in', labels: ['KR', 'a b'], createdAt: '2026-03-01T00:00:00Z', milestone: 'M' },
      { title: 'no label', labels: ['KR'], createdAt: '2026-03-01T00:00:01Z', milestone: 'M' },
      {
        title: 'unwanted',
        labels: ['KR', 'a b', 'review'],
        createdAt: '2026-03-01T00:00:02Z',
        milestone: 'M',
      },
      {
        title: 'closed',
        labels: ['KR', 'a b'],
        createdAt: '2026-03-01T00:00:03Z',
        state: 'closed',
        milestone: 'M',
      },
      { title: 'other milestone', labels: ['KR', 'a b'], createdAt: '2026-03-01T00:00:04Z' },
      {
        title: 'confidential',
        labels: ['KR', 'a b'],
        createdAt: '2026-03-01T00:00:05Z',
        confidential: true,
        milestone: 'M',
      },
      { title: 'too old', labels: ['KR', 'a b'], createdAt: '2026-01-01T00:00:00Z', milestone: 'M' },
      { title: 'too new', labels: ['KR', 'a b'], createdAt: '2026-06-01T00:00:00Z', milestone: 'M' },
      {
        title: 'incident',
        type: 'incident',
        labels: ['KR', 'a b'],
        createdAt: '2026-03-01T00:00:06Z',
        milestone: 'M',
      },
    ];
    const sandbox = await sandboxWith({ seed: seedOf(labelled, { milestones: [{ title: 'M' }] }) });
    const filter = {
      state: 'opened',
      labels: ['KR', 'a b'],
      notLabels: ['review'],
      milestone: 'M',
      confidential: false,
      issueType: 'issue',
      createdAfter: '2026-02-01T00:00:00+02:00',
      createdBefore: '2026-05-01T00:00:00Z',
      updatedAfter: '2020-01-01T00:00:00Z',
    } as const;
    const bench = benchOn(sandbox.url);
    const { issues, error } = await readIssues(
      bench,
      { project: 'sec/okrs' },
      { ...filter, labels: [...filter.labels], notLabels: ['review'] },
    );
    expect(error).toBeNull();
    expect(issues.map(({ title }) => title)).toEqual(['in']);
    const { issues: inGroup } = await readIssues(
      bench,
      { group: 'sec' },
      { ...filter, labels: [...filter.labels], notLabels: ['review'] },
    );
    expect(inGroup.map(({ title }) => title)).toEqual(['in']);
  });
});

describe('the issues of a group', () => {
  test('come by seeking, each once', async () => {
    const sandbox = await sandboxWith({ seed: seedOf(manyIssues(350)) });
    const { issues, error } = await readIssues(benchOn(sandbox.url), { group: 'sec' });
    expect(error).toBeNull();
    expect(iids(issues)).toEqual(upTo(350));
    expect(listRequests(sandbox)).toHaveLength(4);
    expect(listRequests(sandbox).map(({ query }) => new URLSearchParams(query).get('page'))).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  test('on an instance in another time zone', async () => {
    const sandbox = await sandboxWith({ seed: seedOf(manyIssues(250)), settings: { timeZone: '+02:00' } });
    const { issues } = await readIssues(benchOn(sandbox.url), { group: 5 });
    expect(iids(issues)).toEqual(upTo(250));
  });

  test('also when hundreds share one instant', async () => {
    const same = { createdAt: '2026-02-01T00:00:00.000Z' };
    const seed = [
      ...manyIssues(50),
      ...manyIssues(320, same),
      ...manyIssues(60, { createdAt: '2026-02-02T00:00:00Z' }),
    ];
    const sandbox = await sandboxWith({ seed: seedOf(seed) });
    const { issues, error } = await readIssues(benchOn(sandbox.url), { group: 'sec' });
    expect(error).toBeNull();
    expect(iids(issues)).toEqual(upTo(430));
  });

  test('also when that instant is the end of the range asked for', async () => {
    const same = { createdAt: '2026-02-01T00:00:00.000Z' };
    const sandbox = await sandboxWith({ seed: seedOf(manyIssues(250, same)) });
    const filter = { ...OPEN, createdBefore: '2026-02-01T00:00:00Z', createdAfter: '2026-02-01T00:00:00Z' };
    const { issues, error } = await readIssues(benchOn(sandbox.url), { group: 'sec' }, filter);
    expect(error).toBeNull();
    expect(iids(issues)).toEqual(upTo(250));
  });

  test('the cap on offsets is never met', async () => {
    const sandbox = await sandboxWith({
      seed: seedOf(manyIssues(700)),
      settings: { offsetLimit: 200, version: '18.2.0' },
    });
    expect((await readIssues(benchOn(sandbox.url))).issues).toHaveLength(700);
    expect((await readIssues(benchOn(sandbox.url), { group: 'sec' })).issues).toHaveLength(700);
  });
});

describe('nothing is lost while people work', () => {
  const stir = {
    match: { pathPattern: '/**/issues' },
    fault: { kind: 'stale', change: 'close', count: 7 },
  } as const;
  const ways = [
    ['keyset', { project: 7 }, '19.5.0'],
    ['seeking in a project', { project: 7 }, '17.0.0'],
    ['seeking in a group', { group: 'sec' }, '19.5.0'],
  ] as const;

  test.each(ways)('issues closed between the pages (%s)', async (_name, source, version) => {
    const sandbox = await sandboxWith({ seed: seedOf(manyIssues(500)), settings: { version } });
    sandbox.setFaults([stir]);
    const { issues, error } = await readIssues(benchOn(sandbox.url), source);
    expect(error).toBeNull();
    const read = new Set(iids(issues));
    expect(read.size).toBe(issues.length);
    const missed = sandbox.state.issues(7).filter(({ iid, state }) => state === 'opened' && !read.has(iid));
    expect(iids(missed)).toEqual([]);
    // The people did work: a reader with numbered pages would have missed some.
    expect(sandbox.state.issues(7).some(({ state }) => state === 'closed')).toBe(true);
  });

  test.each(ways)('issues touched and relabelled between the pages (%s)', async (_name, source, version) => {
    const sandbox = await sandboxWith({
      seed: seedOf(manyIssues(400, { labels: ['KR'] })),
      settings: { version },
    });
    sandbox.setFaults(({ number, path }) =>
      path.endsWith('/issues')
        ? { kind: 'stale', change: number % 2 === 0 ? 'touch' : 'relabel', count: 9 }
        : null,
    );
    const { issues, error } = await readIssues(benchOn(sandbox.url), source, { ...OPEN, labels: ['KR'] });
    expect(error).toBeNull();
    const read = new Set(iids(issues));
    const missed = sandbox.state
      .issues(7)
      .filter(({ iid }) => sandbox.state.labels(7, iid).includes('KR') && !read.has(iid));
    expect(iids(missed)).toEqual([]);
  });

  test('issues of one instant closed between its pages', async () => {
    const sandbox = await sandboxWith({
      seed: seedOf(manyIssues(420, { createdAt: '2026-02-01T00:00:00.000Z' })),
    });
    let stirred = 0;
    sandbox.setFaults(({ path, query }) => {
      if (!path.endsWith('/issues') || !query.includes('page=2') || stirred > 1) return null;
      stirred += 1;
      return { kind: 'stale', change: 'close', count: 5 };
    });
    const { issues, error } = await readIssues(benchOn(sandbox.url), { group: 'sec' });
    expect(error).toBeNull();
    const read = new Set(iids(issues));
    expect(sandbox.state.issues(7).filter(({ iid, state }) => state === 'opened' && !read.has(iid))).toEqual(
      [],
    );
    expect(stirred).toBe(2);
  });

  test('comments deleted between the pages', async () => {
    const notes = upTo(250).map((n) => ({ author: 'ann', body: `note ${n}` }));
    const sandbox = await sandboxWith({ seed: seedOf([{ title: 'Much ado', notes }]) });
    let deleted = 0;
    sandbox.setFaults(({ path, query }) => {
      if (!path.endsWith('/notes') || !query.includes('page=2') || deleted > 0) return null;
      deleted += 1;
      return { kind: 'stale', change: 'delete-note' };
    });
    const read = await benchOn(sandbox.url).gateway.reader.notes(7, 1);
    expect(deleted).toBe(1);
    expect(read.map(({ body }) => body)).toEqual(sandbox.state.notes(7, 1).map(({ body }) => body));
    expect(read).toHaveLength(249);
  });

  test('a list of comments that never holds still is an error, not a guess', async () => {
    const notes = upTo(250).map((n) => ({ author: 'ann', body: `note ${n}` }));
    const sandbox = await sandboxWith({ seed: seedOf([{ title: 'Much ado', notes }]) });
    sandbox.setFaults([
      { match: { pathPattern: '/**/notes' }, fault: { kind: 'stale', change: 'delete-note' } },
    ]);
    const error = await failureOf(benchOn(sandbox.url).gateway.reader.notes(7, 1));
    expect(error).toMatchObject({ code: 'incomplete-list', outcome: 'not-done', fatal: false });
    expect(error.message).toBe(
      'The list of the comments of issue #1 of project 7 changed every time it was read, 6 times (page 3 was the last), so it may have gaps. The next run tries again.',
    );
  });
});

describe('a list that breaks off', () => {
  test('names the list and the page, after what could be read', async () => {
    const sandbox = await sandboxWith({ seed: seedOf(manyIssues(350)) });
    sandbox.setFaults([{ match: { pathPattern: '/projects/*/issues' }, fault: { kind: 'delay', ms: 0 } }]);
    let page = 0;
    sandbox.setFaults(({ path }) => {
      if (!path.endsWith('/issues')) return null;
      page += 1;
      return page >= 3 ? { kind: 'status', status: 502 } : null;
    });
    const { issues, error } = await readIssues(benchOn(sandbox.url));
    expect(iids(issues)).toEqual(upTo(200));
    expect(error).toMatchObject({ code: 'incomplete-list', status: 502, fatal: false });
    expect(error?.message).toBe(
      'The list of the issues of project 7 broke off at page 3, so what follows is unknown. GitLab answered with an error of its own, 502 (to read the issues of project 7). The next run tries again; if it stays, ask the administrators of your GitLab. We tried 9 times.',
    );
  });

  test('because the token was revoked: fatal', async () => {
    const sandbox = await sandboxWith({ seed: seedOf(manyIssues(350)) });
    sandbox.setFaults([{ match: { nth: 2 }, fault: { kind: 'revoke-token' } }]);
    const { issues, error } = await readIssues(benchOn(sandbox.url), { group: 'sec' });
    expect(issues).toHaveLength(100);
    expect(error).toMatchObject({ code: 'incomplete-list', status: 401, fatal: true });
    expect(error?.message).toMatch(/group sec broke off at page 2.*revoked/);
  });

  test('because the project is gone', async () => {
    const sandbox = await sandboxWith({ seed: seedOf(manyIssues(350)) });
    sandbox.setFaults([{ match: { nth: 3 }, fault: { kind: 'remove-project' } }]);
    const { issues, error } = await readIssues(benchOn(sandbox.url));
    expect(issues).toHaveLength(200);
    expect(error).toMatchObject({ code: 'incomplete-list', status: 404, fatal: false });
  });

  test('among the comments', async () => {
    const notes = upTo(150).map((n) => ({ author: 'ann', body: `note ${n}` }));
    const sandbox = await sandboxWith({ seed: seedOf([{ title: 'Much ado', notes }]) });
    sandbox.setFaults(({ query }) => (query.includes('page=2') ? { kind: 'cut' } : null));
    const error = await failureOf(benchOn(sandbox.url).gateway.reader.notes(7, 1));
    expect(error).toMatchObject({ code: 'incomplete-list' });
    expect(error.message).toMatch(
      /^The list of the comments of issue #1 of project 7 broke off at page 2, so what follows is unknown\./,
    );
  });

  test('when a reader stops halfway nothing is left hanging', async () => {
    const sandbox = await sandboxWith({ seed: seedOf(manyIssues(350)) });
    sandbox.setFaults([{ match: { nth: 2 }, fault: { kind: 'status', status: 404 } }]);
    for await (const issue of benchOn(sandbox.url).gateway.reader.issues({ project: 7 }, OPEN)) {
      expect(issue.iid).toBe(1);
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 30));
  });
});

describe('comments', () => {
  test('short pages do not end the list; system notes are left out', async () => {
    const page = (app: Hono) =>
      app.get('/api/v4/projects/7/issues/1/notes', (c) => {
        const number = Number(c.req.query('page') ?? 1);
        const url = `http://elsewhere.example/api/v4/projects/7/issues/1/notes?page=${number + 1}&per_page=100`;
        if (number < 4) c.header('link', `<http://x.example/?page=1>; rel="first", <${url}>; rel="next"`);
        if (number === 2) return c.json([]);
        return c.json([
          wire.note(number, `note ${number}`),
          wire.note(100 + number, 'closed', { system: true }),
        ]);
      });
    const { url } = await stub(page);
    const notes = await benchOn(url).gateway.reader.notes(7, 1);
    expect(notes.map(({ id }) => id)).toEqual([1, 3, 4]);
  });

  test('are asked for oldest first and without system notes, and one page is one request', async () => {
    const sandbox = await sandboxWith({
      seed: seedOf([
        {
          title: 'One',
          notes: [
            { author: 'ann', body: 'a' },
            { author: 'ann', body: 'b', internal: true },
          ],
        },
      ]),
    });
    const notes = await benchOn(sandbox.url).gateway.reader.notes(7, 1);
    expect(notes.map(({ body, internal }) => [body, internal])).toEqual([
      ['a', false],
      ['b', true],
    ]);
    expect(sandbox.requests.map(({ query }) => Object.fromEntries(new URLSearchParams(query)))).toEqual([
      { sort: 'asc', order_by: 'created_at', activity_filter: 'only_comments', per_page: '100', page: '1' },
    ]);
  });
});

describe('only what is needed', () => {
  test('5,000 issues of one project cost 52 requests with project and members', async () => {
    const sandbox = await sandboxWith({ seed: seedOf(manyIssues(5_000, { labels: ['KR'] })) });
    const bench = benchOn(sandbox.url);
    const project = await bench.gateway.reader.project('sec/okrs');
    let count = 0;
    for await (const issue of bench.gateway.reader.issues(
      { project: project.id },
      { ...OPEN, labels: ['KR'] },
    )) {
      await bench.gateway.reader.members(issue.projectId);
      count += 1;
    }
    expect(count).toBe(5_000);
    expect(sandbox.requests).toHaveLength(52);
    expect(bench.gateway.counts().total).toBe(52);
  });

  test('project, members, labels and user are asked for once, however many ask at the same time', async () => {
    const sandbox = await sandboxWith({ seed: seedOf(manyIssues(2)) });
    const { reader } = benchOn(sandbox.url).gateway;
    await reader.project('sec/okrs');
    await Promise.all(
      upTo(20).flatMap(() => [
        reader.project(7),
        reader.project('sec/okrs'),
        reader.members(7),
        reader.labels(7),
        reader.currentUser(),
      ]),
    );
    expect(sandbox.requests).toHaveLength(4);
  });

  test('a failure is not kept', async () => {
    const sandbox = await sandboxWith({ seed: seedOf(manyIssues(2)) });
    const { reader } = benchOn(sandbox.url).gateway;
    sandbox.setFaults([{ fault: { kind: 'status', status: 403 } }]);
    await failureOf(reader.members(7));
    sandbox.setFaults(null);
    expect((await reader.members(7)).map(({ username }) => username).sort()).toEqual(['ann', 'kr-bot']);
  });

  test('the next page is on its way once half of this one was taken, and not before', async () => {
    const sandbox = await sandboxWith({ seed: seedOf(manyIssues(250)) });
    const { reader } = benchOn(sandbox.url).gateway;
    const list = reader.issues({ project: 7 }, OPEN)[Symbol.asyncIterator]();
    for (let taken = 0; taken < 50; taken += 1) await list.next();
    expect(sandbox.requests).toHaveLength(1);
    await list.next();
    await until(() => sandbox.requests.length === 2);
    await list.return?.();
  });
});
