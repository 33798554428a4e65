import { requireOverallDri } from '../../src/rules/require-overall-dri.ts';
import { testRule } from './helpers.ts';

testRule(requireOverallDri, [
  {
    shows: 'no one, in words',
    issue: { assignees: [] },
    markdown: [],
    reports: ['none'],
    says: [
      'No one is assigned to this issue, so it has no overall DRI. Assign the issue to the one person who answers for the whole KR.',
    ],
  },
  {
    shows: 'a crowd, in words',
    issue: { assignees: ['ann', 'bo', 'cy'] },
    options: { max: 2 },
    markdown: [],
    reports: ['too-many'],
    says: [
      'This issue has 3 assignees, ann, bo and cy; at most 2 wanted. Keep the overall DRI as assignee; name the others as DRI of their milestones.',
    ],
  },
]);
