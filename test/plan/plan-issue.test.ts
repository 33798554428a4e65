import { describe, expect, test } from '@jest/globals';
import type { Finding } from '../../src/model/finding.ts';
import type { Note } from '../../src/model/issue.ts';
import { nudgesIn } from '../../src/model/nudge-note.ts';
import type { Answer } from '../../src/model/timeline.ts';
import { visibleLines } from '../../src/plan/comment/visible.ts';
import { decodeMarker, encodeMarker } from '../../src/plan/marker.ts';
import type { PlanInput } from '../../src/plan/plan-issue.ts';
import { fc, runs } from '../helpers/random.ts';
import {
  aDocument,
  aFinding,
  alice,
  aMilestone,
  aNote,
  anIssue,
  aWorld,
  bob,
  bot,
  carol,
  commentPolicy,
  labels,
  plan,
  runOn,
  type World,
} from './helpers.ts';
import { dangers, hostile } from './hostile.ts';

const link = aFinding();
const objective = aFinding({
  rule: 'require-objective',
  message: 'The Objective section is empty.',
  subject: { part: 'section', name: 'Objective' },
});
const date = aFinding({
  rule: 'require-milestone-due-date',
  message: 'Milestone 1: the due date is still a placeholder: “add here”.',
  hint: 'Write `Due Date: 2026-12-18`, with the day it is due.',
  subject: { part: 'milestone', index: 0, label: 'Milestone 1' },
});
const advice = aFinding({
  rule: 'no-template-leftovers',
  severity: 'warning',
  message: 'A line is left over.',
});
const warned = aFinding({ rule: 'no-overdue-milestone', severity: 'warning', message: 'It has passed.' });
const remark = aFinding({ rule: 'some-info', severity: 'info', message: 'By the way.' });

function nudgeOf(world: World): Note | undefined {
  const nudges = nudgesIn(world.notes, { userId: bot.id });
  expect(nudges.length).toBeLessThanOrEqual(1);
  return nudges[0];
}

