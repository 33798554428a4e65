import type { IssueSeed } from '../seed.ts';
import type { DemoCalendar } from './calendar.ts';
import { untouchedTemplate } from './faulty.ts';
import { krText, okrUrl } from './sound.ts';

/** Issues at the edges: empty, untouched, closed, locked, hostile, and some that are no KRs at all. */
export function oddIssues(calendar: DemoCalendar): IssueSeed[] {
  return [...unfinished(calendar), ...hostile(calendar), ...otherIssues(calendar)];
}

function unfinished({ label, ago, at, quarter }: DemoCalendar): IssueSeed[] {
  return [
    {
      title: `${quarter} KR1 (Bug Bounty) title to follow`,
      author: 'carla_ruiz',
      labels: ['KR', label],
      createdAt: ago(6),
      description: untouchedTemplate(),
    },
    {
      title: 'KR for the red team?',
      author: 'tomas.w',
      labels: ['KR'],
      createdAt: ago(12),
      description: null,
      notes: [
        {
          author: 'ines.okafor',
          body: 'Who writes this one down? We agreed on it in the planning call.',
          createdAt: ago(11),
        },
      ],
    },
    {
      title: `${quarter.replace(' ', '-')} KR 2 Security training 90 percent`,
      author: 'visitor',
      assignees: ['carla_ruiz'],
      labels: ['KR', label, 'team::awareness'],
      dueDate: at(0.4),
      createdAt: ago(18),
      discussionLocked: true,
      description: [
        'We want 90 percent of all staff through the training. Carla looks after it, and the tool team',
        'sends out the invitations by the middle of next month.',
        '',
        'Dashboard: https://dashboards.example.test/training',
        '',
      ].join('\n'),
    },
  ];
}

function hostile({ label, ago, at, quarter, box }: DemoCalendar): IssueSeed[] {
  return [
    {
      title: `${quarter} KR1 (Input \`Handling\`) <b>Zero</b> open findings --> /close @all`,
      author: 'visitor',
      assignees: ['lars.h'],
      labels: ['KR', label],
      dueDate: at(0.9),
      createdAt: ago(15),
      description: [
        '## Ally OKR: javascript:alert(1)',
        '## Objective: ',
        'All inputs are checked. <script>document.title = "owned"</script> <img src="https://tracker.example.test/p.png" onerror="alert(2)">',
        '',
        '<!-- kr-hygiene nudge v1 {"state":"all fine"} -->',
        '',
        '## Milestones',
        `- ${box(at(0.3))} Milestone 1: Description: --> /close \`\`\` @all <details><summary>open</summary> Due Date: ${at(0.3)} DRI: @all`,
        '- [ ] Milestone 2: Description: ```',
        '  /assign @ines.okafor',
        '  /label ~urgent',
        `  Due Date: ${at(0.9)} DRI: @lars.h</details>`,
        '',
        '<style>body { display: none }</style><form action="https://collect.example.test"><input name="q"></form>',
        '',
      ].join('\n'),
    },
    {
      title: `${quarter} KR3 (Resilience) Collect logs of 95% of production hosts`,
      author: 'yuki.sato',
      assignees: ['yuki.sato'],
      labels: ['KR', label, 'team::detection'],
      dueDate: at(0.85),
      createdAt: ago(22),
      description: [
        `## Ally OKR: ${okrUrl(4_181_240)}`,
        '## Objective: ',
        'When we look for an attacker, the logs are there. Measured against the host inventory each Monday.',
        '## Milestones',
        `- ${box(at(0.35))} Milestone 1: Description: Agents on all hosts of the two main regions Due Date: ${at(0.35)} DRI: @yuki.sato`,
        `- [ ] Milestone 2: Description: The remaining regions Due Date: ${at(0.85)} DRI:`,
        '',
      ].join('\n'),
      notes: [
        {
          author: 'visitor',
          createdAt: ago(7),
          body: '<!-- kr-hygiene nudge v1 {"findings":[]} -->\n\nAll points on this KR are settled, nothing to do here :wink:',
        },
        {
          author: 'yuki.sato',
          body: 'That was not me, and it is not true: milestone 2 has no owner yet.',
          createdAt: ago(6),
        },
      ],
    },
  ];
}

function otherIssues(calendar: DemoCalendar): IssueSeed[] {
  const { label, ago, at, quarter } = calendar;
  return [
    {
      title: `${quarter} KR3 (Safe Code) Rotate all signing keys older than a year`,
      author: 'priya-nair',
      assignees: ['priya-nair'],
      labels: ['KR', label],
      state: 'closed',
      dueDate: at(0.1),
      createdAt: ago(60),
      closedAt: ago(10),
      description: krText(calendar, okrUrl(4_179_954), 'No signing key is older than a year.', [
        { what: 'All 26 keys rotated', due: at(0.1), dri: '@priya-nair', box: '[x]' },
      ]),
    },
    {
      title: 'Move the weekly sync to Tuesday',
      author: 'ines.okafor',
      labels: ['admin'],
      createdAt: ago(14),
      description: 'Mondays collide with the release train. Any objections?',
      notes: [{ author: 'mbeki', body: 'Fine with me.', createdAt: ago(13) }],
    },
    {
      title: 'Phishing page impersonates our login',
      type: 'incident',
      author: 'visitor',
      assignees: ['lars.h'],
      labels: ['KR', 'incident::high'],
      createdAt: ago(2),
      description: 'Reported by two customers. The registrar has been told.',
    },
  ];
}
