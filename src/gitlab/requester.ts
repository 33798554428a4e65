import { createRequesterFn } from '@gitbeaker/requester-utils';
import pRetry from 'p-retry';
import type { RequestCounts } from '../model/ports.ts';
import { AttemptError, createSender, type GatewayEvent, type Job, type SenderOptions } from './attempt.ts';
import { describeRoute, type Route } from './describe.ts';
import { toGatewayError } from './meaning.ts';
import { createPacing } from './pacing.ts';
import type { Answer } from './transport.ts';

export interface RequesterOptions extends Omit<SenderOptions, 'deadline'> {
  /** Origin and path of GitLab, without `/api/v4`. */
  base: URL;
  requestsPerWindow: number;
  notesPerWindow: number;
  /** For all attempts of one request together, from the moment the first one leaves. */
  requestBudgetMs: number;
  /** For the whole run, from the creation of the gateway. */
  runBudgetMs: number;
  concurrency: number;
  sleep: (ms: number) => Promise<void>;
  log: (event: GatewayEvent) => void;
  nameOf: (projectId: string) => string | undefined;
}

/** What every call through gitbeaker resolves with: it keeps gitbeaker from paging by itself, and the status in sight. */
export interface Envelope {
  status: number;
  data: unknown;
  link: string;
  route: Route;
}

export type RequesterFn = ReturnType<typeof createRequesterFn>;

const MAX_REPEATS = 8;
/** A server that never answered is more likely misspelt than busy. */
const MAX_REPEATS_UNHEARD = 2;
const MAX_REDIRECTS = 3;

/** gitbeaker's requester, with retries by meaning, one shared pace and bounded concurrency (docs/gitlab.md §21). */
export function createRequester(options: RequesterOptions): {
  requesterFn: RequesterFn;
  counts: () => RequestCounts;
} {
  const { now, sleep, log, base } = options;
  const deadline = now() + options.runBudgetMs;
  const pacing = createPacing({
    requests: options.requestsPerWindow,
    notes: options.notesPerWindow,
    windowMs: options.windowMs,
    concurrency: options.concurrency,
    deadline,
    now,
    sleep,
    onPause: (waitMs) => log({ type: 'pause', waitMs }),
  });
  const sender = createSender({ ...options, deadline }, pacing);

  async function prepareRepeat(error: Error, attempt: number, job: Job): Promise<boolean> {
    if (!(error instanceof AttemptError) || !error.meaning.retry) return false;
    const { waitMs, meaning } = error;
    if (!sender.known() && meaning.code === 'unreachable' && attempt > MAX_REPEATS_UNHEARD) return false;
    const resumeAt = now() + waitMs;
    const spent = resumeAt - (job.startedAt ?? now());
    if (resumeAt >= deadline || spent > options.requestBudgetMs) return false;
    const reason = meaning.status === null ? meaning.code : String(meaning.status);
    log({ type: 'retry', endpoint: job.route.endpoint, attempt, waitMs, reason });
    await sleep(waitMs);
    return true;
  }

  async function perform(job: Job, redirects = 0): Promise<Envelope> {
    let attempts = 0;
    try {
      const answer = await pRetry(
        (attempt) => {
          attempts = attempt;
          return sender.send(job, attempt);
        },
        {
          retries: MAX_REPEATS,
          minTimeout: 0,
          shouldRetry: ({ error, attemptNumber }) => prepareRepeat(error, attemptNumber, job),
        },
      );
      return envelope(answer, job.route);
    } catch (error) {
      if (!(error instanceof AttemptError)) throw error;
      const target = redirects < MAX_REDIRECTS ? redirectOf(job, error.answer, base) : null;
      if (target === null) throw toGatewayError(error.meaning, attempts, error.waitMs);
      return perform({ ...job, url: target }, redirects + 1);
    }
  }

  const requesterFn = createRequesterFn(
    (_service, request) => Promise.resolve(request),
    async (path, raw) => ({
      body: { ...(await perform(toJob(path, raw, options))) },
      headers: {},
      status: 200,
    }),
  );
  return { requesterFn, counts: sender.counts };
}

function envelope({ status, body, link }: Answer, route: Route): Envelope {
  return { status, data: body.kind === 'json' ? body.value : null, link, route };
}

function toJob(path: string, raw: Record<string, unknown> = {}, { base, nameOf }: RequesterOptions): Job {
  const method = String(raw['method']);
  const url = new URL(path, String(raw['prefixUrl']).replace(/\/*$/, '/'));
  if (typeof raw['searchParams'] === 'string') url.search = raw['searchParams'];
  const route = describeRoute(method, url.pathname.slice(apiRoot(base).length), nameOf);
  // gitbeaker sends `{}` with a DELETE, which some proxies refuse.
  const body = typeof raw['body'] === 'string' && method !== 'DELETE' ? raw['body'] : null;
  return { method, url, body, route, startedAt: null };
}

function apiRoot(base: URL): string {
  return `${base.pathname.replace(/\/+$/, '')}/api/v4/`;
}

/**
 * Where a redirected GET goes on: GitLab sends the old path of a renamed project to its numeric id (docs/gitlab.md §1). Only the
 * path is taken from the answer, so the token stays with the GitLab it is for; anything else than GET is never sent on.
 */
function redirectOf({ method, url }: Job, answer: Answer | null, base: URL): URL | null {
  if (method !== 'GET' || answer === null || answer.location === '') return null;
  if (!URL.canParse(answer.location, url.href)) return null;
  const target = new URL(answer.location, url);
  if (target.hostname !== base.hostname || !target.pathname.startsWith(apiRoot(base))) return null;
  const next = new URL(target.pathname + (target.search === '' ? url.search : target.search), base.origin);
  return next.href === url.href ? null : next;
}
