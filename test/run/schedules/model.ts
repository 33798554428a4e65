import type { Fault } from '../../../src/sandbox/faults/script.ts';
import { fc } from '../../helpers/random.ts';

/** What happens between (and during) runs, as plain data: printed when it fails, played again from a seed. */
export interface Schedule {
  tier: 'free' | 'premium';
  /** Below 18.3 project issues have no keyset pagination. */
  version: '17.5.0' | '19.5.0';
  /** Small, so that a handful of issues fills several pages. */
  pageSize: number;
  /** Lists of groups have no keyset pagination at all; `both` meets each issue twice. */
  source: 'project' | 'group' | 'both';
  backlog: readonly TextKind[];
  steps: readonly Step[];
}

export type Step =
  | { step: 'people'; edits: readonly Edit[] }
  | { step: 'run'; run: RunPlan }
  | { step: 'overlap'; runs: readonly [RunPlan, RunPlan]; delays: number };

export interface RunPlan {
  apply: boolean;
  concurrency: number;
  faults: readonly FaultPlan[];
  /** The process dies once so many requests are answered; null: it lives. */
  killedAfter: number | null;
  /** What people do just before the n-th request reaches the server. */
  meanwhile: readonly { at: number; edit: Edit }[];
}

export interface FaultPlan {
  on: Target;
  /** The n-th request of that kind, and how many in a row from there: 20 outlast all retries. */
  nth: number;
  length: number;
  what: FaultKind;
}

export type Target = 'any' | 'list' | 'get-notes' | 'post-note' | 'write-note' | 'put-issue';

export const faultKinds = {
  'reset before': { kind: 'reset', acted: false },
  'reset after': { kind: 'reset', acted: true },
  '500 before': { kind: 'status', status: 500, acted: false },
  '500 after': { kind: 'status', status: 500, acted: true },
  '502 before': { kind: 'status', status: 502, acted: false },
  '502 after': { kind: 'status', status: 502, acted: true },
  '503 before': { kind: 'status', status: 503, acted: false },
  '504 after': { kind: 'status', status: 504, acted: true },
  '429': { kind: 'status', status: 429, acted: false },
  '429 json': { kind: 'status', status: 429, format: 'json', retryAfter: 7, acted: false },
  '403': { kind: 'status', status: 403, acted: false },
  '404': { kind: 'status', status: 404, acted: false },
  '409': { kind: 'status', status: 409, acted: false },
  '401': { kind: 'status', status: 401, acted: false },
  '422': { kind: 'status', status: 422, acted: false },
  // As for a text of quick actions only: carried out, nothing stored.
  '202': { kind: 'status', status: 202, acted: false },
  'sign-in page': { kind: 'status', status: 200, format: 'html', acted: false },
  cut: { kind: 'cut' },
  malformed: { kind: 'malformed' },
} as const satisfies Record<string, Fault>;

/**
 * No answer now, and the comment is stored all the same: a few requests later (504), or within the moment that a run
 * waits before it looks (reset, 502).
 */
export const lateAnswers = {
  '504 late': { kind: 'status', status: 504, acted: false },
  'reset late': { kind: 'reset', acted: false },
  '502 late': { kind: 'status', status: 502, acted: false },
} as const satisfies Record<string, Fault>;

export type LateKind = keyof typeof lateAnswers;
export type FaultKind = keyof typeof faultKinds | LateKind;

export type TextKind = 'perfect' | 'broken' | 'half' | 'empty' | 'prose' | 'hostile';
export const textKinds: readonly TextKind[] = ['perfect', 'broken', 'half', 'empty', 'prose', 'hostile'];

/** `issue` is taken modulo the size of the backlog. */
export type Edit = { issue: number } & (
  | { do: 'text'; text: TextKind }
  | { do: 'title'; good: boolean }
  | { do: 'due'; right: boolean }
  | { do: 'assign'; who: 'ann' | 'nobody' }
  | { do: 'label'; add: string[]; remove: string[] }
  | { do: 'close' }
  | { do: 'reopen' }
  | { do: 'lock'; locked: boolean }
  | { do: 'comment'; body: 'plain' | 'our marker' | 'bot without marker' }
  | { do: 'delete-nudge' }
  | { do: 'edit-nudge'; how: 'append' | 'prepend' | 'break state' | 'drop marker' | 'copy marker' }
);

