import { GatewayError } from '../model/errors.ts';
import type { RequestCounts } from '../model/ports.ts';
import type { Route } from './describe.ts';
import { type Meaning, meaningOf } from './meaning.ts';
import type { Fetch } from './network.ts';
import type { Pacing } from './pacing.ts';
import { type Answer, exchange } from './transport.ts';

/** Something worth a line in the log. Never holds a header, a token or a body. */
export type GatewayEvent =
  | {
      type: 'request';
      method: string;
      /** `GET /projects/7/issues`, without the query. */
      endpoint: string;
      /** Null when no answer came. */
      status: number | null;
      durationMs: number;
      /** 1 for the first. */
      attempt: number;
    }
  /** All requests wait for their turn. */
  | { type: 'pause'; waitMs: number }
  | { type: 'retry'; endpoint: string; attempt: number; waitMs: number; reason: string }
  | { type: 'warning'; message: string };

/** One request, through all its attempts. */
export interface Job {
  method: string;
  url: URL;
  body: string | null;
  route: Route;
  /** When the first attempt left; null before. */
  startedAt: number | null;
}

/** Carries a failed attempt through p-retry. */
export class AttemptError extends Error {
  readonly meaning: Meaning;
  readonly answer: Answer | null;
  /** How long to wait before another one. */
  readonly waitMs: number;
  constructor(meaning: Meaning, answer: Answer | null, waitMs: number) {
    super(meaning.sentence);
    this.meaning = meaning;
    this.answer = answer;
    this.waitMs = waitMs;
  }
}

export interface SenderOptions {
  base: URL;
  token: string;
  windowMs: number;
  requestTimeoutMs: number;
  /** On the gateway's clock: after it nothing is sent any more. */
  deadline: number;
  now: () => number;
  random: () => number;
  log: (event: GatewayEvent) => void;
  /** How to reach the server; left out: Node's own way. */
  fetch?: Fetch;
}

export interface Sender {
  /** @throws AttemptError when the exchange failed, GatewayError when the time of the run is over */
  send: (job: Job, attempt: number) => Promise<Answer>;
  counts: () => RequestCounts;
  /** Whether the server has answered at all. */
  known: () => boolean;
}

/** Sends single attempts, each in its turn, and says what came of them. */
export function createSender(options: SenderOptions, pacing: Pacing): Sender {
  const { now } = options;
  const counts: RequestCounts = { total: 0, retried: 0, throttled: 0 };
  let known = false;
  return {
    counts: () => ({ ...counts }),
    known: () => known,
    async send(job, attempt) {
      const isNote = job.method === 'POST' && job.url.pathname.endsWith('/notes');
      const slot = await pacing.acquire(isNote ? 'note' : 'other');
      if ('tooLateMs' in slot) throw tooLate(job.route, slot.tooLateMs);
      const sentAt = now();
      job.startedAt ??= sentAt;
      counts.total += 1;
      if (attempt > 1) counts.retried += 1;
      const outgoing = {
        method: job.method,
        url: job.url,
        headers: headersFor(options.token, job.body),
        body: job.body,
        timeoutMs: Math.min(options.requestTimeoutMs, options.deadline - sentAt),
      };
      const result = await exchange(outgoing, options.fetch);
      const answer = result.kind === 'answer' ? result.answer : null;
      const status = answer?.status ?? null;
      const waitMs = waitAfter(answer, attempt, options);
      if (answer !== null) known = true;
      if (status === 429) counts.throttled += 1;
      slot.release({
        rate: answer?.rate ?? null,
        throttledForMs: status === 429 ? waitMs : null,
        scope: scopeOf(answer, isNote),
      });
      const { method, route } = job;
      options.log({
        type: 'request',
        method,
        endpoint: route.endpoint,
        status,
        durationMs: now() - sentAt,
        attempt,
      });
      const meaning = meaningOf(result, { method, route, origin: options.base.origin, token: options.token });
      if (meaning !== null) throw new AttemptError(meaning, answer, waitMs);
      return answer as Answer;
    },
  };
}

const BACKOFF_BASE_MS = 500;
const BACKOFF_CAP_MS = 30_000;

/** What the server asks for; else exponential backoff with full jitter, slower where a window has to pass. */
function waitAfter(answer: Answer | null, attempt: number, { random, windowMs }: SenderOptions): number {
  const throttled = answer?.status === 429;
  const base = throttled ? windowMs / 15 : BACKOFF_BASE_MS;
  const cap = throttled ? windowMs / 2 : BACKOFF_CAP_MS;
  const jitter = random() * Math.min(cap, base * 2 ** (attempt - 1));
  const asked = answer?.retryAfterMs ?? (throttled ? answer?.rate?.resetInMs : undefined);
  // A little jitter on top, so that jobs which were told the same do not come back at the same moment.
  return Math.round(asked === undefined ? jitter : asked + random() * BACKOFF_BASE_MS);
}

/** Note creation has a limit of its own, told apart by its JSON answer and unknown to any header (docs/gitlab.md §4). */
function scopeOf(answer: Answer | null, isNote: boolean): 'all' | 'notes' {
  return isNote && answer?.status === 429 && answer.body.kind === 'json' ? 'notes' : 'all';
}

function headersFor(token: string, body: string | null): Record<string, string> {
  return {
    'private-token': token,
    accept: 'application/json',
    'user-agent': 'kr-hygiene',
    ...(body === null ? {} : { 'content-type': 'application/json' }),
  };
}

function tooLate({ deed }: Route, waitMs: number): GatewayError {
  const minutes = Math.ceil(waitMs / 60_000);
  const why =
    waitMs === 0
      ? 'The time for this run is used up'
      : `GitLab's rate limit lets us go on only in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}, when the time for this run is over`;
  return new GatewayError(
    'budget-exhausted',
    `${why}, so we did not ${deed}. With the --state file of this run the next one goes on from here, without it at the beginning; a longer time budget or fewer sources help too.`,
    { fatal: true },
  );
}