describe('a KR through its life', () => {
  test('first run: a comment and the label; second run: nothing', () => {
    const world = aWorld();
    const first = runOn(world, { findings: [link, date] });
    expect(first.actions.map(({ type }) => type)).toEqual(['create-note', 'update-labels']);
    expect(first.comment).toBe(nudgeOf(world)?.body);
    expect(world.issue.labels).toEqual(['KR', labels.needsAttention]);
    expect(runOn(world, { findings: [link, date] }).actions).toEqual([]);
  });

  test('half is fixed, then all, then one breaks again', () => {
    const world = aWorld();
    runOn(world, { findings: [link, date] });
    const id = nudgeOf(world)?.id;
    runOn(world, { findings: [link] });
    expect(nudgeOf(world)?.body).toContain('✅ Fixed: one other point.');
    expect(runOn(world, { findings: [link] }).actions).toEqual([]);

    expect(runOn(world, {}).actions.map(({ type }) => type)).toEqual(['update-note', 'update-labels']);
    const thanks = nudgeOf(world)?.body.split('\n') ?? [];
    expect(thanks.filter((line) => line !== '' && !line.startsWith('<!--'))).toEqual([
      '✅ Nothing left to do: everything that is asked for is in place. Thank you!',
    ]);
    expect(world.issue.labels).toEqual(['KR', labels.ok]);
    expect(runOn(world, {}).actions).toEqual([]);

    const again = runOn(world, { findings: [objective] });
    expect(again.actions.map(({ type }) => type)).toEqual(['update-labels', 'update-note', 'update-labels']);
    expect(nudgeOf(world)).toMatchObject({ id });
    expect(nudgeOf(world)?.body).toContain('The Objective section is empty.');
    expect(nudgeOf(world)?.body).not.toContain('✅');
    expect(world.issue.labels).toEqual(['KR', labels.needsAttention]);
    expect(runOn(world, { findings: [objective] }).actions).toEqual([]);
  });

  test('a person deletes our comment: it comes back as long as something is open', () => {
    const world = aWorld();
    runOn(world, { findings: [link] });
    world.notes = [];
    world.issue = { ...world.issue, userNotesCount: 0 };
    expect(runOn(world, { findings: [link] }).actions.map(({ type }) => type)).toEqual(['create-note']);
    world.notes = [];
    expect(runOn(world, {}).actions.map(({ type }) => type)).toEqual(['update-labels']);
    expect(world.notes).toEqual([]);
  });

  test('a person edits our comment: it is put right; a text added below the marker does not hide it', () => {
    const world = aWorld();
    runOn(world, { findings: [link] });
    const note = nudgeOf(world) as Note;
    const before = note.body;
    note.body = `${before.replace('Hello', 'Goodbye')}\n\nPS by a maintainer`;
    expect(runOn(world, { findings: [link] }).actions.map(({ type }) => type)).toEqual(['update-note']);
    expect(nudgeOf(world)?.body).toBe(before);
  });

  test('what GitLab cuts when it stores a comment is no difference', () => {
    const world = aWorld();
    runOn(world, { findings: [link] });
    const note = nudgeOf(world) as Note;
    note.body = `${note.body.replaceAll('\n', '  \r\n')}\r\n\n`;
    expect(runOn(world, { findings: [link] }).actions).toEqual([]);
  });

  test('nothing is said on a KR in order; notes of severity info stay in the report', () => {
    const world = aWorld();
    expect(runOn(world, { findings: [remark] })).toMatchObject({ comment: null });
    expect(world.notes).toEqual([]);
    expect(world.issue.labels).toEqual(['KR', labels.ok]);
  });

  test('a point that merely changed its words is not shown as fixed', () => {
    const world = aWorld();
    runOn(world, { findings: [link, { ...date, message: 'Milestone 1: the due date is missing.' }] });
    runOn(world, { findings: [link, date] });
    expect(nudgeOf(world)?.body).not.toContain('✅');
  });

  test.each([
    ['closed', { state: 'closed' }],
    ['moved', { movedToId: 5 }],
  ] as const)('a %s issue is left alone, and the plan says why', (word, over) => {
    const planned = plan({ issue: anIssue(over), findings: [link] });
    expect(planned).toMatchObject({ actions: [], reason: expect.stringContaining(word) });
  });

  test('where the discussion is locked the labels are kept right, and no comment is written or changed', () => {
    const world = aWorld(anIssue({ discussionLocked: true }));
    const held = runOn(world, { findings: [link, warned] });
    expect(held).toMatchObject({ actions: [{ type: 'update-labels' }], comment: null });
    expect(held.reason).toBe(
      'the discussion is locked, so we do not write there (one point open, one recommended)',
    );
    expect(world.issue.labels).toEqual(['KR', labels.needsAttention]);
    expect(runOn(world, { findings: [link, warned] })).toMatchObject({ actions: [], reason: held.reason });

    world.issue = { ...world.issue, discussionLocked: false };
    runOn(world, { findings: [link] });
    const before = nudgeOf(world)?.body;
    world.issue = { ...world.issue, discussionLocked: true };
    expect(runOn(world, { findings: [link] })).toMatchObject({ actions: [], reason: null });
    expect(runOn(world, { findings: [] })).toMatchObject({
      comment: before,
      reason: 'the discussion is locked, so we do not write there (nothing left to do)',
    });
    expect(world.issue.labels).toEqual(['KR', labels.ok]);
    expect(nudgeOf(world)?.body).toBe(before);
    expect(plan({ issue: world.issue, findings: [] })).toMatchObject({ actions: [], reason: null });
  });

  test.each([
    [[link], 'one point open'],
    [[link, date, warned], '2 points open, one recommended'],
    [[link, warned, warned], 'one point open, 2 recommended'],
    [[warned], 'one point recommended'],
  ])('the log counts points as the comment does (%#)', (findings, count) => {
    expect(plan({ findings }).actions[0]?.detail).toBe(`write a comment (${count})`);
  });

  test('a rule that could not be evaluated this time changes nothing that it said before', () => {
    const world = aWorld();
    runOn(world, { findings: [link, date] });
    const held = runOn(world, { findings: [], skipped: [{ rule: date.rule }] });
    expect(held).toMatchObject({ actions: [], reason: expect.stringContaining(date.rule) });
    expect(held.comment).toBe(nudgeOf(world)?.body);
  });

  test('a point of a rule that is off now is forgotten, not called fixed', () => {
    const world = aWorld();
    runOn(world, { findings: [link, date], evaluated: [link.rule, date.rule] });
    runOn(world, { findings: [link], evaluated: [link.rule] });
    expect(world.notes[0]?.body).not.toContain('✅');
    expect(runOn(world, { findings: [link], evaluated: [link.rule] }).actions).toEqual([]);
  });

  test('a text that was not read is not called fixed', () => {
    const world = aWorld();
    runOn(world, { findings: [link] });
    const document = { ...aDocument(), unread: { reason: 'too-long', detail: '' } as const };
    expect(runOn(world, { document }).actions).toEqual([]);
    runOn(world, { document, findings: [advice] });
    expect(nudgeOf(world)?.body).not.toContain('✅');
  });
});

