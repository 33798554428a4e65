import { errors } from '../world/errors.ts';
import type { User, World } from '../world/types.ts';
import type { Reply } from './reply.ts';

const actionLimits = {
  notes: 'notesPerMinute',
  searches: 'searchesPerMinute',
  projects: 'projectReadsPerMinute',
  groupProjects: 'groupProjectReadsPerMinute',
  users: 'userReadsPerMinute',
} as const;

/** Request throttling and application limits: two independent systems, the second one in no header (FACTS 4). */
export interface RateLimits {
  /** Counts a request; the headers for its answer, or the 429 itself. */
  request(who: string): { headers: Record<string, string>; refusal: Reply | null };
  /** Counts an action against an application limit; throws 429. */
  action(kind: keyof typeof actionLimits, user: User | null): void;
}

export function createRateLimits(world: World): RateLimits {
  const windows = new Map<string, { window: number; count: number }>();
  const count = (key: string): number => {
    const window = Math.floor(Date.now() / world.settings.rateWindowMs);
    const known = windows.get(key);
    const next = known?.window === window ? { window, count: known.count + 1 } : { window, count: 1 };
    windows.set(key, next);
    return next.count;
  };
  return {
    request(who) {
      const { requestsPerMinute: limit, rateWindowMs, rateLimitHeaders, rateLimitText } = world.settings;
      if (limit === null) return { headers: {}, refusal: null };
      const observed = count(`request ${who}`);
      const resetAt = (Math.floor(Date.now() / rateWindowMs) + 1) * rateWindowMs;
      const headers = {
        'RateLimit-Limit': String(limit),
        'RateLimit-Name': 'throttle_authenticated_api',
        'RateLimit-Observed': String(observed),
        'RateLimit-Remaining': String(Math.max(0, limit - observed)),
        'RateLimit-Reset': String(Math.ceil(resetAt / 1000)),
      };
      const shown = rateLimitHeaders ? headers : {};
      if (observed <= limit) return { headers: shown, refusal: null };
      const late = {
        'RateLimit-ResetTime': new Date(resetAt).toUTCString(),
        'Retry-After': String(Math.ceil((resetAt - Date.now()) / 1000)),
      };
      const refusal: Reply = {
        status: 429,
        body: rateLimitText,
        headers: { 'content-type': 'text/plain', ...shown, ...(rateLimitHeaders ? late : {}) },
      };
      return { headers: shown, refusal };
    },
    action(kind, user) {
      const limit = world.settings[actionLimits[kind]];
      if (limit !== null && count(`${kind} ${user?.id ?? 'nobody'}`) > limit) throw errors.tooManyActions();
    },
  };
}
