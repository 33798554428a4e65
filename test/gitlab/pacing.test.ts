import { afterEach, describe, expect, test } from '@jest/globals';
import { createPacing, type Pacing } from '../../src/gitlab/pacing.ts';
import { fc, runs } from '../helpers/random.ts';
import { until } from '../helpers/until.ts';
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

interface World {
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  onPause: (ms: number) => void;
  run: () => Promise<void>;
}

/** Virtual time: sleepers wake in order, as soon as nothing else is left to do. */
function virtualTime(): World {
  let time = 0;
  const sleepers: { at: number; wake: () => void }[] = [];
  return {
    now: () => time,
    onPause: () => undefined,
    sleep: (ms) => new Promise((wake) => sleepers.push({ at: time + ms, wake })),
    async run() {
      for (;;) {
        for (let turn = 0; turn < 40; turn += 1) await Promise.resolve();
        sleepers.sort((a, b) => a.at - b.at);
        const next = sleepers.shift();
        if (next === undefined) return;
        time = Math.max(time, next.at);
        next.wake();
      }
    },
  };
}

/** GitLab's way: fixed windows, aligned to the clock; with or without headers. */
function server(limit: number, windowMs: number, headers: boolean, offset = 0) {
  let window = -1;
  let count = 0;
  const log = { served: 0, refused: 0 };
  return {
    log,
    /** Called when the request arrives. */
    answer(time: number) {
      const current = Math.floor((time + offset) / windowMs);
      if (current !== window) {
        window = current;
        count = 0;
      }
      count += 1;
      const ok = count <= limit;
      if (ok) log.served += 1;
      else log.refused += 1;
      const resetInMs = (current + 1) * windowMs - offset - time;
      const rate = headers
        ? { name: 'api', remaining: Math.max(0, limit - count), reset: current + 1, resetInMs }
        : null;
      return { ok, rate, resetInMs };
    },
  };
}

async function drive(
  world: World,
  pacing: Pacing,
  target: ReturnType<typeof server>,
  jobs: number,
  latency: () => number,
): Promise<number> {
  let backoff = 0;
  const one = async (): Promise<void> => {
    for (;;) {
      const slot = await pacing.acquire('other');
      if ('tooLateMs' in slot) throw new Error('too late');
      const whole = latency();
      await world.sleep(whole / 2);
      const { ok, rate, resetInMs } = target.answer(world.now());
      await world.sleep(whole / 2);
      backoff = ok ? 0 : backoff + 1;
      const wait = ok ? null : rate === null ? Math.min(30_000, 2_000 * 2 ** backoff) : resetInMs;
      slot.release({ rate, throttledForMs: wait, scope: 'all' });
      if (ok) return;
    }
  };
  const started = world.now();
  const all = Promise.all(Array.from({ length: jobs }, one));
  await world.run();
  await all;
  return world.now() - started;
}

