/**
 * A backlog of believable KRs for benchmarks: three in ten perfect, the rest with one of the common gaps.
 * The same number gives the same text.
 */
const topics = [
  'Key Care',
  'Bug Bounty',
  'Laptop Fleet',
  'Audit Trail',
  'Phishing Drills',
  'Build Safety',
  'Log Retention',
];
const people = ['ann', 'bo.lee', 'chi_o', 'dana-k', 'emil', 'fay'];
const verbs = ['Rotate', 'Review', 'Retire', 'Document', 'Automate', 'Measure', 'Translate'];
const things = [
  'signing keys',
  'stale accounts',
  'runbooks',
  'firewall rules',
  'vendor contracts',
  'test tenants',
];

export const benchPeople: readonly string[] = people;

export interface BenchKr {
  title: string;
  description: string;
  assignees: string[];
  dueDate: string | null;
}

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

export function benchKr(n: number): BenchKr {
  const lines = [0, 1, 2, 3].map((m) => milestone(n, m));
  const link = n % 7 === 3 ? '`link to Ally OKR record`' : `https://app.ally.io/objectives/${3_000_000 + n}`;
  return {
    title: `FY27 Q4 KR${(n % 9) + 1} (${pick(topics, n)}${team(n)}) ${pick(verbs, n)} ${10 + (n % 80)}% of the ${pick(things, n + 2)}`,
    description: [
      `## Ally OKR: ${link}`,
      '## Objective:',
      n % 10 === 5
        ? '`what is the desired outcome of this KR? How will you measure success?`'
        : `By the end of the quarter ${pick(verbs, n + 1).toLowerCase()} ${pick(things, n)} in all ${20 + (n % 50)} teams. We count them in the weekly review, and a team counts when **both** its lead and the auditor agree; see [the sheet](https://sheets.example.com/${n}).`,
      '## Milestones',
      ...lines,
      n % 4 === 1
        ? '\n## Notes\n\nRisks are tracked in #12. `make audit` prints the list; ~~the old list~~ is void.'
        : '',
    ].join('\n'),
    assignees: n % 11 === 4 ? [] : [pick(people, n)],
    dueDate: n % 6 === 2 ? null : '2027-01-22',
  };
}

/** An OKR has a handful of KRs, however large the backlog is. */
const team = (n: number): string => (n < 35 ? '' : ` ${Math.floor(n / 35) + 1}`);

function milestone(n: number, m: number): string {
  const due = ['2026-11-13', '2026-12-04', '2026-12-18', '2027-01-22'][m] as string;
  const gap = n % 10;
  const date = gap === m + 2 ? pick(['TBD', '`add here`', 'early December', '11/12/2026'], n) : due;
  const dri = gap === m + 6 ? pick(['the team', '`add here`', ''], n) : `@${pick(people, n + m)}`;
  const box = m === 0 ? 'x' : ' ';
  return `- [${box}] Milestone ${m + 1}: Description: ${pick(verbs, n + m)} the ${pick(things, n + m)} of group ${n % 40} Due Date: ${date} DRI: ${dri}`;
}
