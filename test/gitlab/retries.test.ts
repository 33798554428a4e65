import { afterEach, describe, expect, test } from '@jest/globals';
import type { Fault } from '../../src/sandbox/faults/script.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import {
  benchOn,
  closeAll,
  failureOf,
  manyIssues,
  sandboxWith,
  seedOf,
  stub,
  wire,
} from './helpers/instance.ts';

afterEach(closeAll);

const issues = manyIssues(2);
const passing: Fault[] = [
  { kind: 'status', status: 429 },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 502 },
  { kind: 'status', status: 503 },
  { kind: 'status', status: 504 },
  { kind: 'reset' },
  { kind: 'hang' },
  { kind: 'drip', ms: 2_000 },
  { kind: 'cut' },
  { kind: 'malformed' },
];
/** The same, but the server carries the request out before it fails. */
const acting: Fault[] = [
  { kind: 'status', status: 500, acted: true },
  { kind: 'status', status: 502, acted: true },
  { kind: 'status', status: 504, acted: true },
  { kind: 'reset', acted: true },
  { kind: 'hang', acted: true },
  { kind: 'cut' },
  { kind: 'malformed' },
];

/** Short where the server keeps silent on purpose; else a busy machine would look like a silent server. */
const patience = ({ kind }: Fault): { requestTimeoutMs: number } => ({
  requestTimeoutMs: kind === 'hang' || kind === 'drip' ? 250 : 20_000,
});

const comments = (sandbox: Sandbox): string[] =>
  sandbox.state
    .notes(7, 1)
    .filter(({ system }) => !system)
    .map(({ body }) => body);

describe('what may be repeated is repeated', () => {
  test.each(passing)('GET through %j', async (fault) => {
    const sandbox = await sandboxWith({ seed: seedOf(issues) });
    const { gateway } = benchOn(sandbox.url, patience(fault));
    await gateway.reader.currentUser();
    sandbox.setFaults([{ match: { times: 2 }, fault }]);
    expect((await gateway.reader.issue(7, 1)).iid).toBe(1);
    expect(gateway.counts()).toMatchObject({ total: 4, retried: 2 });
  });

  test.each([...passing, ...acting])('PUT through %j', async (fault) => {
    const sandbox = await sandboxWith({ seed: seedOf(issues) });
    const { gateway } = benchOn(sandbox.url, patience(fault));
    await gateway.reader.labels(7);
    sandbox.setFaults([{ match: { method: 'PUT', times: 2 }, fault }]);
    const issue = await gateway.writer.changeLabels(7, 1, { add: ['KR'], remove: ['review'] });
    expect(issue.labels).toEqual(['KR']);
  });

  test.each([...passing, ...acting])('DELETE through %j', async (fault) => {
    const sandbox = await sandboxWith({ seed: seedOf(issues) });
    const { gateway } = benchOn(sandbox.url, patience(fault));
    const { id } = await gateway.writer.createNote(7, 1, 'hello');
    sandbox.setFaults([{ match: { method: 'DELETE', times: 2 }, fault }]);
    await gateway.writer.deleteNote(7, 1, id);
    expect(comments(sandbox)).toEqual([]);
  });
});

