import { GatewayError, type GatewayErrorCode } from '../model/errors.ts';
import type { Route } from './describe.ts';
import type { Answer, Exchange } from './transport.ts';

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

export function toGatewayError(meaning: Meaning, attempts: number): GatewayError {
  const { code, sentence, status, outcome, fatal } = meaning;
  const tried = attempts > 1 ? ` We tried ${attempts} times.` : '';
  return new GatewayError(code, sentence + tried, { status, outcome, fatal });
}

interface Context {
  method: string;
  route: Route;
  /** GitLab's address, for messages. */
  origin: string;
  /** Taken out of whatever GitLab says. */
  token: string;
}

/** GET, PUT and DELETE may be repeated: all our PUTs say how things shall be, not what to add to them. */
const mayRepeat = (method: string): boolean => method !== 'POST';

/** @returns null when the exchange is a success */
export function meaningOf(exchange: Exchange, context: Context): Meaning | null {
  const meaning = interpret(exchange, context);
  return meaning === null ? null : { ...meaning, sentence: redact(meaning.sentence, context.token) };
}

/** What a server says may hold what it was told, in any case: host names come back in lower case. */
export function redact(text: string, token: string): string {
  return text.replaceAll(new RegExp(token.replaceAll(/[^\w-]/g, '\\$&'), 'gi'), '(token)');
}

