import type { IssueSeed } from '../seed.ts';
import type { DemoCalendar } from './calendar.ts';

interface Milestone {
  what: string;
  due: string;
  dri: string;
  box?: string;
}

/** A description after the template, every field filled in. */
export function krText(
  calendar: DemoCalendar,
  okr: string,
  objective: string,
  milestones: Milestone[],
): string {
  const items = milestones.map(
    ({ what, due, dri, box }, index) =>
      `- ${box ?? calendar.box(due)} Milestone ${index + 1}: Description: ${what} Due Date: ${due} DRI: ${dri}`,
  );
  return `## Ally OKR: ${okr}\n## Objective: \n${objective}\n## Milestones\n${items.join('\n')}\n`;
}

export const okrUrl = (id: number): string => `https://app.ally.io/objectives/${id}`;

/** KRs with nothing to complain about. */
export function soundKrs(calendar: DemoCalendar): IssueSeed[] {
  const { at, quarter, label, ago } = calendar;
  const kr = (number: number, reference: string, statement: string) =>
    `${quarter} KR${number} (${reference}) ${statement}`;
  return [
    {
      title: kr(1, 'Safe Code', 'Bring the median lifetime of a leaked credential below 20 minutes'),
      author: 'ines.okafor',
      assignees: ['priya-nair'],
      labels: ['KR', label, 'team::product-security'],
      dueDate: at(0.88),
      createdAt: ago(34),
      description: krText(
        calendar,
        okrUrl(4_180_211),
        'A token that ends up in one of our repositories is worthless before anybody can try it. We take the time from push to revocation from the audit log and look at the median of each calendar month.',
        [
          { what: 'Scanner runs on every push in all 380 repositories', due: at(0.16), dri: '@priya-nair' },
          { what: 'Revocation by webhook works for the four biggest issuers', due: at(0.52), dri: '@lars.h' },
          { what: 'Median of one whole month below 20 minutes', due: at(0.88), dri: '@priya-nair' },
        ],
      ),
      notes: [
        {
          author: 'lars.h',
          body: 'Two of the four issuers answered; their webhooks look the same.',
          createdAt: ago(9),
        },
        {
          author: 'ines.okafor',
          body: 'Thanks! Please add the dates they gave to the milestone issue.',
          createdAt: ago(8),
        },
      ],
    },
    {
      title: kr(1, 'Alert Staff', 'Raise the share of staff who report a drill mail from 31% to 50%'),
      author: 'carla_ruiz',
      assignees: ['carla_ruiz'],
      labels: ['KR', label, 'team::awareness'],
      dueDate: at(0.95),
      createdAt: ago(31),
      description: krText(
        calendar,
        okrUrl(4_180_377),
        'People tell us about odd mails instead of deleting them. Success is one drill per month and half of the recipients pressing the report button in the last of them.',
        [
          { what: 'Report button in both mail clients', due: at(0.3), dri: '@dev.anand' },
          { what: 'Three drills run, results published to every team', due: at(0.95), dri: '@carla_ruiz' },
        ],
      ),
      notes: [
        {
          author: 'carla_ruiz',
          createdAt: ago(5),
          body: 'Drill 1 is through: **38 %** reported it within an hour.',
          replies: [{ author: 'dev.anand', body: 'Better than I feared :tada:', createdAt: ago(4) }],
        },
      ],
    },
    confidentialKr(calendar),
  ];
}

function confidentialKr(calendar: DemoCalendar): IssueSeed {
  const { at, quarter, label, ago } = calendar;
  return {
    title: `${quarter} KR1 (Least Privilege) Finish the review of all 212 privileged accounts`,
    author: 'mbeki',
    assignees: ['mbeki'],
    labels: ['KR', label, 'team::assurance'],
    dueDate: at(1),
    createdAt: ago(40),
    confidential: true,
    description: krText(
      calendar,
      okrUrl(4_181_002),
      'Nobody keeps rights that their present work does not need. The owner of each system confirms or removes every privileged account.',
      [
        { what: 'List of accounts with owners, signed off', due: at(0.2), dri: '@mbeki' },
        { what: 'Reviews of the ten critical systems', due: at(0.6), dri: '@tomas.w' },
        { what: 'All others, and the removals done', due: at(1), dri: '@mbeki' },
      ],
    ),
  };
}