describe('a POST is repeated only when the server certainly did not act', () => {
  test.each([
    { kind: 'status', status: 429 },
    { kind: 'status', status: 429, format: 'json' },
    { kind: 'status', status: 409 },
  ] satisfies Fault[])('repeated after %j', async (fault) => {
    const sandbox = await sandboxWith({ seed: seedOf(issues) });
    const { gateway } = benchOn(sandbox.url);
    sandbox.setFaults([{ match: { method: 'POST', times: 3 }, fault }]);
    await gateway.writer.createNote(7, 1, 'hello');
    expect(comments(sandbox)).toEqual(['hello']);
    expect(gateway.counts().retried).toBe(3);
  });

  test('repeated when no one listened, and sent once', async () => {
    const first = await startSandbox({ seed: seedOf(issues) });
    const port = Number(new URL(first.url).port);
    let second: Sandbox | null = null;
    const { gateway } = benchOn(first.url, {
      // The server goes away between the look at the issue and the POST, and is back after the first pause.
      log: (event) => {
        if (event.type === 'request' && event.status === 200) void first.close();
      },
      sleep: async () => {
        second ??= await sandboxWith({ seed: seedOf(issues), port });
      },
    });
    await gateway.writer.createNote(7, 1, 'hello');
    expect(second === null ? [] : comments(second)).toEqual(['hello']);
    expect(first.countWrites()).toBe(0);
    expect(gateway.counts().retried).toBeGreaterThan(0);
  });

  const lost: Fault[] = [...passing.slice(1), ...acting];
  test.each(lost)('sent once, outcome unknown: %j', async (fault) => {
    const sandbox = await sandboxWith({ seed: seedOf(issues) });
    const { gateway } = benchOn(sandbox.url, patience(fault));
    await gateway.reader.issue(7, 1);
    sandbox.setFaults([{ match: { method: 'POST' }, fault }]);
    const error = await failureOf(gateway.writer.createNote(7, 1, 'hello'));
    expect(error).toMatchObject({ outcome: 'unknown', fatal: false });
    expect(error.message).not.toMatch(/We tried/);
    expect(sandbox.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  test('an answer that cannot be understood leaves the outcome open too', async () => {
    const { url, seen } = await stub((app) => {
      app.get('/api/v4/projects/7/issues/1', (c) => c.json(wire.issue(1)));
      app.post('/api/v4/projects/7/issues/1/notes', (c) => c.json({ id: 5 }, 201));
    });
    const error = await failureOf(benchOn(url).gateway.writer.createNote(7, 1, 'x'));
    expect(error).toMatchObject({ code: 'unexpected-response', outcome: 'unknown' });
    expect(seen.filter((line) => line.startsWith('POST'))).toHaveLength(1);
  });
});

describe('waiting', () => {
  test('backs off exponentially, with full jitter', async () => {
    const sandbox = await sandboxWith({
      seed: seedOf(issues),
      faults: [{ fault: { kind: 'status', status: 503 } }],
    });
    const { gateway, waits } = benchOn(sandbox.url, { random: () => 0.5 });
    await failureOf(gateway.reader.currentUser());
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
  });

  test('honours Retry-After in seconds and as a date', async () => {
    let answers = 0;
    const { url } = await stub((app) => {
      app.get('/api/v4/user', (c) => {
        answers += 1;
        if (answers === 1) return c.body('Retry later', 429, { 'retry-after': '17' });
        if (answers === 2) {
          return c.body('busy', 503, { 'retry-after': new Date(Date.now() + 30_000).toUTCString() });
        }
        return c.json(wire.user);
      });
    });
    const { gateway, waits } = benchOn(url, { random: () => 0 });
    await gateway.reader.currentUser();
    expect(waits[0]).toBe(17_000);
    expect(waits[1]).toBeGreaterThan(28_000);
    expect(waits[1]).toBeLessThanOrEqual(31_000);
  });

  test('honours RateLimit-Reset where there is no Retry-After', async () => {
    let answers = 0;
    const { url } = await stub((app) => {
      app.get('/api/v4/user', (c) => {
        answers += 1;
        if (answers > 1) return c.json(wire.user);
        const reset = String(Math.ceil(Date.now() / 1000) + 42);
        return c.body('Retry later', 429, { 'ratelimit-remaining': '0', 'ratelimit-reset': reset });
      });
    });
    const { gateway, waits } = benchOn(url, { random: () => 0 });
    await gateway.reader.currentUser();
    expect(waits[0]).toBeGreaterThanOrEqual(41_000);
    expect(waits[0]).toBeLessThanOrEqual(43_000);
  });

  test('gives up at once when the server asks for more time than a request may take', async () => {
    const { url, seen } = await stub((app) => {
      app.get('/api/v4/user', (c) => c.body('Retry later', 429, { 'retry-after': '3600' }));
    });
    const error = await failureOf(benchOn(url, { random: () => 0 }).gateway.reader.currentUser());
    expect(error).toMatchObject({ code: 'rate-limited' });
    expect(error.message).toMatch(/ It asks to wait 60 minutes\.$/);
    expect(seen).toHaveLength(1);
  });

  test('a request has a time budget', async () => {
    const sandbox = await sandboxWith({
      seed: seedOf(issues),
      faults: [{ fault: { kind: 'status', status: 503 } }],
    });
    const { gateway, waits } = benchOn(sandbox.url, { requestBudgetMs: 5_000 });
    expect(await failureOf(gateway.reader.currentUser())).toMatchObject({ code: 'server' });
    expect(waits).toEqual([250, 500, 1000, 2000]);
  });

  test('so has the run; what comes after it is not even sent', async () => {
    const sandbox = await sandboxWith({ seed: seedOf(issues) });
    let time = 0;
    const { gateway } = benchOn(sandbox.url, { runBudgetMs: 60_000, now: () => time });
    await gateway.reader.currentUser();
    time = 60_000;
    const error = await failureOf(gateway.reader.issue(7, 1));
    expect(error).toMatchObject({ code: 'budget-exhausted', fatal: true, outcome: 'not-done' });
    expect(error.message).toBe(
      'The time for this run is used up, so we did not read issue #1 of project 7. With the --state file of this run the next one goes on from here, without it at the beginning; a longer time budget or fewer sources help too.',
    );
    expect(sandbox.requests).toHaveLength(1);
  });

  test('says in the log what it does', async () => {
    const sandbox = await sandboxWith({
      seed: seedOf(issues),
      faults: [{ match: { times: 1 }, fault: { kind: 'status', status: 503 } }],
    });
    const { gateway, events } = benchOn(sandbox.url);
    await gateway.reader.currentUser();
    expect(events).toEqual([
      {
        type: 'request',
        method: 'GET',
        endpoint: 'GET /user',
        status: 503,
        durationMs: expect.any(Number),
        attempt: 1,
      },
      { type: 'retry', endpoint: 'GET /user', attempt: 1, waitMs: 250, reason: '503' },
      {
        type: 'request',
        method: 'GET',
        endpoint: 'GET /user',
        status: 200,
        durationMs: expect.any(Number),
        attempt: 2,
      },
    ]);
  });
});