describe('the shared budget', () => {
  test('uses at least 90 % of what is allowed and provokes no 429, whatever the delay of the network', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 5, max: 600 }),
        fc.integer({ min: 0, max: 59_999 }),
        fc.boolean(),
        fc.infiniteStream(fc.integer({ min: 1, max: 400 })),
        async (typical, offset, headers, jitter) => {
          const world = virtualTime();
          const limit = 200;
          const ours = 190;
          const target = server(limit, 60_000, headers, offset);
          const pacing = createPacing({
            ...world,
            requests: ours,
            notes: 6,
            windowMs: 60_000,
            deadline: Infinity,
            concurrency: 20,
          });
          const jobs = 10 * ours;
          const took = await drive(world, pacing, target, jobs, () => typical + (jitter.next().value ?? 0));
          expect(target.log).toEqual({ served: jobs, refused: 0 });
          // Ten budgets are served in nine windows and a bit; the tenth window is open to the last job too.
          const allowed = limit * Math.max(10, took / 60_000 + 1);
          expect(jobs / allowed).toBeGreaterThanOrEqual(0.9);
        },
      ),
      { numRuns: runs(12) },
    );
  }, 60_000);

  test('adapts to what the headers say is left, without a single 429', async () => {
    const world = virtualTime();
    const target = server(60, 60_000, true, 31_000);
    const pacing = createPacing({
      ...world,
      requests: 1_900,
      notes: 58,
      windowMs: 60_000,
      deadline: Infinity,
      concurrency: 10,
    });
    const took = await drive(world, pacing, target, 600, () => 100);
    expect(target.log).toEqual({ served: 600, refused: 0 });
    expect(took).toBeLessThanOrEqual(10 * 60_000);
  });

  test('learns from a 429 without headers, and keeps off', async () => {
    const world = virtualTime();
    const target = server(300, 60_000, false, 12_345);
    const pacing = createPacing({
      ...world,
      requests: 1_900,
      notes: 58,
      windowMs: 60_000,
      deadline: Infinity,
      concurrency: 10,
    });
    const took = await drive(world, pacing, target, 3_000, () => 80);
    expect(target.log.served).toBe(3_000);
    // Ten were on their way when the first came, a few probes follow; after that the limit is known.
    expect(target.log.refused).toBeLessThan(60);
    expect(took).toBeLessThan((10 * 60_000) / 0.8);
  });

  test("one 429 for somebody else's traffic makes a pause, not a crawl", async () => {
    const world = virtualTime();
    const pacing = createPacing({
      ...world,
      requests: 600,
      notes: 6,
      windowMs: 60_000,
      deadline: Infinity,
      concurrency: 5,
    });
    const first = await pacing.acquire('other');
    if (!('tooLateMs' in first)) first.release({ rate: null, throttledForMs: 10_000, scope: 'all' });
    const target = server(600, 60_000, false);
    expect(await drive(world, pacing, target, 300, () => 50)).toBeLessThan(20_000);
  });

  test('never has more under way than agreed, and lets the first one go alone', async () => {
    const world = virtualTime();
    const pacing = createPacing({
      ...world,
      requests: 100,
      notes: 6,
      windowMs: 60_000,
      deadline: Infinity,
      concurrency: 4,
    });
    let underWay = 0;
    const seen: number[] = [];
    const one = async (): Promise<void> => {
      const slot = await pacing.acquire('other');
      underWay += 1;
      seen.push(underWay);
      await world.sleep(10);
      underWay -= 1;
      if (!('tooLateMs' in slot)) slot.release({ rate: null, throttledForMs: null, scope: 'all' });
    };
    const all = Promise.all(Array.from({ length: 20 }, one));
    await world.run();
    await all;
    expect(Math.max(...seen)).toBe(4);
    expect(seen.slice(0, 2)).toEqual([1, 1]);
  });

  test('no one waits for a turn that comes after the end of the run', async () => {
    const world = virtualTime();
    const pacing = createPacing({
      ...world,
      requests: 2,
      notes: 1,
      windowMs: 60_000,
      deadline: 50_000,
      concurrency: 4,
    });
    const got: (number | 'go')[] = [];
    const one = async (kind: 'note' | 'other'): Promise<void> => {
      const slot = await pacing.acquire(kind);
      got.push('tooLateMs' in slot ? slot.tooLateMs : 'go');
      if (!('tooLateMs' in slot)) slot.release({ rate: null, throttledForMs: null, scope: 'all' });
    };
    const all = Promise.all([one('other'), one('other'), one('other'), one('note'), one('other')]);
    await world.run();
    await all;
    expect(got).toEqual(['go', 'go', 60_000, 60_000, 60_000]);
    expect(world.now()).toBe(0);
  });

  test('new comments have a budget of their own and do not hold up readers', async () => {
    const world = virtualTime();
    const pacing = createPacing({
      ...world,
      requests: 1_000,
      notes: 3,
      windowMs: 60_000,
      deadline: Infinity,
      concurrency: 10,
    });
    const done: { kind: string; at: number }[] = [];
    const one = async (kind: 'note' | 'other'): Promise<void> => {
      const slot = await pacing.acquire(kind);
      await world.sleep(5);
      if (!('tooLateMs' in slot)) slot.release({ rate: null, throttledForMs: null, scope: 'all' });
      done.push({ kind, at: world.now() });
    };
    const all = Promise.all([
      ...Array.from({ length: 7 }, () => one('note')),
      ...Array.from({ length: 50 }, () => one('other')),
    ]);
    await world.run();
    await all;
    const reads = done.filter(({ kind }) => kind === 'other');
    expect(Math.max(...reads.map(({ at }) => at))).toBeLessThan(1_000);
    const minutes = done.filter(({ kind }) => kind === 'note').map(({ at }) => Math.floor(at / 60_000));
    expect(minutes).toEqual([0, 0, 0, 1, 1, 1, 2]);
  });
});