describe('which note is ours', () => {
  const marker = encodeMarker({ since: '2026-11-01', greeted: [], mentioned: [], points: [], weeks: [] });

  test('a stranger with our marker is not; nor is a note of ours without one', () => {
    const notes = [aNote({ id: 1, author: bob, body: marker }), aNote({ id: 2, body: 'Hello' })];
    const { actions } = plan({ findings: [link], notes });
    expect(actions.map(({ type }) => type)).toEqual(['create-note', 'update-labels']);
  });

  test('the oldest stays, younger ones go, before anything else is written', () => {
    const notes = [
      aNote({ id: 9, body: marker }),
      aNote({ id: 4, body: marker }),
      aNote({ id: 6, body: marker }),
    ];
    const { actions } = plan({ findings: [link], notes });
    expect(actions).toMatchObject([
      { type: 'delete-note', noteId: 6 },
      { type: 'delete-note', noteId: 9 },
      { type: 'update-note', noteId: 4 },
      { type: 'update-labels' },
    ]);
  });

  test.each([
    '<!-- kr-hygiene 1 nudge !!! -->',
    '<!-- kr-hygiene 1 nudge e30 -->',
    '<!-- kr-hygiene 7 nudge e30 -->',
    '<!-- kr-hygiene -->',
  ])('state that does not validate is as good as none: %s', (body) => {
    expect(decodeMarker(body)).toBeNull();
    const { actions } = plan({ findings: [link], notes: [aNote({ id: 3, body })] });
    expect(actions[0]).toMatchObject({ type: 'update-note', noteId: 3 });
  });

  test('another kind of note of ours is left alone', () => {
    const notes = [aNote({ id: 3, body: 'x\n\n<!-- kr-hygiene 1 ping e30 -->' })];
    expect(plan({ notes }).actions).toMatchObject([{ type: 'update-labels' }]);
  });
});

