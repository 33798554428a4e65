import { expect, test } from '@jest/globals';
import { ruleContext } from '../../src/assess/context.ts';
import { evaluate } from '../../src/assess/evaluate.ts';
import type { Activity } from '../../src/model/activity.ts';
import type { Note, User } from '../../src/model/issue.ts';
import { draftUpdate } from '../../src/plan/update-draft.ts';
import { buildTimeline } from '../../src/timeline/timeline.ts';
import { calendar, policy, reader } from '../rules/reader.ts';

const ann: User = { id: 1, username: 'ann', name: 'Ann' };
const now = '2026-11-20T09:00:00Z';
const title = 'FY27 Q4 KR1 (Key Care) Rotate all signing keys';
const description = [
  '## Milestones',
  '- [x] Milestone 1: Description: List of all keys Due Date: 2026-11-13 DRI: @ann',
  '- [ ] Milestone 2: Description: Rotation by the pipeline Due Date: 2027-01-22 DRI: @ann',
].join('\n');

const note = (id: number, createdAt: string, body: string, system = false): Note => ({
  id,
  author: ann,
  createdAt,
  updatedAt: createdAt,
  body,
  system,
  internal: false,
});

const past = (activity: Partial<Activity>, text = description) => {
  const document = reader.read('kr', text, { title, now });
  const timeline = buildTimeline({
    issue: { url: 'https://gitlab.test/a/b/-/issues/1', description: text, assignees: [ann], author: ann },
    document,
    activity: { comments: [], systemNotes: [], labelEvents: [], stateEvents: [], ...activity },
    readUpdate: ({ body, createdAt }) => reader.read('weekly-update', body, { title: '', now: createdAt }),
    liveLines: () => [],
    bots: { botUserId: null, names: [] },
    commands: { prefix: 'kr', bot: null },
    mayAnswer: () => false,
    ruleIds: null,
    timeZone: 'UTC',
    now,
  });
  return { document, timeline };
};

const template = {
  text: policy.settings.grammar['weekly-update'].template,
  facts: reader.template('weekly-update'),
};
const draft = ({ document, timeline }: ReturnType<typeof past>) =>
  draftUpdate({ document, timeline, template, week: '2026-11-16' });

/** What a person does: one status is kept, one line is written. */
const filledIn = (text: string) =>
  text
    .replace(/^Status: .*$/m, 'Status: :white_check_mark: - On Track')
    .replace(/^\* \(List of .*\)$/m, '* Agreed on the rota');

const findingsOf = (text: string) => {
  const document = reader.read('weekly-update', text, { title: '', now });
  const context = ruleContext({
    document,
    source: text,
    facts: {},
    now,
    calendar,
    template: reader.template('weekly-update'),
  });
  return evaluate(document, policy.rules, context).findings.map(({ message }) => message);
};

const earlier = note(
  5,
  '2026-11-13T09:00:00Z',
  '## Weekly KR Update for the week of 2026-11-09\nStatus: On Track\nPercentage complete: 30%\n## Completed\n* Half of the list\n## Next steps\n* Ask @bo for the other half\n* [ ] Write it down',
);
const tick = note(
  6,
  '2026-11-17T09:00:00Z',
  'marked the checklist item **Milestone 1: Description: List of all keys Due Date: 2026-11-13 DRI: @ann** as completed',
  true,
);

test('a draft holds the week, the percentage, what was done, what was to happen and what comes next', () => {
  expect(draft(past({ comments: [earlier], systemNotes: [tick] }))).toBe(
    [
      '## Weekly KR Update for the week of 2026-11-16',
      'Status: :white_check_mark: - On Track, :warning: - Requires Escalation, :octagonal_sign: - Blocked (Leave the relevant status, remove the rest and this note)',
      'Percentage complete: 50%',
      '',
      '## Completed',
      '* Milestone 1, “List of all keys” is done (2026-11-17)',
      '* “Ask bo for the other half”: did this happen?',
      '* “Write it down”: did this happen?',
      '',
      '## Next steps',
      '* Milestone 2, “Rotation by the pipeline” (due 2027-01-22)',
      '* (List of what needs to happen in the next 1-2 weeks)',
    ].join('\n'),
  );
});

test.each([
  ['with a past', past({ comments: [earlier], systemNotes: [tick] })],
  ['without one', past({})],
  ['with everything done', past({ systemNotes: [tick] }, description.replace('[ ]', '[x]'))],
  [
    'with hostile texts',
    past({ comments: [earlier] }, description.replace('Rotation by', '`add here` @all <!-- TBD ```')),
  ],
  ['without milestones', past({ comments: [earlier] }, 'Nothing yet.')],
])('with its two free places filled in it satisfies every rule: %s', (_name, known) => {
  const text = draft(known);
  expect(text.match(/\(List of |^Status: .*Leave the relevant/gm)).toHaveLength(2);
  expect(findingsOf(filledIn(text))).toEqual([]);
});

test('left as it is, it is no update', () => {
  expect(findingsOf(draft(past({})))).not.toEqual([]);
});
