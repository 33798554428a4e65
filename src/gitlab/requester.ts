import { createRequesterFn, type ResourceOptions } from '@gitbeaker/requester-utils';
import pRetry from 'p-retry';
import { GatewayError } from '../model/errors.ts';
import type { RequestCounts } from '../model/ports.ts';
import { describeRoute, type Route } from './describe.ts';
import { type Meaning, meaningOf, toGatewayError } from './meaning.ts';
import { createPacing } from './pacing.ts';
import { type Answer, type Exchange, exchange } from './transport.ts';

export interface RequesterOptions {
  /** Origin and path of GitLab, without `/api/v4`. */
  base: URL;
  token: string;
  requestsPerWindow: number;
  notesPerWindow: number;
  windowMs: number;
  /** For one attempt, from the connection to the last byte. */
  requestTimeoutMs: number;
  /** For all attempts of one request together. */
  requestBudgetMs: number;
  /** For the whole run, from the creation of the gateway. */
  runBudgetMs: number;
  concurrency: number;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  random: () => number;
  log: (event: GatewayEvent) => void;
  nameOf: (projectId: string) => string | undefined;
}

/** Something worth a line in the log. Never holds a header, a token or a body. */
export type GatewayEvent =
  | {
      type: 'request';
      method: string;
      endpoint: string;
      status: number | null;
      durationMs: number;
      attempt: number;
    }
  | { type: 'retry'; endpoint: string; attempt: number; waitMs: number; reason: string }
  | { type: 'warning'; message: string };

/** What every call through gitbeaker resolves with: it keeps gitbeaker from paging by itself, and the status in sight. */
export interface Envelope {
  status: number;
  data: unknown;
  link: string;
  route: Route;
}

const MAX_REPEATS = 8;
const FIRST_REPEATS = 3;
const BACKOFF_BASE_MS = 500;
const BACKOFF_CAP_MS = 30_000;

/** Carries a failed attempt through p-retry. */
class AttemptError extends Error {
  readonly meaning: Meaning;
  readonly answer: Answer | null;
  constructor(meaning: Meaning, answer: Answer | null) {
    super(meaning.sentence);
    this.meaning = meaning;
    this.answer = answer;
  }
}

interface Job {
  method: string;
  url: URL;
  body: string | null;
  route: Route;
  startedAt: number;
}

export type RequesterFn = ReturnType<typeof createRequesterFn>;

