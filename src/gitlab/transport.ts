import type { Fetch } from './network.ts';
import type { RateHeaders } from './pacing.ts';

/** One HTTP exchange, whatever its outcome; never throws. */
export type Exchange =
  | { kind: 'answer'; answer: Answer }
  /** No whole answer came. `sent: false`: the request certainly did not reach the server. */
  | {
      kind: 'failure';
      reason: 'refused' | 'unknown-host' | 'certificate' | 'reset' | 'timeout';
      sent: boolean;
    };

export interface Answer {
  status: number;
  body: Body;
  /** The `Link` header, or ''. */
  link: string;
  /** The `Location` header, or ''. */
  location: string;
  /** What the server asks to wait, in milliseconds, or null. */
  retryAfterMs: number | null;
  rate: RateHeaders | null;
}

/** `broken`: announced as JSON, but it is not. `other`: HTML or text; only its kind is kept. */
export type Body =
  | { kind: 'json'; value: unknown }
  | { kind: 'none' }
  | { kind: 'broken' }
  | { kind: 'other'; html: boolean };

export interface Outgoing {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body: string | null;
  timeoutMs: number;
}

/** Never follows a redirect: the caller decides where a token may go. */
export async function exchange(request: Outgoing, send: Fetch = fetch): Promise<Exchange> {
  try {
    const response = await send(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body,
      redirect: 'manual',
      signal: AbortSignal.timeout(Math.max(1, Math.round(request.timeoutMs))),
    });
    const text = await response.text();
    return { kind: 'answer', answer: toAnswer(response, text) };
  } catch (error) {
    return failureOf(error);
  }
}

function toAnswer({ status, headers }: Response, text: string): Answer {
  // Clocks differ; the distance to the server's own `Date` does not.
  const served = Date.parse(headers.get('date') ?? '');
  const serverNow = Number.isNaN(served) ? Date.now() : served;
  return {
    status,
    body: toBody(status, headers.get('content-type') ?? '', text),
    link: headers.get('link') ?? '',
    location: headers.get('location') ?? '',
    retryAfterMs: retryAfter(headers.get('retry-after'), serverNow),
    rate: rateOf(headers, serverNow),
  };
}

function toBody(status: number, contentType: string, text: string): Body {
  if (status === 204 || status === 304 || (text === '' && status >= 300)) return { kind: 'none' };
  if (!contentType.includes('json')) return { kind: 'other', html: contentType.includes('html') };
  try {
    return { kind: 'json', value: JSON.parse(text) as unknown };
  } catch {
    return { kind: 'broken' };
  }
}

/** Seconds or an HTTP date (RFC 9110 §10.2.3). */
function retryAfter(value: string | null, serverNow: number): number | null {
  if (value === null || value === '') return null;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - serverNow);
}

function rateOf(headers: Headers, serverNow: number): RateHeaders | null {
  const remaining = Number.parseInt(headers.get('ratelimit-remaining') ?? '', 10);
  const reset = Number.parseInt(headers.get('ratelimit-reset') ?? '', 10);
  if (Number.isNaN(remaining) || Number.isNaN(reset)) return null;
  const name = headers.get('ratelimit-name') ?? '';
  return { name, remaining, reset, resetInMs: Math.max(0, reset * 1000 - serverNow) };
}

const REFUSED = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Told by their shape: errors of `fetch` may come from another realm, where `instanceof` says no. */
function failureOf(error: unknown): Exchange {
  if (textIn(error, 'name') === 'TimeoutError') return { kind: 'failure', reason: 'timeout', sent: true };
  const cause = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : null;
  const code = textIn(cause, 'code');
  // fetch refuses some ports by itself, such as 6000.
  if (REFUSED.has(code) || textIn(cause, 'message') === 'bad port') {
    return { kind: 'failure', reason: 'refused', sent: false };
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return { kind: 'failure', reason: 'unknown-host', sent: false };
  }
  if (/CERT|TLS|SSL|SIGNATURE|^EPROTO$/.test(code)) {
    return { kind: 'failure', reason: 'certificate', sent: false };
  }
  return { kind: 'failure', reason: 'reset', sent: true };
}

function textIn(value: unknown, key: 'name' | 'code' | 'message'): string {
  if (typeof value !== 'object' || value === null) return '';
  const text = (value as Record<string, unknown>)[key];
  return typeof text === 'string' ? text : '';
}
