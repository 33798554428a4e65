import type { z } from 'zod';
import { GatewayError } from '../model/errors.ts';
import { misfit } from './client.ts';
import type { Envelope } from './requester.ts';

/** One page of a list: the entries that are sound, and how to go on. */
export interface Page<T> {
  items: T[];
  /** The query of `rel="next"`, or null at the end of the list. The host in it is of no interest. */
  next: URLSearchParams | null;
  /** The first entry that was not as expected, in words. */
  problem: string | null;
  thing: string;
}

export function parsePage<S extends z.ZodType>(schema: S, envelope: Envelope): Page<z.output<S>> {
  const { data, status, route, link } = envelope;
  if (!Array.isArray(data)) {
    throw new GatewayError(
      'unexpected-response',
      `GitLab's answer to ${route.endpoint} is not a list. Check that the address is GitLab's own; if it is, please report this.`,
      { status },
    );
  }
  const items: z.output<S>[] = [];
  let problem: string | null = null;
  for (const entry of data as unknown[]) {
    const result = schema.safeParse(entry);
    if (result.success) items.push(result.data);
    else problem ??= misfit(route.endpoint, result.error);
  }
  return { items, next: nextQuery(link), problem, thing: route.thing };
}

function nextQuery(link: string): URLSearchParams | null {
  for (const [, target = '', rel] of link.matchAll(/<([^<>]*)>\s*;\s*rel="([^"]*)"/g)) {
    if (rel === 'next') return new URLSearchParams(target.slice(target.indexOf('?') + 1));
  }
  return null;
}

/** A list that broke off after its first page is an error of its own, which names the list and the page. */
export function brokenOff(error: unknown, page: number, thing: string): unknown {
  if (page === 1 || !(error instanceof GatewayError) || error.code === 'incomplete-list') return error;
  return new GatewayError(
    'incomplete-list',
    `The list of ${thing} broke off at page ${page}, so what follows is unknown. ${error.message}`,
    { status: error.status, fatal: error.fatal },
  );
}

const MAX_PASSES = 6;

/**
 * Reads a list with numbered pages to its very end.
 *
 * Numbered pages drift: when an entry of a page already read goes away, another slips over the page border and is
 * never seen (docs/gitlab.md §3). So a list of more than one page is read until two passes in a row agree: had an entry slipped,
 * the one that made room for it would be missing in the second pass. Short pages do not end a list (docs/gitlab.md §3).
 */
export async function readNumberedPages<T>(
  fetchPage: (page: number) => Promise<Page<T>>,
  keyOf: (item: T) => number | string,
): Promise<T[]> {
  let before: string[] | null = null;
  for (let pass = 1; pass <= MAX_PASSES; pass += 1) {
    const { items, pages, thing } = await readOnce(fetchPage);
    const unique = new Map(items.map((item) => [String(keyOf(item)), item]));
    const keys = items.map((item) => String(keyOf(item)));
    if (pages === 1 || (before !== null && startsWith(keys, before))) return [...unique.values()];
    before = keys;
    if (pass === MAX_PASSES) {
      throw new GatewayError(
        'incomplete-list',
        `The list of ${thing} changed every time it was read, ${MAX_PASSES} times (page ${pages} was the last), so it may have gaps. The next run tries again.`,
      );
    }
  }
  return [];
}

/** New entries at the end push nothing over a border. */
function startsWith(keys: string[], start: string[]): boolean {
  return start.length <= keys.length && start.every((key, index) => keys[index] === key);
}

async function readOnce<T>(
  fetchPage: (page: number) => Promise<Page<T>>,
): Promise<{ items: T[]; pages: number; thing: string }> {
  const items: T[] = [];
  let thing = 'entries';
  for (let page = 1; ; page += 1) {
    try {
      const result = await fetchPage(page);
      thing = result.thing;
      if (result.problem !== null) throw new GatewayError('unexpected-response', result.problem);
      for (const item of result.items) items.push(item);
      if (result.next === null) return { items, pages: page, thing };
    } catch (error) {
      throw brokenOff(error, page, thing);
    }
  }
}
