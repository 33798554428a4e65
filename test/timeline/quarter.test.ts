import { expect, test } from '@jest/globals';
import { assess } from '../../src/assess/assess.ts';
import { issueFacts } from '../../src/assess/issue-facts.ts';
import { createDocuments } from '../../src/cli/documents.ts';
import { demoRulesDir } from '../../src/config/built-in.ts';
import { loadPolicy } from '../../src/config/load-policy.ts';
import type { Issue } from '../../src/model/issue.ts';
import { fc } from '../helpers/random.ts';
import { simulateKr } from './simulated.ts';

/**
 * A quarter of KRs whose people forget, are late, copy, report falling numbers, edit afterwards and go on holiday. What
 * the rules say on each day is compared with an oracle that knows the script and reads no text.
 */
const loaded = await loadPolicy(demoRulesDir);
if (!loaded.ok) throw new Error('the policy does not load');
const { policy } = loaded;
const documents = createDocuments(policy);

const start = '2026-11-02';
const weeks = Number(process.env['QUARTER_WEEKS'] ?? 6);
const krs = Number(process.env['QUARTER_KRS'] ?? 4);

const addDays = (day: string, days: number) =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

const habits = ['on time', 'late', 'forget', 'copy', 'no change', 'edit', 'twice', 'holiday'] as const;
type Habit = (typeof habits)[number];

interface Plan {
  habit: Habit;
  status: 'on-track' | 'at-risk' | 'off-track';
  percent: number;
  /** Number of the next step: the same number is the same text. */
  next: number;
  /** The milestone that is ticked in that week, if it is not yet. */
  tick: number | null;
}

const weekPlan: fc.Arbitrary<Plan> = fc.record({
  habit: fc.constantFrom(...habits),
  status: fc.constantFrom('on-track', 'at-risk', 'off-track'),
  percent: fc.constantFrom(0, 10, 30, 40, 60, 80, 95, 100),
  next: fc.nat(1),
  tick: fc.option(fc.nat(2)),
});

const statusWords = {
  'on-track': ':white_check_mark: - On Track',
  'at-risk': ':warning: - Requires Escalation',
  'off-track': ':octagonal_sign: - Blocked',
};

/** Words only: numbers do not tell texts apart. */
const word = (number: number): string =>
  ['one', 'two', 'three', 'four', 'five', 'six', 'seven'][number % 7] as string;
const textFor = (number: number): string =>
  Array.from(String(number))
    .map((digit) => word(Number(digit)))
    .join(' ');

interface Said {
  day: string;
  week: string;
  noChange: boolean;
  status: Plan['status'];
  percent: number;
  next: string;
  done: string;
}

const bodyOf = (said: Said): string =>
  [
    `## Weekly KR Update for the week of ${said.week}`,
    `Status: ${statusWords[said.status]}`,
    `Percentage complete: ${said.percent}%`,
    '',
    '## Completed',
    `* Work on ${said.done}`,
    '',
    '## Next steps',
    `* Step ${said.next}, waiting for legal`,
  ].join('\n');

/** What a person says because of a plan, with the days; the last one for a week counts. */
function saidIn(plan: Plan, index: number, before: Said | undefined): Said[] {
  const week = addDays(start, index * 7);
  const base = { week, noChange: false, status: plan.status, percent: plan.percent };
  const own = { ...base, next: textFor(plan.next), done: textFor(index + 10) };
  switch (plan.habit) {
    case 'forget':
    case 'holiday':
      return [];
    case 'late':
      return [{ ...own, day: addDays(week, 8) }];
    case 'copy': {
      const { status, next, done } = before ?? own;
      return [{ ...own, status, next, done, day: addDays(week, 4) }];
    }
    case 'no change':
      return [{ ...own, noChange: true, day: addDays(week, 3) }];
    case 'edit':
      return [{ ...own, day: addDays(week, 4) }];
    case 'twice':
      return [
        { ...own, percent: 0, day: addDays(week, 2) },
        { ...own, day: addDays(week, 4) },
      ];
    case 'on time':
    default:
      return [{ ...own, day: addDays(week, 4) }];
  }
}

const due = ['2026-11-13', '2026-11-27', '2027-01-22'];
const descriptionOf = (done: readonly boolean[]) =>
  [
    '## Ally OKR: https://app.ally.io/objectives/77001',
    '## Objective:',
    'Every signing key is younger than ninety days. We count the old ones each Monday.',
    '## Milestones',
    ...due.map(
      (date, index) =>
        `- [${done[index] === true ? 'x' : ' '}] Milestone ${index + 1}: Description: Keys of region ${textFor(index)} Due Date: ${date} DRI: @ann`,
    ),
  ].join('\n');

