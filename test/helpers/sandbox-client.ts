import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { operationOf, responseProblems } from './contract.ts';

export interface Answer {
  status: number;
  headers: Headers;
  // A test looks into answers of any shape.
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
}

/**
 * A bare HTTP client for a sandbox: no retries, no paging, JSON where it is JSON. Every answer that the API
 * specification describes is held to it.
 */
export async function send(
  sandbox: Sandbox,
  token: string | null,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(path.startsWith('http') ? path : `${sandbox.url}/api/v4${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(token === null ? {} : { 'private-token': token }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = (response.headers.get('content-type') ?? '').includes('json');
  const value = json && text !== '' ? (JSON.parse(text) as unknown) : text;
  requireContract(method, new URL(response.url).pathname, response.status, value);
  return { status: response.status, headers: response.headers, body: value };
}

function requireContract(method: string, pathname: string, status: number, value: unknown): void {
  const operation = operationOf(method, pathname);
  if (!operation?.responses.has(String(status))) return;
  const problems = responseProblems(method, pathname, status, value);
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

/** The address of the next page, or null. */
export function nextLink(answer: Answer): string | null {
  return /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1] ?? null;
}

/** All pages of a list. */
export async function sendAll(sandbox: Sandbox, token: string, path: string): Promise<unknown[]> {
  const rows: unknown[] = [];
  for (let next: string | null = path; next !== null; ) {
    const answer: Answer = await send(sandbox, token, 'GET', next);
    if (answer.status !== 200) throw new Error(`${next}: ${answer.status}`);
    rows.push(...answer.body);
    next = nextLink(answer);
  }
  return rows;
}
