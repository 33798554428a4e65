import { expect, test } from '@jest/globals';
import { assess } from '../../src/assess/assess.ts';
import { ruleContext } from '../../src/assess/context.ts';
import { evaluate } from '../../src/assess/evaluate.ts';
import { issueFacts } from '../../src/assess/issue-facts.ts';
import { createDocuments } from '../../src/cli/documents.ts';
import { demoRulesDir } from '../../src/config/built-in.ts';
import { loadPolicy } from '../../src/config/load-policy.ts';
import type { Activity } from '../../src/model/activity.ts';
import type { Issue, Note, User } from '../../src/model/issue.ts';
import { draftUpdate } from '../../src/plan/update-draft.ts';
import { buildTimeline } from '../../src/timeline/timeline.ts';
import { offeredUpdate } from '../../src/usecases/run/offered-update.ts';
import { fc, runs } from '../helpers/random.ts';
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

const demo = await loadPolicy(demoRulesDir);
if (!demo.ok) throw new Error('the policy of the demo has errors');
const demoPolicy = demo.policy;
const demoDocuments = createDocuments(demoPolicy);

const line = fc
  .oneof(
    fc.constantFrom(
      'Rotation by the pipeline',
      '`add here` @all <!-- TBD',
      '100% of [keys](https://example.com/a_b) & "more" …',
      '~~old~~ XX% of YYYY-MM-DD',
      '/close ``` <details> **bold',
      '(List of what tasks were completed since last update)',
    ),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
  )
  .map((text) => text.replace(/[\r\n\u2028\u2029]/g, ' '));

const milestone = fc.record({
  text: line,
  done: fc.boolean(),
  due: fc.constantFrom('2026-11-13', '2026-12-11', '2027-01-22'),
  noted: fc.boolean(),
});

interface Case {
  milestones: { text: string; done: boolean; due: string; noted: boolean }[];
  said: { done: string; next: string } | null;
}

async function assessed({ milestones, said }: Case, more: readonly Note[]) {
  const text = [
    '## Ally OKR: https://app.ally.io/objectives/77001',
    '## Objective:',
    'Every signing key is younger than ninety days. We count the old ones each Monday.',
    '## Milestones',
    ...milestones.map(
      ({ text: what, done, due }, index) =>
        `- [${done ? 'x' : ' '}] Milestone ${index + 1}: Description: ${what} Due Date: ${due} DRI: @ann`,
    ),
  ].join('\n');
  const done = milestones.filter((one) => one.done).length;
  const share = Math.floor((100 * done) / Math.max(1, milestones.length));
  const ticks = milestones.flatMap(({ text: what, done: isDone, due, noted }, index) =>
    isDone && noted
      ? [
          note(
            100 + index,
            '2026-11-17T09:00:00Z',
            `marked the checklist item **Milestone ${index + 1}: Description: ${what} Due Date: ${due} DRI: @ann** as completed`,
            true,
          ),
        ]
      : [],
  );
  const before =
    said === null
      ? []
      : [
          note(
            5,
            '2026-11-06T09:00:00Z',
            `## Weekly KR Update for the week of 2026-11-02\nStatus: On Track\nPercentage complete: ${share}%\n## Completed\n* ${said.done}\n## Next steps\n* ${said.next}`,
          ),
        ];
  const issue: Issue = {
    id: 1,
    projectId: 1,
    iid: 1,
    ref: 'a/b#1',
    url: 'https://gitlab.test/a/b/-/issues/1',
    title,
    description: text,
    state: 'opened',
    labels: ['KR'],
    gitlabMilestone: null,
    author: ann,
    assignees: [ann],
    confidential: false,
    discussionLocked: false,
    dueDate: '2027-01-22',
    createdAt: '2026-11-02T06:00:00Z',
    updatedAt: '2026-11-20T09:00:00Z',
    userNotesCount: 1,
    issueType: 'issue',
    movedToId: null,
  };
  const activity = { comments: [...before, ...more], systemNotes: ticks, labelEvents: [], stateEvents: [] };
  const tools = { policy: demoPolicy, documents: demoDocuments };
  const assessment = await assess(
    { kind: 'kr', source: text, facts: issueFacts(issue, undefined), past: { issue, activity, bot: null } },
    tools,
    '2026-11-23T09:00:00Z',
  );
  return { assessment, draft: offeredUpdate(assessment, tools) };
}

test('whatever the KR is like, its draft with the two places filled in satisfies every rule about updates', async () => {
  const said = fc.option(fc.record({ done: line, next: line }), { nil: null });
  await fc.assert(
    fc.asyncProperty(fc.array(milestone, { maxLength: 6 }), said, async (milestones, last) => {
      const one = { milestones, said: last };
      const { draft } = await assessed(one, []);
      expect(draft).toBeDefined();
      const pasted = (draft ?? '')
        .replace(/^Status: .*$/m, 'Status: :warning: - Requires Escalation, waiting for @bo')
        .replace(/^\* \(List of .*\)$/m, '* Agreed on the rota');
      const { assessment } = await assessed(one, [note(900, '2026-11-22T09:00:00Z', pasted)]);
      const about = assessment.findings.filter(
        ({ noteId, rule }) => noteId !== undefined || rule === 'require-weekly-update',
      );
      expect({ pasted, about: about.map(({ message }) => message) }).toEqual({ pasted, about: [] });
      expect(assessment.timeline?.updates.at(-1)).toMatchObject({ noteId: 900, week: '2026-11-16' });
    }),
    { numRuns: runs(400) },
  );
});