describe('whom it greets', () => {
  const greeting = (over: Partial<PlanInput>) =>
    plan({ findings: [link], ...over }).comment?.split('\n')[0] ?? '';
  const policy = (greet: typeof commentPolicy.greet) => ({ comment: { ...commentPolicy, greet }, labels });

  test('assignees, the author, the DRIs who are members, or no one', () => {
    const issue = anIssue({ assignees: [alice, bob] });
    expect(greeting({ issue })).toContain('Hello @alice and @bob, ');
    expect(greeting({ issue, settings: policy('author') })).toContain('Hello @carol, ');
    expect(greeting({ issue, settings: policy('nobody') })).not.toContain('@');
    const findings = [{ ...date, people: ['Dana', 'stranger', 'all'] }];
    const members = new Set(['dana', 'all']);
    expect(greeting({ issue, findings, members, settings: policy('dris') })).toContain('Hello @Dana, ');
    expect(greeting({ issue, findings: [link], settings: policy('dris') })).toContain(
      'Hello @alice and @bob, ',
    );
  });

  test('the author, where no one is assigned', () => {
    expect(greeting({ issue: anIssue({ assignees: [], author: carol }) })).toContain('Hello @carol, ');
  });

  test('never the bot itself', () => {
    expect(greeting({ issue: anIssue({ assignees: [bot], author: bot }) })).toContain('Hello, ');
    expect(greeting({ issue: anIssue({ author: bot }), settings: policy('author') })).toContain('Hello, ');
  });

  test('somebody new is greeted in an edit; who comes back is named without a mention', () => {
    const world = aWorld();
    runOn(world, { findings: [link] });
    world.issue = { ...world.issue, assignees: [alice, bob] };
    runOn(world, { findings: [link] });
    expect(nudgeOf(world)?.body).toContain('Hello @alice and @bob, ');
    world.issue = { ...world.issue, assignees: [bob] };
    runOn(world, { findings: [link] });
    expect(nudgeOf(world)?.body).toContain('Hello @bob, ');
    world.issue = { ...world.issue, assignees: [alice, bob] };
    runOn(world, { findings: [link] });
    expect(nudgeOf(world)?.body).toContain('Hello `alice` and @bob, ');
    expect(runOn(world, { findings: [link] }).actions).toEqual([]);
  });

  test('a marker that somebody forged makes no one a mention', () => {
    const state = {
      since: '2026-11-01',
      greeted: [],
      mentioned: ['root', 'all', 'alice'],
      points: [],
      weeks: [],
    };
    const notes = [aNote({ body: encodeMarker(state) })];
    expect(plan({ notes }).comment).not.toContain('@');
    expect(greeting({ notes })).toContain('Hello @alice, ');
    expect(greeting({ notes })).not.toContain('root');
  });

  test('when something breaks again, those greeted before are named, not notified', () => {
    const world = aWorld();
    runOn(world, { findings: [link] });
    runOn(world, {});
    runOn(world, { findings: [link] });
    expect(nudgeOf(world)?.body).toContain('Hello `alice`, ');
  });
});

describe('labels', () => {
  test('spelt in another case they are there already; what is removed is spelt as the issue has it', () => {
    const issue = anIssue({ labels: ['KR-Hygiene::OK', 'kr-hygiene::needs-attention'] });
    expect(plan({ issue }).actions).toMatchObject([{ add: [], remove: ['kr-hygiene::needs-attention'] }]);
    expect(plan({ issue, findings: [link] }).actions).toMatchObject([
      { type: 'update-labels', add: [], remove: ['KR-Hygiene::OK'] },
      { type: 'create-note' },
    ]);
  });

  test('names that are null are no one’s business', () => {
    const settings = { comment: commentPolicy, labels: { needsAttention: null, ok: null } };
    expect(plan({ settings }).actions).toEqual([]);
    expect(plan({ settings, findings: [link] }).actions.map(({ type }) => type)).toEqual(['create-note']);
  });
});

/** Findings as they come and go; two of one rule, one milestone, one advice. */
const states: fc.Arbitrary<Finding[]> = fc.subarray([
  link,
  objective,
  date,
  advice,
  remark,
  { ...date, message: 'Milestone 1: the due date is missing.' },
  { ...objective, message: 'The Objective section is missing.' },
]);

test('whatever comes and goes, and wherever a run dies: one comment, settled after one whole run', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          findings: states,
          killedAfter: fc.oneof(fc.constant(Infinity), fc.nat(3)),
          deleted: fc.boolean(),
          people: fc.subarray([alice, bob, carol]),
        }),
        { minLength: 1, maxLength: 8 },
      ),
      (steps) => {
        const world = aWorld();
        for (const { findings, killedAfter, deleted, people } of steps) {
          if (deleted && world.notes.length > 0) world.notes.pop();
          world.issue = { ...world.issue, assignees: people, userNotesCount: world.notes.length };
          runOn(world, { findings }, killedAfter);
          expect(nudgesIn(world.notes, { userId: bot.id }).length).toBeLessThanOrEqual(1);
        }
        const { findings, people } = steps.at(-1) as (typeof steps)[number];
        runOn(world, { findings });
        expect(plan({ issue: world.issue, findings, notes: world.notes }).actions).toEqual([]);
        const open = findings.filter(({ severity }) => severity !== 'info');
        const body = nudgeOf(world)?.body ?? '';
        expect(body.includes('Nothing left to do')).toBe(body !== '' && open.length === 0);
        if (open.length > 0) for (const { username } of people) expect(body).toContain(username);
        expect(world.issue.labels).toEqual(['KR', open.length > 0 ? labels.needsAttention : labels.ok]);
      },
    ),
    { numRuns: runs(400) },
  );
});

