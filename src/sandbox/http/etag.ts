import { createHash } from 'node:crypto';
import { type Call, ok } from './context.ts';
import type { Reply } from './reply.ts';

/** A weak ETag on the issue and note lists; `If-None-Match` answers 304. */
export function notModifiedOr(call: Call, body: unknown, headers: Record<string, string>): Reply {
  const json = JSON.stringify(body);
  const etag = `W/"${createHash('md5').update(json).digest('hex')}"`;
  const given = call.header('if-none-match');
  if (given?.split(/\s*,\s*/).includes(etag)) return { status: 304, body: null, headers: { ETag: etag } };
  return ok(json, { 'content-type': 'application/json', ETag: etag, ...headers });
}
