import { requireMilestoneDri } from '../../src/rules/require-milestone-dri.ts';
import { testRule } from './helpers.ts';

const milestones = (...items: string[]) => ['## Milestones', ...items];

testRule(requireMilestoneDri, [
  {
    shows: 'a mention in code: the hint has the name',
    markdown: milestones('- [ ] Milestone 4: Description: Ceremony Due Date: 2026-12-08 DRI: `@dana.k`'),
    reports: ['in-code'],
    says: [
      'Milestone 4: the DRI “@dana.k” is in code, and GitLab tells no one about a mention in code. Write it without back-ticks: `DRI: @dana.k`.',
    ],
    people: [[]],
  },
  {
    shows: 'a name that is a member’s user name without the sign',
    issue: { members: ['dana.k', 'ann'] },
    markdown: milestones('- [ ] Milestone 1: Description: Ceremony Due Date: 2026-12-08 DRI: Ann'),
    reports: ['not-a-mention'],
    says: [
      'Milestone 1: the DRI “Ann” is not a mention, so GitLab tells no one. Write `DRI: @Ann`, with the GitLab user name of the person responsible.',
    ],
  },
  {
    shows: 'a display name: whose it is wins over a user name that is one word of it',
    issue: { members: ['bo', 'blee'], called: new Map([['bo lee', 'blee']]) },
    markdown: milestones('- [ ] Milestone 1: Description: Ceremony Due Date: 2026-12-08 DRI: Bo Lee'),
    reports: ['not-a-mention'],
    says: [
      'Milestone 1: the DRI “Bo Lee” is not a mention, so GitLab tells no one. Write `DRI: @blee`, with the GitLab user name of the person responsible.',
    ],
  },
  {
    shows: 'a group, a stranger and a member in another case',
    issue: { members: ['ann'] },
    markdown: milestones(
      '- [ ] Milestone 1: Description: A Due Date: 2026-12-08 DRI: @all',
      '- [ ] Milestone 2: Description: B Due Date: 2026-12-08 DRI: @bo and @cy',
      '- [ ] Milestone 3: Description: C Due Date: 2026-12-08 DRI: @Ann',
    ),
    reports: ['group', 'not-a-member'],
    says: [
      'Milestone 1: the DRI “@all” is a group, not a person. Name the one person responsible: `DRI: @username`.',
      'Milestone 2: not a member of this project: @bo and @cy. Check the spelling of the user name, invite the person to the project, or name someone else.',
    ],
  },
  {
    shows: 'someone who did the work and has left since; only what is open needs someone else',
    issue: { members: ['ann', 'fay'], inactive: ['fay'] },
    markdown: milestones(
      '- [x] Milestone 1: Description: A Due Date: 2026-11-08 DRI: @fay',
      '- [ ] Milestone 2: Description: B Due Date: 2026-12-08 DRI: @fay',
    ),
    reports: ['inactive'],
    says: ['Milestone 2: @fay has no active account. Name someone who can read it: `DRI: @username`.'],
  },
  {
    shows: 'a stranger, where no one minds',
    issue: { members: ['ann'] },
    options: { members: false },
    markdown: milestones('- [ ] Milestone 1: Description: A Due Date: 2026-12-08 DRI: @bo'),
    reports: [],
  },
  {
    shows: 'more than wanted, in words',
    options: { max: 1 },
    markdown: milestones('- [ ] Milestone 1: Description: A Due Date: 2026-12-08 DRI: @bo, @cy'),
    reports: ['too-many'],
    says: [
      'Milestone 1: it names 2 DRIs, @bo and @cy; at most 1 wanted. Keep the one who is responsible; mention the others in the description.',
    ],
    people: [['bo', 'cy']],
  },
]);
