import { afterEach, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { runs } from '../helpers/random.ts';
import { brokenKr, now, perfectKr, runOn, startWorld, worldSeed } from '../helpers/world.ts';

let sandbox: Sandbox;
afterEach(async () => sandbox.close());

/** How often each route was asked. */
function routes(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { method, route } of sandbox.requests) {
    const key = `${method} ${route?.replace('/api/v4', '')}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

const issues = runs(5_000);

test(`a dry run over ${issues} issues without comments takes a request for a hundred of them, and two`, async () => {
  const pages = issues / 100;
  sandbox = await startWorld(
    Array.from({ length: issues }, (_, index) => (index % 2 === 0 ? perfectKr : brokenKr)),
  );
  const { summary } = await runOn(sandbox, { apply: false });
  expect(summary.totals.subjects).toBe(issues);
  expect(summary.failures).toEqual([]);
  expect(summary.warnings).toContainEqual(
    expect.stringMatching(
      new RegExp(
        `^None of the ${issues} issues listed carries a label of ours, .* a run with --apply looks for them`,
      ),
    ),
  );
  expect(routes()).toEqual({
    'GET /projects/:id': 1,
    // Closed ones are in the same list, and where none of so many carries our labels, no run has ever written.
    'GET /projects/:id/issues': pages,
    'GET /projects/:id/members/all': 1,
  });
  // A connection that the server closes just then is no request of ours.
  expect(summary.requests.total - summary.requests.retried).toBe(pages + 2);
});

test('members are asked for once a project, the user once a run, the past only of issues that have one', async () => {
  const chat = { author: 'ann', body: 'On my way.' };
  const old = '2026-10-01T08:00:00Z';
  const settled = { ...perfectKr, createdAt: old, updatedAt: old, notes: [chat] };
  sandbox = await startWorld([
    { ...settled, labels: ['KR', 'kr-hygiene::ok'] },
    { ...settled, labels: ['KR', 'kr-hygiene::ok'] },
    settled,
    { ...settled, labels: ['KR', 'kr-hygiene::needs-attention'] },
    { ...perfectKr, labels: ['KR', 'kr-hygiene::ok'], notes: [chat] },
    // The last one has no comments, and no one touched it since it was opened.
    { ...brokenKr, notes: [chat] },
    brokenKr,
  ]);
  await runOn(sandbox, { apply: false });
  expect(routes()).toEqual({
    'GET /projects/:id': 1,
    // The KRs, and what carries one of our two labels and is no KR any more.
    'GET /projects/:id/issues': 3,
    'GET /projects/:id/members/all': 1,
    'GET /user': 1,
    'GET /projects/:id/issues/:issue_iid/notes': 6,
    'GET /projects/:id/issues/:issue_iid/resource_label_events': 6,
    'GET /projects/:id/issues/:issue_iid/resource_state_events': 6,
  });
  const asked = sandbox.requests.filter(({ path }) => path.endsWith('/notes')).map(({ path }) => path);
  expect(asked.map((path) => Number(/issues\/(\d+)\//.exec(path)?.[1])).toSorted((a, b) => a - b)).toEqual([
    1, 2, 3, 4, 5, 6,
  ]);
});

test('closed KRs cost a list of their own only where many were closed long ago', async () => {
  const closed = { ...perfectKr, state: 'closed' as const };
  const [long, lately] = ['2025-01-10T08:00:00Z', '2026-11-20T08:00:00Z'];
  const ago = { ...closed, createdAt: long, updatedAt: long };
  const count = async (stale: number): Promise<number> => {
    sandbox = await startWorld([
      ...Array.from({ length: stale }, () => ago),
      { ...closed, createdAt: lately, updatedAt: lately },
      { ...perfectKr, createdAt: lately },
    ]);
    const { subjects } = await runOn(sandbox, { apply: false });
    expect(subjects.map(({ state }) => state)).toEqual(expect.arrayContaining(['closed', 'opened']));
    expect(subjects).toHaveLength(2);
    return routes()['GET /projects/:id/issues'] ?? 0;
  };
  expect(await count(24)).toBe(1 + 2);
  await sandbox.close();
  expect(await count(40)).toBe(3 + 2);
});

test('a nightly run over a settled backlog asks for lists only', async () => {
  const old = '2026-10-01T08:00:00Z';
  const settled = { ...perfectKr, createdAt: old, updatedAt: old, labels: ['KR', 'kr-hygiene::ok'] };
  sandbox = await startWorld([settled, settled, settled]);
  await runOn(sandbox);
  expect(sandbox.countWrites()).toBe(0);
  expect(routes()['GET /projects/:id/issues/:issue_iid/notes']).toBeUndefined();
});

test('each project is asked for its members once, and by a shard only if it has a KR there', async () => {
  const seed = worldSeed([]);
  const count = 6;
  const projects = Array.from({ length: count }, (_, at) => ({
    id: at + 1,
    path: `sec/okrs-${at + 1}`,
    labels: ['KR'],
    issues: at === 0 ? [] : Array.from({ length: at < 3 ? 1 : 5 }, () => brokenKr),
  }));
  sandbox = await startSandbox({ seed: { ...seed, projects }, clock: () => new Date(now) });
  const askedFor = async (shard?: { index: number; total: number }): Promise<[string[], string[]]> => {
    sandbox.resetLog();
    const options = { apply: false, sources: [{ group: 'sec' }], ...(shard === undefined ? {} : { shard }) };
    const { subjects } = await runOn(sandbox, options);
    const asked = sandbox.requests.flatMap(
      ({ path }) => /^\/api\/v4\/projects\/(\d+)\/members\/all$/.exec(path)?.[1] ?? [],
    );
    return [asked.sort(), [...new Set(subjects.map(({ projectId }) => String(projectId)))].sort()];
  };
  const [asked, looked] = await askedFor();
  expect(looked).toEqual(['2', '3', '4', '5', '6']);
  expect(asked).toEqual(looked);
  for (const index of [1, 2]) {
    const [ofShard, itsOwn] = await askedFor({ index, total: 2 });
    expect(itsOwn.length).toBeGreaterThan(0);
    expect(ofShard).toEqual(itsOwn);
  }
});