/** gitbeaker's requester, with retries by meaning, one shared pace and bounded concurrency (FACTS §21). */
export function createRequester(options: RequesterOptions): {
  requesterFn: RequesterFn;
  counts: () => RequestCounts;
} {
  const { now, sleep, log } = options;
  const counts: RequestCounts = { total: 0, retried: 0, throttled: 0 };
  const pacing = createPacing({
    requests: options.requestsPerWindow,
    notes: options.notesPerWindow,
    windowMs: options.windowMs,
    concurrency: options.concurrency,
    now,
    sleep,
  });
  const deadline = now() + options.runBudgetMs;
  let known = false;

  async function send(job: Job, attempt: number): Promise<Answer> {
    const isNote = job.method === 'POST' && job.url.pathname.endsWith('/notes');
    const slot = await pacing.acquire(isNote ? 'note' : 'other');
    if (now() > deadline) {
      slot.release({ rate: null, throttledForMs: null, scope: 'all' });
      throw budgetSpent(job.route);
    }
    counts.total += 1;
    if (attempt > 1) counts.retried += 1;
    const sentAt = now();
    const result = await exchange({
      method: job.method,
      url: job.url,
      headers: headersFor(options.token, job.body),
      body: job.body,
      timeoutMs: Math.min(options.requestTimeoutMs, Math.max(1, deadline - sentAt)),
      now: Date.now,
    });
    const answer = result.kind === 'answer' ? result.answer : null;
    const throttled = answer?.status === 429;
    if (throttled) counts.throttled += 1;
    const wait = throttled ? waitAfter(answer, attempt) : null;
    slot.release({ rate: answer?.rate ?? null, throttledForMs: wait, scope: scopeOf(answer, isNote) });
    log({
      type: 'request',
      method: job.method,
      endpoint: job.route.endpoint,
      status: answer?.status ?? null,
      durationMs: now() - sentAt,
      attempt,
    });
    return judge(result, job);
  }

  function judge(result: Exchange, job: Job): Answer {
    const context = { method: job.method, route: job.route, known, origin: options.base.origin };
    const meaning = meaningOf(result, context);
    if (result.kind === 'answer') known = true;
    const answer = result.kind === 'answer' ? result.answer : null;
    if (meaning !== null) throw new AttemptError(meaning, answer);
    if (answer === null) throw new TypeError('a silence is never a success');
    return answer;
  }

  /** Exponential backoff with full jitter; what the server asks for comes first. */
  function waitAfter(answer: Answer | null, attempt: number): number {
    const jitter = options.random() * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** (attempt - 1));
    const asked = answer?.retryAfterMs ?? (answer?.status === 429 ? answer.rate?.resetInMs : undefined);
    return asked === undefined || asked === null ? jitter : asked + jitter / 10;
  }

  async function prepareRepeat(error: Error, attempt: number, job: Job): Promise<boolean> {
    if (!(error instanceof AttemptError) || !error.meaning.retry) return false;
    // A server that never answered is more likely misspelt than busy.
    if (!known && error.meaning.code === 'unreachable' && attempt >= FIRST_REPEATS) return false;
    const waitMs = Math.round(waitAfter(error.answer, attempt));
    const resumeAt = now() + waitMs;
    if (resumeAt > deadline || resumeAt - job.startedAt > options.requestBudgetMs) return false;
    const reason = error.meaning.status === null ? error.meaning.code : String(error.meaning.status);
    log({ type: 'retry', endpoint: job.route.endpoint, attempt, waitMs, reason });
    await sleep(waitMs);
    return true;
  }

  async function perform(path: string, raw: Record<string, unknown> = {}): Promise<Envelope> {
    const job = toJob(path, raw, options);
    try {
      const answer = await pRetry((attempt) => send(job, attempt), {
        retries: MAX_REPEATS,
        minTimeout: 0,
        shouldRetry: ({ error, attemptNumber }) => prepareRepeat(error, attemptNumber, job),
      });
      return {
        status: answer.status,
        data: answer.body.kind === 'json' ? answer.body.value : null,
        link: answer.link,
        route: job.route,
      };
    } catch (error) {
      throw error instanceof AttemptError ? toGatewayError(error.meaning) : error;
    }
  }

  const requesterFn = createRequesterFn(
    (_service: ResourceOptions, request) => Promise.resolve(request),
    async (path, raw) => ({
      body: { ...(await perform(path, raw)) },
      headers: {},
      status: 200,
    }),
  );
  return { requesterFn, counts: () => ({ ...counts }) };
}

/** Note creation has a limit of its own, told apart by its JSON answer and unknown to any header (FACTS §4). */
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

function toJob(path: string, raw: Record<string, unknown>, { base, nameOf, now }: RequesterOptions): Job {
  const method = String(raw['method']);
  const prefix = String(raw['prefixUrl']).replace(/\/*$/, '/');
  const url = new URL(path, prefix);
  if (typeof raw['searchParams'] === 'string') url.search = raw['searchParams'];
  const route = url.pathname.slice(`${base.pathname.replace(/\/$/, '')}/api/v4/`.length);
  const body = typeof raw['body'] === 'string' && method !== 'DELETE' ? raw['body'] : null;
  return { method, url, body, route: describeRoute(method, route, nameOf), startedAt: now() };
}

function budgetSpent({ deed }: Route): GatewayError {
  return new GatewayError(
    'budget-exhausted',
    `The time for this run is used up, so we did not ${deed}. The next run goes on from here; a longer time budget or fewer sources help too.`,
    { fatal: true },
  );
}
