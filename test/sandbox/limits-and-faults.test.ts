import { afterEach, describe, expect, test } from '@jest/globals';
import type { Fault, FaultScript } from '../../src/sandbox/faults/script.ts';
import { seededRandom } from '../../src/sandbox/faults/script.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { SandboxSettings } from '../../src/sandbox/settings.ts';
import { send } from '../helpers/sandbox-client.ts';
import { until } from '../helpers/until.ts';
import { smallWorld } from './world.ts';

let sandbox: Sandbox;
const begin = async (settings: Partial<SandboxSettings>, faults?: FaultScript) => {
  sandbox = await startSandbox({
    settings,
    seed: smallWorld([
      { title: 'One', author: 'owner' },
      { title: 'Two', author: 'owner' },
    ]),
    ...(faults ? { faults } : {}),
  });
};
afterEach(() => sandbox.close());

const notes = '/projects/1/issues/1/notes';
const post = (body = 'x') => send(sandbox, 'bot', 'POST', notes, { body });
const get = (path = '/user') => send(sandbox, 'bot', 'GET', path);

describe('limits', () => {
  test('request throttling: headers on every answer, text and Retry-After on 429', async () => {
    await begin({ requestsPerMinute: 2, rateWindowMs: 3_600_000 });
    expect((await get()).headers.get('ratelimit-remaining')).toBe('1');
    await get();
    const late = await get();
    expect([late.status, late.body]).toEqual([429, 'Retry later']);
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(late.headers.get('ratelimit-reset'))).toBeGreaterThan(Date.now() / 1000);
    expect((await send(sandbox, 'owner', 'GET', '/user')).status).toBe(200);
  });

  test('self-managed without headers, with words of its own, and over when the window is', async () => {
    await begin({
      requestsPerMinute: 1,
      rateLimitHeaders: false,
      rateLimitText: 'Langsamer',
      rateWindowMs: 150,
    });
    let late: Awaited<ReturnType<typeof get>> | undefined;
    await until(async () => {
      const answers = await Promise.all([get(), get(), get()]);
      late = answers.find((answer) => answer.status === 429);
      return late !== undefined;
    });
    expect(late?.body).toBe('Langsamer');
    expect([...(late?.headers.keys() ?? [])].filter((name) => /rate|retry/.test(name))).toEqual([]);
    await until(async () => (await get()).status === 200);
  });

  test('note creation has a limit of its own, in JSON and in no header; editing has none', async () => {
    await begin({ notesPerMinute: 1, requestsPerMinute: 2_000, rateWindowMs: 3_600_000 });
    const id = (await post()).body.id as number;
    const late = await post();
    expect([late.status, late.body.message.error]).toEqual([429, expect.stringContaining('too many times')]);
    expect(Number(late.headers.get('ratelimit-remaining'))).toBeGreaterThan(1_000);
    expect((await send(sandbox, 'bot', 'PUT', `${notes}/${id}`, { body: 'y' })).status).toBe(200);
  });

  test('search is charged to the search limit', async () => {
    await begin({ searchesPerMinute: 1, rateWindowMs: 3_600_000 });
    expect((await get('/projects/1/issues?search=x')).status).toBe(200);
    expect((await get('/projects/1/issues?search=x')).status).toBe(429);
    expect((await get('/projects/1/issues')).status).toBe(200);
  });

  test('projects and users have limits of their own', async () => {
    await begin({
      projectReadsPerMinute: 1,
      groupProjectReadsPerMinute: 1,
      userReadsPerMinute: 1,
      rateWindowMs: 3_600_000,
    });
    expect([(await get('/projects/1')).status, (await get('/projects/2')).status]).toEqual([200, 429]);
    const list = '/groups/top/projects';
    expect([(await get(list)).status, (await get(list)).status]).toEqual([200, 429]);
    expect([(await get('/users/1')).status, (await get('/users/1')).status]).toEqual([200, 429]);
    expect((await get('/projects/1/issues')).status).toBe(200);
  });

  test('413, 414 and spam', async () => {
    await begin({ maxBodyBytes: 1_000, maxUrlLength: 500, spamWords: ['pills'] });
    const large = await post('x'.repeat(2_000));
    expect([large.status, large.headers.get('content-type')]).toEqual([413, 'text/html']);
    expect((await get(`/projects/1/issues?search=${'x'.repeat(600)}`)).status).toBe(414);
    expect((await post('Cheap pills')).status).toBe(201);
    sandbox.state.project(1).visibility = 'public';
    const spam = await post('Cheap pills');
    expect([spam.status, spam.body.message.error]).toEqual([422, expect.stringContaining('spam')]);
  });
});

