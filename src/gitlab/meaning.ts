import { GatewayError, type GatewayErrorCode } from '../model/errors.ts';
import { withoutToken } from '../model/secret.ts';
import { type MeaningContext as Context, refusal } from './refusal.ts';
import type { Answer, Exchange } from './transport.ts';
import { wordsOf } from './words.ts';

/** What a failed exchange means: what to tell people, and whether the request may be repeated. */
export interface Meaning {
  code: GatewayErrorCode;
  /** One sentence, or two: what happened and what to do. */
  sentence: string;
  status: number | null;
  outcome: 'not-done' | 'unknown';
  fatal: boolean;
  /** Whether repeating could help and can do no harm. */
  retry: boolean;
}

/** @param waitMs how long the server wants us to keep away */
export function toGatewayError(meaning: Meaning, attempts: number, waitMs: number): GatewayError {
  const { code, sentence, status, outcome, fatal } = meaning;
  const tried = attempts > 1 ? ` We tried ${attempts} times.` : '';
  const minutes = Math.ceil(waitMs / 60_000);
  const asked = meaning.retry && minutes > 1 ? ` It asks to wait ${minutes} minutes.` : '';
  return new GatewayError(code, sentence + asked + tried, { status, outcome, fatal });
}

/** GET, PUT and DELETE may be repeated: all our PUTs say how things shall be, not what to add to them. */
const mayRepeat = (method: string): boolean => method !== 'POST';

/** @returns null when the exchange is a success */
export function meaningOf(exchange: Exchange, context: Context): Meaning | null {
  const meaning = interpret(exchange, context);
  return meaning === null ? null : { ...meaning, sentence: withoutToken(meaning.sentence, context.token) };
}

function interpret(exchange: Exchange, context: Context): Meaning | null {
  if (exchange.kind === 'failure') return meaningOfSilence(exchange, context);
  const { answer } = exchange;
  const { status } = answer;
  if (status >= 200 && status < 300) return meaningOfSuccess(answer, context);
  if (status >= 300 && status < 400) return meaningOfRedirect(answer, context);
  // 408 is a proxy that lost patience: no one knows what came of the request.
  if (status >= 500 || status === 408) return meaningOfServerError(answer, context);
  return meaningOfRefusal(answer, context);
}

type Silence = Extract<Exchange, { kind: 'failure' }>;

function meaningOfSilence({ reason, sent }: Silence, { method, route, origin }: Context): Meaning {
  return {
    code: reason === 'timeout' ? 'timeout' : 'unreachable',
    status: null,
    fatal: false,
    outcome: sent && method !== 'GET' ? 'unknown' : 'not-done',
    retry: reason !== 'certificate' && (!sent || mayRepeat(method)),
    sentence: silenceSentences[reason](route.deed, origin),
  };
}

const silenceSentences: Record<Silence['reason'], (deed: string, origin: string) => string> = {
  refused: (deed, origin) =>
    `${origin} did not accept a connection (to ${deed}). Check the address (CI_SERVER_URL or --gitlab-url) and that this machine may reach it; where only a proxy may, name it in HTTPS_PROXY.`,
  'unknown-host': (_deed, origin) =>
    `The host of ${origin} could not be found. Check the address (CI_SERVER_URL or --gitlab-url) for a misspelling, and the name service of this machine; where only a proxy knows it, name that in HTTPS_PROXY.`,
  certificate: (_deed, origin) =>
    `No secure connection to ${origin} could be made: this machine does not accept its certificate. If your GitLab has a certificate authority of its own, name its file in CI_SERVER_TLS_CA_FILE or NODE_EXTRA_CA_CERTS.`,
  timeout: (deed) =>
    `GitLab did not answer in time (to ${deed}). It may be overloaded; the next run tries again.`,
  reset: (deed) => `The connection to GitLab broke off in the middle (to ${deed}). The next run tries again.`,
};

function meaningOfSuccess({ status, body }: Answer, { method, route }: Context): Meaning | null {
  if (body.kind === 'json' || body.kind === 'none') return null;
  const outcome = method === 'GET' ? 'not-done' : 'unknown';
  return {
    code: 'unexpected-response',
    status,
    outcome,
    fatal: false,
    retry: mayRepeat(method),
    sentence:
      body.kind === 'broken'
        ? `GitLab's answer was cut off or damaged (to ${route.deed}). The next run tries again.`
        : `The server answered with ${body.html ? 'a web page' : 'plain text'} instead of data (to ${route.deed}). Check that the address (CI_SERVER_URL or --gitlab-url) is GitLab's own, with no sign-in page or proxy in front of it.`,
  };
}

function meaningOfRedirect({ status, location }: Answer, { method, route, origin }: Context): Meaning {
  const target = originOf(location, origin);
  const elsewhere = target !== null && target !== origin;
  return {
    code: 'moved',
    status,
    outcome: 'not-done',
    fatal: false,
    retry: false,
    sentence: elsewhere
      ? `GitLab sends us from ${origin} to ${target} (to ${route.deed}), and the token does not go to another address by itself. Set the address (CI_SERVER_URL or --gitlab-url) to the new one.`
      : method === 'GET'
        ? `GitLab redirects the request to ${route.deed} to another place. Name the project by its numeric id.`
        : `GitLab redirected a change (to ${route.deed}) instead of making it, so nothing was changed. Name the project by its numeric id, or set CI_SERVER_URL to the address GitLab redirects to.`,
  };
}

function originOf(location: string, base: string): string | null {
  try {
    return new URL(location, base).origin;
  } catch {
    return null;
  }
}

function meaningOfServerError({ status }: Answer, { method, route }: Context): Meaning {
  return {
    code: 'server',
    status,
    outcome: method === 'GET' ? 'not-done' : 'unknown',
    fatal: false,
    retry: mayRepeat(method),
    sentence: `GitLab answered with an error of its own, ${status} (to ${route.deed}). The next run tries again; if it stays, ask the administrators of your GitLab.`,
  };
}

function meaningOfRefusal(answer: Answer, context: Context): Meaning {
  const text = wordsOf(answer, context.token);
  const verdict = refusal(answer.status, text, context);
  return { status: answer.status, outcome: 'not-done', fatal: false, retry: false, ...verdict };
}