const name = fc.oneof(fc.constantFrom('alice', '_x_', 'all', 'a.b-c', 'root'), hostile);
const finding: fc.Arbitrary<Finding> = fc.record({
  rule: fc.oneof(fc.constantFrom('require-objective', 'require-milestone-due-date'), hostile),
  messageId: fc.constant('missing'),
  severity: fc.constantFrom('error', 'warning', 'info'),
  message: hostile,
  hint: fc.option(hostile),
  people: fc.array(name, { maxLength: 3 }),
  place: fc.constant({ start: { line: 1, column: 1, offset: 3 }, end: { line: 1, column: 1, offset: 4 } }),
  subject: fc.oneof(
    fc.record({ part: fc.constant('milestone' as const), index: fc.nat(2), label: hostile }),
    fc.record({ part: fc.constant('section' as const), name: hostile }),
  ),
  url: fc.option(
    fc.oneof(
      hostile,
      hostile.map((text) => `https://x.example/${text}`),
    ),
  ),
  edit: fc.constant(null),
});

const answer: fc.Arbitrary<Answer> = fc.record({
  command: fc.constantFrom('snooze', 'waive', 'unwaive', 'recheck', 'help', 'seen'),
  by: name,
  until: fc.option(fc.constant('2026-12-07')),
  because: fc.option(hostile),
  rule: fc.option(hostile),
  noteId: fc.nat(9999),
  at: fc.constant('2026-11-20T09:00:00Z'),
  inForce: fc.boolean(),
  refused: fc.option(fc.oneof(fc.constant('not allowed'), hostile)),
});

test('nothing that anybody wrote comes alive in the comment', () => {
  fc.assert(
    fc.property(
      fc.record({
        source: hostile,
        findings: fc.array(finding, { minLength: 1, maxLength: 6 }),
        descriptions: fc.array(hostile, { minLength: 3, maxLength: 3 }),
        label: fc.option(hostile),
        dri: hostile,
        signature: hostile,
        handbook: hostile,
        greeted: fc.array(name, { maxLength: 3 }),
        points: fc.array(hostile, { maxLength: 4 }),
        answers: fc.array(answer, { maxLength: 3 }),
        greet: fc.constantFrom('assignees', 'dris', 'author', 'nobody'),
      }),
      (input) => {
        const milestones = input.descriptions.map((description) =>
          aMilestone({ description, label: input.label, dris: [input.dri], driText: input.dri }),
        );
        const cut = (texts: string[]) =>
          texts.map((text) => text.slice(0, 160)).filter((text) => text !== '');
        const state = {
          since: '2026-11-01',
          greeted: cut(input.greeted),
          mentioned: cut(input.greeted),
          points: cut(input.points),
          weeks: [],
        };
        const notes = [aNote({ body: `x\n${encodeMarker(state)}` })];
        expect(decodeMarker(notes[0]?.body ?? '')).not.toBeNull();
        const over: Partial<PlanInput> = {
          source: input.source,
          document: aDocument(milestones),
          findings: input.findings,
          answers: input.answers,
          notes,
          settings: {
            comment: {
              ...commentPolicy,
              greet: input.greet,
              signature: input.signature,
              handbookUrl: input.handbook,
            },
            labels,
          },
        };
        const { comment } = plan(over);
        expect(dangers(comment ?? '', ['@alice', '@carol'])).toEqual([]);
        expect(decodeMarker(comment ?? '')).not.toBeNull();
        const settled = plan({ ...over, notes: [aNote({ body: comment ?? '' })] });
        expect(settled.actions.filter(({ type }) => type !== 'update-labels')).toEqual([]);
      },
    ),
    { numRuns: Number(process.env['HOSTILE'] ?? runs(400)) },
  );
});