/** The rules that the oracle knows, by what was said and done up to a day. */
function oracle(today: string, said: readonly Said[], done: readonly boolean[]): string[] {
  const known = said.filter(({ day }) => day <= today);
  const byWeek = new Map(known.map((one) => [one.week, one]));
  const series = [...byWeek.values()].sort((a, b) => (a.week < b.week ? -1 : 1));
  const claims = series.filter(({ noChange }) => !noChange);
  const claim = claims.at(-1);
  const rules: string[] = [];
  const lastWeek = series.at(-1)?.week ?? '';
  let missing = 0;
  for (let week = start; week <= '2027-01-25'; week = addDays(week, 7))
    if (week > lastWeek && addDays(week, 5) < today) missing += 1;
  if (missing > 0) rules.push('require-weekly-update');
  if (claim !== undefined) {
    const late = due.filter((date, index) => date < today && done[index] !== true);
    if (claim.status === 'on-track') rules.push(...late.map(() => 'match-status-to-milestones'));
    const finished = done.filter(Boolean).length;
    const low = (100 * finished) / 3 - 15;
    const high = (100 * (finished + 1)) / 3 + 15;
    const isWrong =
      finished === 3
        ? claim.percent < 85
        : claim.percent >= 100 || claim.percent > high || claim.percent < low;
    if (isWrong) rules.push('match-percent-to-milestones');
    const before = claims.at(-2);
    if (before !== undefined && claim.percent < before.percent) rules.push('no-falling-percent');
    const lastThree = claims.slice(-3);
    const same = ({ status, next, done: what }: Said) => `${status} ${next} ${what}`;
    if (lastThree.length === 3 && lastThree.every((one) => same(one) === same(claim)))
      rules.push('no-copied-update');
    if (claim.status !== 'on-track') {
      let run = 0;
      let counted = 0;
      for (const one of series.toReversed()) {
        if (!one.noChange && (one.status === 'on-track' || one.next !== claim.next)) break;
        run += 1;
        if (!one.noChange) counted = run;
      }
      if (counted >= 3) rules.push('no-silent-risk');
    }
  }
  if (done.every(Boolean)) rules.push('close-when-done');
  return rules.sort();
}

const compared = new Set([
  'require-weekly-update',
  'match-status-to-milestones',
  'match-percent-to-milestones',
  'no-falling-percent',
  'no-copied-update',
  'no-silent-risk',
  'close-when-done',
]);

test('on every day of a simulated quarter the rules say what the oracle says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(weekPlan, { minLength: weeks, maxLength: weeks }), async (plans) => {
      const title = 'FY27 Q4 KR1 (Key Care) Rotate all signing keys';
      const done = [false, false, false];
      const kr = simulateKr(`${start}T06:00:00Z`, { title, description: descriptionOf(done) });
      const all: Said[] = [];
      for (const [index, plan] of plans.entries()) all.push(...saidIn(plan, index, all.at(-1)));
      for (let offset = 0; offset < weeks * 7; offset += 1) {
        const today = addDays(start, offset);
        const plan = plans[Math.floor(offset / 7)] as Plan;
        kr.clock.set(`${today}T10:00:00Z`);
        for (const one of all.filter(({ day }) => day === today)) {
          // Edited afterwards: at first another number stood there.
          const isEdited =
            plans[Math.round((Date.parse(one.week) - Date.parse(start)) / (7 * 86_400_000))]?.habit ===
            'edit';
          const body = one.noChange ? 'No change.' : bodyOf(isEdited ? { ...one, percent: 50 } : one);
          const id = kr.comment('ann', body);
          kr.clock.advance(60_000);
          if (isEdited) kr.edit('ann', id, bodyOf(one));
        }
        // A word that somebody is away is no update, and a command neither.
        if (plan.habit === 'holiday' && offset % 7 === 0)
          kr.comment('ann', 'On holiday, back in two weeks.\n\nkr: snooze 2w because of the holidays');
        if (plan.tick !== null && offset % 7 === 1 && done[plan.tick] !== true) {
          done[plan.tick] = true;
          kr.change('ann', { description: descriptionOf(done) });
        }
        const now = `${today}T20:00:00Z`;
        const user = { id: 1, username: 'ann', name: 'ann' };
        const issue: Issue = {
          id: 1,
          projectId: 1,
          iid: 1,
          ref: 'sec/okrs#1',
          url: 'https://gitlab.test/sec/okrs/-/issues/1',
          title,
          description: kr.issue.description ?? '',
          state: 'opened',
          labels: ['KR'],
          gitlabMilestone: null,
          author: user,
          assignees: [user],
          confidential: false,
          discussionLocked: false,
          dueDate: '2027-01-22',
          createdAt: `${start}T06:00:00Z`,
          updatedAt: now,
          userNotesCount: 1,
          issueType: 'issue',
          movedToId: null,
        };
        const past = { issue, activity: kr.activity(), bot: null };
        const text = {
          kind: 'kr' as const,
          source: issue.description,
          facts: issueFacts(issue, undefined),
          past,
        };
        const { findings } = await assess(text, { policy, documents }, now);
        const said = findings
          .map(({ rule }) => rule)
          .filter((rule) => compared.has(rule))
          .sort();
        expect({ today, said }).toEqual({ today, said: oracle(today, all, done) });
      }
    }),
    { numRuns: krs },
  );
});
