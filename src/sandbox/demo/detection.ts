import type { IssueSeed } from '../seed.ts';
import type { DemoCalendar } from './calendar.ts';
import { krText, okrUrl } from './sound.ts';

/** The KRs of the two subgroups. */
export function detectionKrs(calendar: DemoCalendar): IssueSeed[] {
  const { at, quarter, label, ago, box } = calendar;
  return [
    {
      title: `${quarter} KR1 (Alert Quality) Cut false alerts per analyst and shift from 14 to 6`,
      author: 'yuki.sato',
      assignees: ['yuki.sato'],
      labels: ['KR', label],
      dueDate: at(0.9),
      createdAt: ago(33),
      description: krText(
        calendar,
        okrUrl(4_182_015),
        'An alert means something. We count alerts that are closed as false, per analyst and shift, in the case tool.',
        [
          { what: 'The 20 noisiest rules tuned or switched off', due: at(0.4), dri: '@yuki.sato' },
          { what: 'Every new rule passes a two-week trial', due: at(0.9), dri: '@lars.h' },
        ],
      ),
    },
    {
      title: `${quarter} KR2 (Alert Quality) Cover the 12 most frequent alerts with a playbook`,
      author: 'lars.h',
      assignees: ['lars.h'],
      labels: ['KR', label],
      dueDate: at(0.75),
      createdAt: ago(29),
      description: [
        `**Ally OKR:** [Playbooks](${okrUrl(4_182_033)})`,
        '',
        '**Objective**: whoever is on call handles the frequent alerts the same way.',
        '',
        '**Milestones**',
        '',
        `1. ${box(at(0.2))} **Description:** template agreed with the analysts; **DRI:** @lars.h; **Due Date:** ${at(0.2)}`,
        `2. [ ] **Description:** twelve playbooks written; **DRI:** @dev.anand; **Due Date:** 31.02.${at(0.9).slice(0, 4)}`,
        '',
      ].join('\n'),
    },
  ];
}

export function assuranceKrs(calendar: DemoCalendar): IssueSeed[] {
  const { at, quarter, label, ago } = calendar;
  return [
    {
      title: `${quarter} KR1 (Audit Readiness) Have evidence for all 64 controls before the auditors ask`,
      author: 'mbeki',
      assignees: ['mbeki'],
      labels: ['KR', label],
      dueDate: at(0.8),
      createdAt: ago(27),
      description: krText(
        calendar,
        okrUrl(4_183_400),
        'The audit holds no surprises. Evidence is collected by machines where it can be.',
        [
          { what: 'Owner for each control', due: at(0.1), dri: '@mbeki' },
          { what: 'Evidence for 40 controls collected by script', due: at(0.5), dri: '@nobody.here' },
          { what: 'Evidence for the other 24', due: at(0.8), dri: '@mbeki' },
        ],
      ),
    },
    {
      title: `${quarter} KR2 (Audit Readiness) Renew all policies older than two years`,
      author: 'carla_ruiz',
      assignees: ['carla_ruiz'],
      labels: ['KR', label],
      dueDate: at(1),
      createdAt: ago(24),
      description: krText(
        calendar,
        okrUrl(4_183_488),
        'People find one version of each policy, and it is true.',
        [
          { what: 'List of 17 old policies', due: at(0.22), dri: '@carla_ruiz' },
          { what: 'All renewed and announced', due: at(1), dri: '@carla_ruiz' },
        ],
      ),
    },
  ];
}