describe('over HTTP', () => {
  test.each([true, false])('a backlog against a limit, headers: %s', async (rateLimitHeaders) => {
    const sandbox = await sandboxWith({
      seed: seedOf(manyIssues(2)),
      settings: { requestsPerMinute: 100, rateWindowMs: 1_000, rateLimitHeaders },
    });
    const { gateway } = benchOn(sandbox.url, {
      requestsPerMinute: 97,
      windowMs: 1_000,
      now: Date.now,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    });
    await Promise.all(Array.from({ length: 300 }, () => gateway.reader.issue(7, 1)));
    expect(gateway.counts()).toEqual({ total: 300, retried: 0, throttled: 0 });
  });

  test('a limit that is used up until after the end of the run is said at once', async () => {
    const { url, seen } = await stub((app) => {
      app.get('/api/v4/user', (c) => {
        c.header('ratelimit-remaining', '0');
        c.header('ratelimit-reset', String(Math.ceil(Date.now() / 1000) + 7_200));
        return c.json(wire.user);
      });
    });
    const { gateway } = benchOn(url);
    await gateway.reader.currentUser();
    const error = await failureOf(gateway.reader.issue(7, 1));
    expect(error).toMatchObject({ code: 'budget-exhausted', fatal: true, outcome: 'not-done' });
    expect(error.message).toMatch(
      /^GitLab's rate limit lets us go on only in 12[01] minutes, when the time for this run is over, so we did not read issue #1 of project 7\./,
    );
    expect(seen).toHaveLength(1);
  });

  test('a pause that people would notice is in the log', async () => {
    const { url } = await stub((app) => {
      app.get('/api/v4/user', (c) => {
        c.header('ratelimit-remaining', '0');
        c.header('ratelimit-reset', String(Math.ceil(Date.now() / 1000) + 30));
        return c.json(wire.user);
      });
      app.get('/api/v4/projects/7/issues/1', (c) => c.json(wire.issue(1)));
    });
    const { gateway, events } = benchOn(url);
    await gateway.reader.currentUser();
    await gateway.reader.issue(7, 1);
    const pauses = events.flatMap((event) => (event.type === 'pause' ? [event.waitMs] : []));
    expect(pauses).toHaveLength(1);
    expect(pauses[0]).toBeGreaterThan(28_000);
  });

  test('a 429 for notes, which no header announces, leaves the readers alone', async () => {
    let refused = 0;
    const { url } = await stub((app) => {
      app.get('/api/v4/projects/7/issues/:iid', (c) => c.json(wire.issue(Number(c.req.param('iid')))));
      app.post('/api/v4/projects/7/issues/1/notes', (c) => {
        refused += 1;
        if (refused > 2) return c.json(wire.note(1, 'x'), 201);
        return c.json(
          { message: { error: 'This endpoint has been requested too many times. Try again later.' } },
          429,
        );
      });
    });
    let time = 0;
    const wakers: (() => void)[] = [];
    const { gateway } = benchOn(url, {
      now: () => time,
      sleep: (ms) =>
        new Promise((resolve) => {
          wakers.push(() => {
            time += ms;
            resolve();
          });
        }),
    });
    await gateway.reader.issue(7, 1);
    const note = gateway.writer.createNote(7, 1, 'x');
    await until(() => wakers.length > 0);
    // The comment waits; time stands still; reading goes on.
    expect((await gateway.reader.issue(7, 2)).iid).toBe(2);
    const timer = setInterval(() => wakers.shift()?.(), 1);
    expect((await note).id).toBe(1);
    clearInterval(timer);
    expect(gateway.counts().throttled).toBe(2);
  });
});
