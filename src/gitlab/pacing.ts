/**
 * The one budget of requests that everything shares: how many at once, how many a minute.
 *
 * GitLab counts in windows of a minute (docs/gitlab.md §4). A slot here is taken when a request leaves and is free again one
 * window after its answer came, so that no window of the server, wherever it begins, can hold more requests of ours
 * than the limit. Two things narrow it further: what `RateLimit-Remaining` says is left, and what a 429 teaches.
 */
export interface PacingOptions {
  /** Requests of every kind in a window. */
  requests: number;
  /** New comments in a window. */
  notes: number;
  windowMs: number;
  /** Requests under way at once. */
  concurrency: number;
  /** On the clock of `now`: no one waits for a turn that would come after it. */
  deadline: number;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  /** Told of pauses that people would notice. */
  onPause: (waitMs: number) => void;
}

const NOTICEABLE_MS = 5_000;

/** What an answer says about the limits; `reset` is in seconds of the server's clock. */
export interface RateHeaders {
  name: string;
  remaining: number;
  reset: number;
  /** Until the window of the server ends. */
  resetInMs: number;
}

export interface Slot {
  /** To be called once, when the answer has come or the attempt has failed. */
  release: (answer: {
    rate: RateHeaders | null;
    throttledForMs: number | null;
    scope: 'all' | 'notes';
  }) => void;
}

/** The turn would come only so long from now; 0 when the deadline is over. */
export interface TooLate {
  tooLateMs: number;
}

export interface Pacing {
  /** Waits for a turn. When it would come after the deadline, says so at once: with how long it would have taken. */
  acquire: (kind: 'note' | 'other') => Promise<Slot | TooLate>;
}

export function createPacing(options: PacingOptions): Pacing {
  const all = createBudget(options.requests, options);
  const notes = createBudget(options.notes, options);
  return {
    async acquire(kind) {
      // Notes queue for their own budget first, so that they never hold up the readers behind them.
      const ofNotes = kind === 'note' ? await notes.take() : () => undefined;
      if (typeof ofNotes === 'number') return { tooLateMs: ofNotes };
      const ofAll = await all.take();
      if (typeof ofAll === 'number') {
        ofNotes();
        return { tooLateMs: ofAll };
      }
      const sentAt = options.now();
      return {
        release(answer) {
          ofNotes();
          ofAll();
          if (answer.rate !== null) all.learn(answer.rate);
          const budget = answer.scope === 'notes' ? notes : all;
          if (answer.throttledForMs === null) budget.passed(sentAt);
          else budget.throttled(sentAt, answer.throttledForMs);
        },
      };
    },
  };
}

interface Budget {
  /** Resolves with what gives the place back, or with the milliseconds that would be too long a wait. */
  take: () => Promise<(() => void) | number>;
  learn: (rate: RateHeaders) => void;
  passed: (sentAt: number) => void;
  throttled: (sentAt: number, forMs: number) => void;
}

/** After this many windows without a 429 a limit learnt from one is doubled again. */
const RELAX_AFTER_WINDOWS = 10;

function createBudget(
  configured: number,
  { windowMs, concurrency, deadline, now, sleep, onPause }: PacingOptions,
): Budget {
  let limit = configured;
  let limitLearntAt = -Infinity;
  let inFlight = 0;
  /** When the slots of finished requests are free again; ascending. */
  const freeAt: number[] = [];
  const windows = new Map<string, { reset: number; remaining: number; endsAt: number }>();
  let pausedUntil = -Infinity;
  let pausedAt = -Infinity;
  /** One request goes ahead of the others: at the start, to learn the limits, and after each pause. */
  let alone = true;
  let wake: (() => void) | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  /** 0: go. Infinity: wait for an answer. Else milliseconds. */
  function waitFor(): number {
    const time = now();
    if (limit < configured && time - limitLearntAt > RELAX_AFTER_WINDOWS * windowMs) {
      limit = Math.min(configured, limit * 2);
      limitLearntAt = time;
    }
    while (freeAt[0] !== undefined && freeAt[0] <= time) freeAt.shift();
    if (time < pausedUntil) return pausedUntil - time;
    if (inFlight >= (alone ? 1 : concurrency)) return Infinity;
    for (const { remaining, endsAt } of windows.values()) {
      if (time < endsAt && remaining - inFlight <= 0) return inFlight > 0 ? Infinity : endsAt - time;
    }
    const over = inFlight + freeAt.length - limit;
    if (over < 0) return 0;
    const slot = freeAt[over];
    return slot === undefined ? Infinity : slot - time;
  }

  async function waitTurn(): Promise<(() => void) | number> {
    for (let wait = waitFor(); wait > 0; wait = waitFor()) {
      if (wait !== Infinity && now() + wait >= deadline) return wait;
      if (wait === Infinity) await new Promise<void>((resolve) => (wake = resolve));
      else {
        if (wait >= NOTICEABLE_MS) onPause(wait);
        await sleep(wait);
      }
    }
    if (now() >= deadline) return 0;
    inFlight += 1;
    return () => {
      inFlight -= 1;
      freeAt.push(now() + windowMs);
      wake?.();
    };
  }

  return {
    take() {
      const mine = turn.then(waitTurn);
      turn = mine;
      return mine;
    },
    learn({ name, remaining, reset, resetInMs }) {
      const known = windows.get(name);
      if (known !== undefined && known.reset > reset) return;
      if (known !== undefined && known.reset === reset)
        known.remaining = Math.min(known.remaining, remaining);
      else windows.set(name, { reset, remaining, endsAt: now() + resetInMs });
    },
    passed(sentAt) {
      if (sentAt >= pausedAt) alone = false;
    },
    throttled(sentAt, forMs) {
      const time = now();
      pausedUntil = Math.max(pausedUntil, time + forMs);
      // Those that were on the way when the first 429 came say nothing new.
      if (sentAt < pausedAt) return;
      pausedAt = time;
      const probe = alone;
      alone = true;
      const passedInWindow = freeAt.filter((slot) => slot > time).length - 1;
      if (probe) return;
      // Halved at most: the 429 may be about someone else's traffic. A limit that is really lower shows again.
      limit = Math.min(limit, Math.max(1, Math.floor(Math.max(passedInWindow * 0.95, limit / 2))));
      limitLearntAt = time;
    },
  };
}