const ok = 'kr-hygiene::ok';
const attention = 'kr-hygiene::needs-attention';

const issue = fc.nat({ max: 4 });
const text = fc.constantFrom(...textKinds);

const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ issue, do: fc.constant('text' as const), text }) },
  fc.record({ issue, do: fc.constant('title' as const), good: fc.boolean() }),
  fc.record({ issue, do: fc.constant('due' as const), right: fc.boolean() }),
  fc.record({
    issue,
    do: fc.constant('assign' as const),
    who: fc.constantFrom('ann' as const, 'nobody' as const),
  }),
  {
    weight: 3,
    arbitrary: fc.record({
      issue,
      do: fc.constant('label' as const),
      add: fc.subarray([ok, attention, 'Other', 'KR']),
      remove: fc.subarray([ok, attention, 'KR']),
    }),
  },
  fc.record({ issue, do: fc.constantFrom('close' as const, 'reopen' as const) }),
  fc.record({ issue, do: fc.constant('lock' as const), locked: fc.boolean() }),
  fc.record({
    issue,
    do: fc.constant('comment' as const),
    body: fc.constantFrom('plain' as const, 'our marker' as const, 'bot without marker' as const),
  }),
  { weight: 2, arbitrary: fc.record({ issue, do: fc.constant('delete-nudge' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      issue,
      do: fc.constant('edit-nudge' as const),
      how: fc.constantFrom(
        'append' as const,
        'prepend' as const,
        'break state' as const,
        'drop marker' as const,
        'copy marker' as const,
      ),
    }),
  },
);

const fault: fc.Arbitrary<FaultPlan> = fc.oneof(
  fc.record({
    on: fc.constantFrom<Target>('any', 'list', 'get-notes', 'post-note', 'write-note', 'put-issue'),
    nth: fc.integer({ min: 1, max: 8 }),
    length: fc.constantFrom(1, 1, 2, 20),
    what: fc.constantFrom(...(Object.keys(faultKinds) as (keyof typeof faultKinds)[])),
  }),
  fc.record({
    on: fc.constant<Target>('any'),
    nth: fc.integer({ min: 1, max: 60 }),
    length: fc.constantFrom(1, 3, 20, 1000),
    what: fc.constantFrom(...(Object.keys(faultKinds) as (keyof typeof faultKinds)[])),
  }),
  fc.record({
    on: fc.constant<Target>('post-note'),
    nth: fc.integer({ min: 1, max: 4 }),
    length: fc.constant(1),
    what: fc.constantFrom<FaultKind>(
      '504 late',
      'reset late',
      '502 late',
      'reset after',
      '502 after',
      '202',
      'cut',
      'malformed',
    ),
  }),
);

const maybe = <T>(share: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 100 - share, arbitrary: fc.constant(null) }, { weight: share, arbitrary });

const runPlan: fc.Arbitrary<RunPlan> = fc.record({
  apply: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  concurrency: fc.constantFrom(1, 1, 4),
  faults: fc.array(fault, { maxLength: 3 }),
  killedAfter: maybe(30, fc.integer({ min: 1, max: 45 })),
  meanwhile: fc.array(fc.record({ at: fc.integer({ min: 1, max: 45 }), edit }), { maxLength: 2 }),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  { withCrossShrink: true },
  {
    weight: 3,
    arbitrary: fc.record({
      step: fc.constant('people' as const),
      edits: fc.array(edit, { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ step: fc.constant('run' as const), run: runPlan }) },
  {
    weight: 2,
    arbitrary: fc.record({
      step: fc.constant('overlap' as const),
      runs: fc.tuple(runPlan, runPlan),
      delays: fc.nat({ max: 999 }),
    }),
  },
);

export const schedules: fc.Arbitrary<Schedule> = fc.record({
  tier: fc.constantFrom('free' as const, 'premium' as const),
  version: fc.constantFrom('17.5.0' as const, '19.5.0' as const),
  pageSize: fc.constantFrom(2, 3, 100, 100),
  source: fc.constantFrom('project' as const, 'project' as const, 'group' as const, 'both' as const),
  backlog: fc.array(text, { minLength: 1, maxLength: 5 }),
  steps: fc.array(step, { minLength: 1, maxLength: 6 }),
});