test('the comment stays short and says how much more there is', () => {
  const findings = Array.from({ length: 60 }, (_, index) =>
    aFinding({ message: `Point ${index} is missing.`, severity: index % 2 === 0 ? 'warning' : 'error' }),
  );
  const world = aWorld();
  const { comment } = runOn(world, { findings });
  expect(comment).toContain('…and 50 more');
  expect(comment?.match(/🔸/g)).toHaveLength(10);
  expect(comment?.match(/🔹/g)).toBeNull();
  expect(comment?.split('<summary>4 more points</summary>')[0]?.match(/🔸/g)).toHaveLength(6);
  expect(visibleLines(comment ?? '')).toBeLessThanOrEqual(25);
  expect(runOn(world, { findings }).actions).toEqual([]);
  runOn(world, { findings: findings.slice(0, 30) });
  expect(runOn(world, { findings: findings.slice(0, 30) }).actions).toEqual([]);
});

test('what is wrong is on one line, what to do on the next; said once for points that ask for the same', () => {
  const leftover = { ...advice, hint: 'Delete the line.', url: 'https://docs.example.com/r' };
  const findings = [
    { ...leftover, message: 'Left: “a”.' },
    { ...leftover, message: 'Left: “b”.' },
    objective,
  ];
  const [, block] = plan({ findings, source: '## Objective\n' }).comment?.split('\n\n') ?? [];
  expect(block).toBe(
    [
      '- 🔸 The Objective section is empty.\\',
      '  → Write `## Ally OKR: https://app.ally.io/objectives/1`.',
      '- 🔹 Left: `a`.',
      '- 🔹 Left: `b`.\\',
      '  → Delete the line. [Why?](https://docs.example.com/r)',
    ].join('\n'),
  );
});

test('milestones that lack the same are named together', () => {
  const labelled = (index: number) => ({
    ...date,
    message: `Milestone ${index + 1}: the due date is missing.`,
    subject: { part: 'milestone' as const, index, label: `Milestone ${index + 1}` },
  });
  const document = aDocument([aMilestone(), aMilestone({ description: 'Rotate them' })]);
  const { comment } = plan({ document, findings: [labelled(0), labelled(1)] });
  expect(comment).toContain(
    '**Milestone 1**: `List all keys`\\\n**Milestone 2**: `Rotate them`\n\n- 🔸 The due date is missing.',
  );
  expect(comment?.match(/🔸/g)).toHaveLength(1);
});

test('who is responsible for a milestone is named there, unless greeted', () => {
  const document = aDocument([aMilestone()]);
  const first = (people: string[]) =>
    plan({ document, findings: [{ ...date, people }] }).comment?.split('\n')[2];
  expect(first(['bob', 'Alice'])).toBe('**Milestone 1** (`bob`): `List all keys`');
  expect(first(['alice'])).toBe('**Milestone 1**: `List all keys`');
});

test('corrected lines hold what is known, and examples for the rest', () => {
  const milestone = aMilestone({
    dueDate: { raw: 'add here', date: null, inferred: false, problem: 'placeholder' },
    driText: 'Bob',
    dris: [],
    driProblem: 'not-a-mention',
  });
  const document = aDocument([milestone]);
  const line = (findings: Finding[]) =>
    /```markdown\n(.*)\n```/.exec(plan({ document, findings }).comment ?? '')?.[1];
  const unknown = { ...date, proposals: [{ field: 'due-date', value: null }] };
  const known = { ...date, rule: 'require-milestone-dri', proposals: [{ field: 'dri', value: '@bob' }] };
  expect(line([unknown])).toBeUndefined();
  expect(line([unknown, known])).toBe(
    '- [ ] Milestone 1: Description: List all keys Due Date: YYYY-MM-DD DRI: @bob',
  );
  expect(line([link])).toBeUndefined();
  const settings = { comment: { ...commentPolicy, corrections: false }, labels };
  expect(plan({ document, findings: [known], settings }).comment).not.toContain('```');
});