function interpret(exchange: Exchange, context: Context): Meaning | null {
  if (exchange.kind === 'failure') return meaningOfSilence(exchange, context);
  const { answer } = exchange;
  const { status } = answer;
  if (status >= 200 && status < 300) return meaningOfSuccess(answer, context);
  if (status >= 300 && status < 400) return meaningOfRedirect(answer, context);
  if (status >= 500) return meaningOfServerError(answer, context);
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
    `${origin} did not accept a connection (to ${deed}). Check the address (CI_SERVER_URL or --gitlab-url) and that this machine may reach it.`,
  'unknown-host': (_deed, origin) =>
    `The host of ${origin} could not be found. Check the address (CI_SERVER_URL or --gitlab-url) for a misspelling, and the name service of this machine.`,
  certificate: (_deed, origin) =>
    `No secure connection to ${origin} could be made: this machine does not accept its certificate. If your GitLab has a certificate authority of its own, name its file in NODE_EXTRA_CA_CERTS.`,
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
        : `The server answered with ${body.html ? 'a web page' : 'plain text'} instead of data (to ${route.deed}). Check that the address (CI_SERVER_URL or --gitlab-url) is GitLab's own and no sign-in page or proxy stands before it.`,
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

type Verdict = Pick<Meaning, 'code' | 'sentence'> & Partial<Pick<Meaning, 'fatal' | 'retry'>>;

function meaningOfRefusal(answer: Answer, context: Context): Meaning {
  const text = wordsOf(answer, context.token);
  const verdict = refusal(answer.status, text, context);
  return { status: answer.status, outcome: 'not-done', fatal: false, retry: false, ...verdict };
}

function refusal(status: number, text: string, context: Context): Verdict {
  const { method, route } = context;
  const { deed, thing } = route;
  if (/spam|captcha/i.test(text)) {
    return {
      code: 'spam',
      sentence: `GitLab took our text for spam (to ${deed}) and did not store it. Ask an administrator to mark the bot's user as trusted.`,
    };
  }
  switch (status) {
    case 401:
      return unauthorized(text);
    case 403:
      return forbidden(text, context);
    case 404:
      return {
        code: 'not-found',
        sentence: `GitLab answers "not found" (to ${deed}): it does not exist, or the token's user may not see it; GitLab does not tell which. Check the spelling, and that the bot is a member with at least the Planner role.`,
      };
    case 405:
      return /moved/i.test(text)
        ? {
            code: 'moved',
            sentence: `The project was renamed or moved, and GitLab makes no changes under its old address (to ${deed}). Name the project by its numeric id.`,
          }
        : {
            code: 'unexpected-response',
            sentence: `GitLab does not offer this way to ${deed} (405). Its version may be too old; kr-hygiene is made for GitLab 16 and later.`,
          };
    case 409:
      return {
        code: 'conflict',
        retry: true,
        sentence: `Something else was changing ${thing} at the same moment (409). The next run tries again.`,
      };
    case 413:
    case 414:
      return {
        code: 'too-large',
        sentence: `The request to ${deed} was too large for the server (${status}). ${status === 414 ? 'Use fewer or shorter labels in the policy.' : 'Ask the administrators about the size limit of the server or of a proxy before it.'}`,
      };
    case 429:
      return {
        code: 'rate-limited',
        retry: true,
        sentence: `GitLab says we ask too often (429, to ${deed}). Lower the rate in the policy, or ask whether other jobs use the same token.`,
      };
    default:
      return badRequest(status, text, method, route);
  }
}

function unauthorized(text: string): Verdict {
  const how = /expired/i.test(text)
    ? 'has expired'
    : /revoked/i.test(text)
      ? 'has been revoked'
      : 'is not valid here';
  return {
    code: 'unauthorized',
    fatal: true,
    sentence: `GitLab does not accept the token: it ${how} (401). Create a new token with the scope "api" (or "read_api" for dry runs) and put it in KR_HYGIENE_TOKEN.`,
  };
}

function forbidden(text: string, { method, route }: Context): Verdict {
  if (/insufficient_scope|higher privileges/i.test(text)) {
    return {
      code: 'insufficient-scope',
      fatal: true,
      sentence: `The token lacks the scope needed to ${route.deed}. Create one with the scope "${method === 'GET' ? 'read_api' : 'api'}" and put it in KR_HYGIENE_TOKEN.`,
    };
  }
  if (/archived/i.test(text)) return { code: 'archived', sentence: archivedSentence(route.deed) };
  if (/issues? (?:are|is) (?:disabled|turned off|not enabled)/i.test(text)) {
    return { code: 'issues-disabled', sentence: issuesDisabledSentence(route.deed) };
  }
  if (/licen[cs]e/i.test(text)) {
    return {
      code: 'forbidden',
      sentence: `The licence of this GitLab does not allow to ${route.deed} (403). It is a question of the paid tier, not of the token.`,
    };
  }
  return {
    code: 'forbidden',
    sentence: `The token's user may not ${route.deed} (403). Give the bot at least the Planner role there (Reporter before GitLab 17.7).`,
  };
}

export function archivedSentence(deed: string, project = 'The project'): string {
  return `${project} is archived, and everything in it is read-only, so we could not ${deed}. Take it out of the sources, or unarchive it.`;
}

export function issuesDisabledSentence(deed: string, project = 'the project'): string {
  return `Issues are switched off in ${project}, so we could not ${deed}. Switch them on in its settings (General, Visibility), or take it out of the sources.`;
}

function badRequest(status: number, text: string, method: string, { deed }: Route): Verdict {
  if (/maximum number of comments/i.test(text)) {
    return {
      code: 'note-limit',
      sentence: `The issue holds as many comments as GitLab allows, 5,000, so we could not ${deed}. Continue in a new issue and close this one.`,
    };
  }
  const reason = text === '' ? '' : ` It says: "${text}".`;
  return {
    code: 'rejected',
    sentence: `GitLab refused to ${deed} (${status}).${reason}${method === 'GET' ? ' Check the filters in the policy.' : ''}`,
  };
}

/** GitLab's own words from any of its shapes (FACTS §5), cleaned and cut; '' for HTML and plain text. */
function wordsOf({ body }: Answer, token: string): string {
  if (body.kind !== 'json' || typeof body.value !== 'object' || body.value === null) return '';
  const fields = body.value as Record<string, unknown>;
  const texts = ['error', 'error_description', 'message'].flatMap((key) => textsIn(fields[key], 0));
  if (fields['needs_captcha_response'] === true) texts.push('captcha');
  // Before it is cut: half a token is no longer found.
  return redact([...new Set(texts)].join('; '), token)
    .replaceAll(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
    .slice(0, 200);
}

function textsIn(value: unknown, depth: number): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || depth > 3) return [];
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, depth + 1));
  return Object.entries(value).flatMap(([key, item]) =>
    textsIn(item, depth + 1).map((text) => `${key}: ${text}`),
  );
}