describe('faults', () => {
  const statuses = [401, 403, 404, 409, 413, 414, 422, 429, 500, 502, 503, 504] as const;

  test.each(statuses)('%d, before and after the server acted', async (status) => {
    await begin({}, [{ match: { method: 'POST' }, fault: { kind: 'status', status } }]);
    expect((await post()).status).toBe(status);
    expect(sandbox.state.notes(1, 1)).toHaveLength(0);
    sandbox.setFaults([{ match: { method: 'POST' }, fault: { kind: 'status', status, acted: true } }]);
    expect((await post()).status).toBe(status);
    expect(sandbox.state.notes(1, 1)).toHaveLength(1);
    expect(sandbox.requests.map((record) => record.served)).toEqual([false, true]);
  });

  test('the body of an error is what GitLab sends with it, or what the script says', async () => {
    await begin({}, [
      { match: { nth: 1 }, fault: { kind: 'status', status: 502 } },
      { match: { nth: 2 }, fault: { kind: 'status', status: 429, retryAfter: 7 } },
      { match: { nth: 3 }, fault: { kind: 'status', status: 500, format: 'html' } },
      { match: { nth: 4 }, fault: { kind: 'status', status: 429, format: 'json' } },
      { match: { nth: 5 }, fault: { kind: 'status', status: 403, body: { message: 'Not licensed' } } },
      { match: { nth: 6 }, fault: { kind: 'status', status: 301, location: '/elsewhere', body: 'Moved' } },
    ]);
    expect((await get()).body).toContain('<!DOCTYPE html>');
    const late = await get();
    expect([late.body, late.headers.get('retry-after')]).toEqual(['Retry later', '7']);
    expect((await get()).headers.get('content-type')).toContain('html');
    expect((await get()).body.message.error).toContain('too many times');
    expect((await get()).body).toEqual({ message: 'Not licensed' });
    expect((await get()).headers.get('location')).toBe('/elsewhere');
    expect((await get()).status).toBe(200);
  });

  test('a reset, before and after the server acted', async () => {
    await begin({}, [{ match: { method: 'POST', nth: 1 }, fault: { kind: 'reset' } }]);
    await expect(post()).rejects.toThrow('fetch failed');
    expect(sandbox.state.notes(1, 1)).toHaveLength(0);
    sandbox.setFaults([{ match: { method: 'POST', nth: 1 }, fault: { kind: 'reset', acted: true } }]);
    await expect(post()).rejects.toThrow('fetch failed');
    expect(sandbox.state.notes(1, 1)).toHaveLength(1);
    expect(sandbox.requests.map((record) => [record.status, record.fault])).toEqual([
      [0, 'reset'],
      [0, 'reset'],
    ]);
  });

  test('a hang ends with the patience of the client, and does not hold up closing', async () => {
    await begin({}, [{ fault: { kind: 'hang' } }]);
    const call = fetch(`${sandbox.url}/api/v4/user`, { signal: AbortSignal.timeout(100) });
    await expect(call).rejects.toThrow(/timeout/);
    fetch(`${sandbox.url}/api/v4/user`).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 50));
  });

  test('a cut body, malformed JSON, a slow drip', async () => {
    await begin({}, [
      { match: { nth: 1 }, fault: { kind: 'cut' } },
      { match: { nth: 2 }, fault: { kind: 'malformed' } },
      { match: { nth: 3 }, fault: { kind: 'drip', ms: 200 } },
    ]);
    await expect(get()).rejects.toThrow('terminated');
    await expect(get()).rejects.toThrow(SyntaxError);
    const begun = Date.now();
    expect((await get()).status).toBe(200);
    expect(Date.now() - begun).toBeGreaterThan(150);
  });

  test('a token revoked, a project gone or archived in the middle of a run', async () => {
    await begin({}, [
      { match: { pathPattern: '/projects/1/issues', nth: 2 }, fault: { kind: 'archive-project' } },
      { match: { pathPattern: '/projects/1/issues', nth: 3 }, fault: { kind: 'remove-project' } },
      { match: { pathPattern: '/projects/*/issues', nth: 4 }, fault: { kind: 'revoke-token' } },
    ]);
    expect((await get('/projects/1/issues')).status).toBe(200);
    expect((await get('/projects/1/issues')).status).toBe(200);
    expect((await post()).status).toBe(403);
    expect((await get('/projects/1/issues')).status).toBe(404);
    expect((await get('/projects/2/issues')).body.error).toBe('invalid_token');
  });

  test.each(['touch', 'close', 'relabel'] as const)(
    'stale pages: issues %s between two reads',
    async (change) => {
      await begin({}, [{ match: { pathPattern: '/projects/*/issues' }, fault: { kind: 'stale', change } }]);
      const before = sandbox.state.issue(1, 1).updatedAt;
      await get('/projects/1/issues');
      const issue = sandbox.state.issue(1, 1);
      expect(issue.updatedAt).toBeGreaterThan(before);
      expect(issue.state).toBe(change === 'close' ? 'closed' : 'opened');
      expect(sandbox.state.labels(1, 1)).toEqual(change === 'relabel' ? ['relabelled'] : []);
    },
  );

  test('a function decides too, and may act as a person would', async () => {
    await begin({}, (request, state): Fault | null => {
      if (request.number === 2) state.addNote('owner', 1, 1, 'In between');
      return request.number === 3 ? { kind: 'status', status: 503 } : null;
    });
    expect((await get(notes)).body).toHaveLength(0);
    expect((await get(notes)).body).toHaveLength(1);
    expect((await get(notes)).status).toBe(503);
  });

  test('chance is seeded: the same script plays the same way', async () => {
    const play = async () => {
      await begin(
        {},
        { seed: 42, rules: [{ match: { probability: 0.4 }, fault: { kind: 'status', status: 500 } }] },
      );
      const seen = [];
      for (let n = 0; n < 20; n++) seen.push((await get()).status);
      return seen;
    };
    const first = await play();
    await sandbox.close();
    expect(await play()).toEqual(first);
    expect(new Set(first)).toEqual(new Set([200, 500]));
    const random = seededRandom(1);
    const mean = Array.from({ length: 1_000 }, random).reduce((sum, value) => sum + value, 0) / 1_000;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.05);
  });

  test('nth, every and times count the requests that fit', async () => {
    const play = async (match: object) => {
      sandbox.setFaults([
        { match: { ...match, pathPattern: '/user' }, fault: { kind: 'status', status: 500 } },
      ]);
      const seen = [];
      for (let n = 0; n < 6; n++) {
        await get('/version');
        seen.push((await get()).status === 500);
      }
      return seen.map(Number).join('');
    };
    await begin({});
    expect(await play({ nth: 2 })).toBe('010000');
    expect(await play({ every: 2 })).toBe('010101');
    expect(await play({ every: 2, times: 2 })).toBe('010100');
    expect(await play({ times: 2 })).toBe('110000');
    expect(await play({ method: 'POST' })).toBe('000000');
  });

  test('a script of the wrong shape is refused', async () => {
    await begin({});
    const wrong = [{ match: { methd: 'GET' }, fault: { kind: 'reset' } }] as unknown as FaultScript;
    expect(() => sandbox.setFaults(wrong)).toThrow(/methd/);
  });
});

test('the log: requests, writes, and no token', async () => {
  await begin({});
  await post();
  await get();
  expect(sandbox.countWrites()).toBe(1);
  expect(sandbox.requests[0]).toMatchObject({
    method: 'POST',
    path: `/api/v4${notes}`,
    route: '/api/v4/projects/:id/issues/:issue_iid/notes',
    body: { body: 'x' },
    status: 201,
    user: 'bot',
  });
  sandbox.resetLog();
  expect(sandbox.countWrites()).toBe(0);
});
