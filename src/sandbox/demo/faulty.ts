import type { IssueSeed } from '../seed.ts';
import type { DemoCalendar } from './calendar.ts';
import { krText, okrUrl } from './sound.ts';

/** KRs that lack one thing or another, each in a way that people really write. */
export function faultyKrs(calendar: DemoCalendar): IssueSeed[] {
  const { at, near, quarter, label, ago, short } = calendar;
  const kr = (number: number, reference: string, statement: string) =>
    `${quarter} KR${number} (${reference}) ${statement}`;
  return [
    {
      title: kr(2, 'Safe Code', 'Close 90% of critical findings within 14 days'),
      author: 'lars.h',
      assignees: ['lars.h'],
      labels: ['KR', label, 'team::vulnerability'],
      dueDate: at(0.8),
      createdAt: ago(28),
      description: krText(
        calendar,
        okrUrl(4_180_590),
        'Critical findings do not grow old. We count from the scan that first saw them to the merge of the fix.',
        [
          { what: 'Weekly list of old findings goes to every team', due: at(0.25), dri: '@lars.h' },
          { what: 'Teams have a named contact for fixes', due: at(0.55), dri: 'Yuki', box: '[ ]' },
          { what: '90% in two months in a row', due: at(0.92), dri: '@lars.h' },
        ],
      ),
      notes: [{ author: 'yuki.sato', body: 'I can take milestone 2 from next week.', createdAt: ago(3) }],
    },
    {
      title: kr(2, 'Least Privilege', 'Enrol 100% of laptops in hardware attestation'),
      author: 'dev.anand',
      assignees: [],
      labels: ['KR', label, 'team::it-security'],
      dueDate: null,
      createdAt: ago(26),
      description: krText(
        calendar,
        okrUrl(4_180_774),
        'Only machines that can prove their state reach production. Measured daily in the device inventory.',
        [
          { what: 'Pilot with 60 laptops', due: near(-9), dri: '@dev.anand', box: '[ ]' },
          { what: 'Roll-out to all offices', due: at(0.9), dri: '@dev.anand' },
        ],
      ),
    },
    {
      title: 'Threat modelling for payment services',
      author: 'tomas.w',
      assignees: ['tomas.w'],
      labels: ['KR', label],
      dueDate: at(0.7),
      createdAt: ago(21),
      description: [
        '## Ally OKR: https://app.ally.io/public/dashboards/31007',
        '## Objective: ',
        'Each of the nine payment services has a threat model that its own team keeps up to date.',
        '## Milestones',
        `- [ ] Milestone 1: Description: Workshop format agreed Due Date: ${short(at(0.3))} DRI: @tomas.w`,
        '- [ ] Milestone 2: Description: Five models reviewed Due Date: soon DRI: @tomas.w',
        '- [ ] Milestone 3: Description: `add here` Due Date: `add here` DRI: `add here`',
        '- etc.',
        '',
      ].join('\n'),
    },
    {
      title: kr(1, 'Suppliers', 'Assess the 40 suppliers with access to customer data'),
      author: 'mbeki',
      assignees: ['mbeki'],
      labels: ['KR', label, 'team::assurance'],
      dueDate: at(0.5),
      createdAt: ago(38),
      description: krText(calendar, 'TBD', '', [
        { what: 'Questionnaire sent to all 40', due: at(0.15), dri: '@mbeki' },
        { what: 'Answers scored, gaps agreed with each supplier', due: at(0.99), dri: '@mbeki @carla_ruiz' },
      ]),
    },
  ];
}

/** KRs that say most of it, in a form of their own. */
export function ownForms(calendar: DemoCalendar): IssueSeed[] {
  const { at, quarter, label, ago } = calendar;
  const kr = (number: number, reference: string, statement: string) =>
    `${quarter} KR${number} (${reference}) ${statement}`;
  return [
    {
      title: kr(1, 'Resilience', 'Restore the three biggest services in under four hours'),
      author: 'yuki.sato',
      assignees: ['yuki.sato'],
      labels: ['KR', label, 'team::resilience'],
      dueDate: at(0.97),
      createdAt: ago(30),
      description: [
        `## Ally OKR: ${okrUrl(4_180_633)}`,
        '',
        '## Objective:',
        'We know that our backups work because we restored them, with a clock running.',
        '',
        '## Milestones',
        '',
        '| # | Milestone | Due date | DRI | Status |',
        '|---|---|---|---|---|',
        `| 1 | Runbooks for all three services | ${at(0.2)} | @yuki.sato | done |`,
        `| 2 | First timed restore | ${at(0.6)} | @priya-nair | open |`,
        '| 3 | All three under four hours | TBD | @yuki.sato | open |',
        '',
      ].join('\n'),
    },
    {
      title: kr(2, 'Resilience', 'Complete 85% of review actions within 30 days'),
      author: 'priya-nair',
      assignees: ['priya-nair'],
      labels: ['KR', label],
      dueDate: at(0.93),
      createdAt: ago(25),
      description: [
        '# Ally OKR',
        okrUrl(4_181_118),
        '',
        '# Objective',
        'What we promise after an incident is done before the next one.',
        '',
        '# Milestones',
        '',
        '## Milestone 1 - One board for all actions',
        `- Due Date: ${at(0.35)}`,
        '- DRI: @priya-nair',
        '',
        '## Milestone 2 - Reminders to owners after 20 days',
        '**DRI:** @mbeki',
        '',
        '## Milestone 3 - Two months at 85%',
        `**Due Date:** ${at(0.93)}`,
        '**DRI:** @example-sec/detection',
        '',
      ].join('\n'),
    },
  ];
}

/** The template as it was pasted, not a word changed. */
export function untouchedTemplate(): string {
  return [
    '`Issue Title: Fiscal Year Quarter KR# (OKR Title Reference) measurable title. Example: FY22 Q3 KR1 (Security Training) Achieve 90% completion rate org wide for annual security training.`',
    '',
    '## Ally OKR: `link to Ally OKR record`',
    '## Objective: ',
    '`what is the desired outcome of this KR? How will you measure success?`',
    '## Milestones',
    '- [ ] Milestone 1: Description: `add here` Due Date: `add here` DRI: `add here` ',
    '- [ ] Milestone 2: Description: `add here` Due Date: `add here` DRI: `add here`',
    '- etc.',
    '',
    '`Additional instructions: update due date of issue to final milestone due date and assign issue to overall DRI.`',
    '',
  ].join('\n');
}
