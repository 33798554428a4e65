import { errors } from '../world/errors.ts';
import { type Call, ok } from './context.ts';
import { integer } from './params.ts';
import type { Reply } from './reply.ts';

export interface Page {
  number: number;
  size: number;
}

/** `per_page` is 20 by default and cut to the instance's maximum. */
export function pageOf(call: Call): Page {
  const size = integer(call.params, 'per_page') ?? 20;
  const number = integer(call.params, 'page') ?? 1;
  if (size === 0) throw errors.badParameter('per_page has a value not allowed');
  return {
    number: Math.max(1, number),
    size: Math.min(size < 0 ? 20 : size, call.world.settings.maxPerPage),
  };
}

/** Link and `x-…` headers of offset pagination; above 10,000 rows the totals and `rel="last"` are missing. */
export function offsetHeaders(call: Call, page: Page, total: number): Record<string, string> {
  const last = Math.max(1, Math.ceil(total / page.size));
  const hasNext = page.number < last;
  const counted = total <= call.world.settings.totalsLimit;
  const links = [
    ...(page.number > 1 ? [link(call, { page: page.number - 1, per_page: page.size }, 'prev')] : []),
    ...(hasNext ? [link(call, { page: page.number + 1, per_page: page.size }, 'next')] : []),
    link(call, { page: 1, per_page: page.size }, 'first'),
    ...(counted ? [link(call, { page: last, per_page: page.size }, 'last')] : []),
  ];
  return {
    Link: links.join(', '),
    'x-page': String(page.number),
    'x-per-page': String(page.size),
    'x-prev-page': page.number > 1 ? String(page.number - 1) : '',
    'x-next-page': hasNext ? String(page.number + 1) : '',
    ...(counted ? { 'x-total': String(total), 'x-total-pages': String(last) } : {}),
  };
}

export function keysetHeaders(call: Call, size: number, cursor: string | null): Record<string, string> {
  return cursor === null ? {} : { Link: link(call, { cursor, per_page: size }, 'next') };
}

function link(call: Call, changed: Record<string, string | number>, rel: string): string {
  const query = new URLSearchParams();
  for (const [key, value] of call.params) {
    if (key in changed || key === 'private_token' || key === 'access_token') continue;
    if (Array.isArray(value)) for (const item of value) query.append(`${key}[]`, String(item));
    else query.append(key, String(value));
  }
  for (const [key, value] of Object.entries(changed)) query.append(key, String(value));
  return `<${call.world.origin}${call.pathname}?${query.toString()}>; rel="${rel}"`;
}

/** One offset page of a list that is at hand in whole, each row as `show` has it. */
export function okPage<T>(call: Call, rows: readonly T[], show: (row: T) => unknown): Reply {
  const page = pageOf(call);
  const start = (page.number - 1) * page.size;
  const body = rows.slice(start, start + page.size).map((row) => show(row));
  return ok(body, offsetHeaders(call, page, rows.length));
}
