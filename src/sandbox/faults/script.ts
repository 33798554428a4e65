import { z } from 'zod';
import type { SandboxState } from '../state.ts';

const acted = z
  .boolean()
  .default(false)
  .describe('true: the server carries the request out first, and only then does this happen');

const status = z.union(
  (
    [
      200, 202, 301, 302, 307, 308, 400, 401, 403, 404, 405, 409, 412, 413, 414, 422, 429, 500, 502, 503, 504,
    ] as const
  ).map((code) => z.literal(code)),
);

/** What can go wrong with one request. */
export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('status'),
    status,
    format: z
      .enum(['json', 'text', 'html'])
      .optional()
      .describe('default: what GitLab usually sends with it'),
    body: z.unknown().optional().describe('text, or any JSON value, instead of the usual body'),
    retryAfter: z.number().int().nonnegative().optional().describe('seconds, as Retry-After'),
    location: z.string().optional().describe('for redirects'),
    acted,
  }),
  z.strictObject({ kind: z.literal('reset'), acted }),
  z.strictObject({ kind: z.literal('hang'), acted }),
  z.strictObject({ kind: z.literal('delay'), ms: z.number().nonnegative() }),
  z.strictObject({
    kind: z.literal('drip'),
    ms: z.number().positive().describe('until the body is complete'),
  }),
  z.strictObject({ kind: z.literal('cut') }).describe('the connection ends in the middle of the body'),
  z.strictObject({ kind: z.literal('malformed') }).describe('a complete answer whose JSON breaks off'),
  z.strictObject({
    kind: z.literal('stale'),
    change: z.enum(['touch', 'close', 'relabel', 'delete-note']).default('touch'),
    count: z.number().int().positive().default(1).describe('how many issues change before this page is read'),
    pick: z.enum(['oldest', 'newest']).default('oldest').describe('by their last update'),
  }),
  z.strictObject({ kind: z.literal('revoke-token') }),
  z.strictObject({ kind: z.literal('remove-project') }),
  z.strictObject({ kind: z.literal('archive-project') }),
]);

const matchSchema = z.strictObject({
  method: z.union([z.string(), z.array(z.string())]).optional(),
  pathPattern: z
    .string()
    .optional()
    .describe('path below /api/v4, without query; `*` is one segment, `**` any number'),
  nth: z.number().int().positive().optional().describe('only the n-th request that matches'),
  every: z.number().int().positive().optional(),
  probability: z.number().min(0).max(1).optional(),
  times: z.number().int().positive().optional().describe('at most this often'),
});

const ruleSchema = z.strictObject({ match: matchSchema.default({}), fault: faultSchema });

/** A fault script as it is in a file; a bare list of rules stands for `{ rules }`. */
export const faultScriptSchema = z.strictObject({
  seed: z.number().int().default(1).describe('for `probability`'),
  rules: z.array(ruleSchema),
});

export type Fault = z.input<typeof faultSchema>;
export type ParsedFault = z.output<typeof faultSchema>;
export type FaultRule = z.input<typeof ruleSchema>;
export interface FaultRequest {
  method: string;
  /** Path below `/api/v4`, as sent. */
  path: string;
  query: string;
  /** Counts all requests to the API, from 1. */
  number: number;
}

/** A function decides for itself, and may change the world through `state` as people would. */
export type FaultFunction = (request: FaultRequest, state: SandboxState) => Fault | null | undefined;
export type FaultScript = FaultRule[] | z.input<typeof faultScriptSchema> | FaultFunction;

export type FaultSource = (request: FaultRequest, state: SandboxState) => ParsedFault | null;

/** Small seeded generator (mulberry32), so that a schedule can be played again. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Makes a script ready to be asked about each request; the first rule that fires wins.
 * @throws ZodError for a script of the wrong shape
 */
export function compileFaults(script: FaultScript | null): FaultSource {
  if (script === null) return () => null;
  if (typeof script === 'function') {
    return (request, state) => {
      const fault = script(request, state);
      return fault ? faultSchema.parse(fault) : null;
    };
  }
  const { seed, rules } = faultScriptSchema.parse(Array.isArray(script) ? { rules: script } : script);
  const random = seededRandom(seed);
  const counters = rules.map((rule) => ({ rule, fits: matcher(rule.match), seen: 0, fired: 0 }));
  return (request) => {
    let chosen: ParsedFault | null = null;
    for (const counter of counters) {
      const { rule, fits } = counter;
      if (!fits(request)) continue;
      counter.seen += 1;
      if (chosen || counter.fired >= (rule.match.times ?? Number.POSITIVE_INFINITY)) continue;
      if (!fires(rule.match, counter.seen, random)) continue;
      counter.fired += 1;
      chosen = rule.fault;
    }
    return chosen;
  };
}

type Match = z.output<typeof matchSchema>;

function fires(match: Match, seen: number, random: () => number): boolean {
  if (match.nth !== undefined && match.nth !== seen) return false;
  if (match.every !== undefined && seen % match.every !== 0) return false;
  return match.probability === undefined || random() < match.probability;
}

function matcher(match: Match): (request: FaultRequest) => boolean {
  const methods = match.method === undefined ? null : [match.method].flat().map((name) => name.toUpperCase());
  const pattern = match.pathPattern === undefined ? null : pathPattern(match.pathPattern);
  return ({ method, path }) => (!methods || methods.includes(method)) && (!pattern || pattern.test(path));
}

function pathPattern(glob: string): RegExp {
  const source = glob
    .split(/(\*\*|\*)/)
    .map((part) =>
      part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'),
    );
  return new RegExp(`^${source.join('')}$`);
}
