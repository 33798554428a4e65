import { describe, expect, test } from '@jest/globals';
import type { Note, User } from '../../src/model/issue.ts';
import { liveLines } from '../../src/parse/live-lines.ts';
import { findAnswers, reactionAnswers } from '../../src/timeline/answers.ts';
import { readCommand } from '../../src/timeline/commands.ts';

const words = { prefix: 'kr', bot: 'kr-bot' };
const read = (line: string) => readCommand(line, words, '2026-11-23');
const none = { until: null, because: null, rule: null, refused: null };

describe('a command is read from a line', () => {
  test.each([
    [
      'kr: snooze 2w because we wait for legal',
      { command: 'snooze', until: '2026-12-07', because: 'we wait for legal' },
    ],
    ['KR: Snooze 3 days', { command: 'snooze', until: '2026-11-26' }],
    [
      'kr: snooze until 2026-12-01 because holidays',
      { command: 'snooze', until: '2026-12-01', because: 'holidays' },
    ],
    ['@kr-bot snooze 1w', { command: 'snooze', until: '2026-11-30' }],
    ['@kr-bot: snooze 1w', { command: 'snooze', until: '2026-11-30' }],
    [
      'kr: waive require-okr-link until 2026-12-31 because Ally is gone',
      { command: 'waive', rule: 'require-okr-link', until: '2026-12-31', because: 'Ally is gone' },
    ],
    ['kr: waive `no-overdue-milestone`', { command: 'waive', rule: 'no-overdue-milestone' }],
    ['kr: unwaive require-okr-link', { command: 'unwaive', rule: 'require-okr-link' }],
    ['  kr: recheck', { command: 'recheck' }],
    ['kr: help', { command: 'help' }],
  ])('%s', (line, expected) => {
    expect(read(line)).toEqual({ ...none, ...expected });
  });

  test.each([
    'Please kr: snooze 2w',
    '> kr: snooze 2w',
    '- kr: snooze 2w',
    '@kr-bot thanks!',
    'okr: snooze 2w',
    '@kr-bot2 help',
    '',
  ])('none: %j', (line) => expect(read(line)).toBeNull());

  test.each([
    ['kr: snooze', /how long is not understood/],
    ['kr: snooze until 2026-02-30', /how long is not understood/],
    ['kr: snooze until 2026-11-23', /is not after the day/],
    ['kr: snooze 999 weeks', /more than a year away/],
    ['kr: waive', /no rule is named/],
    ['kr: waive Rule?1', /is not the name of a rule/],
    ['kr: sleep', /“sleep” is not a command/],
  ])('refused: %s', (line, why) => expect(read(line)?.refused).toMatch(why));
});

test('commands in code, quotes, lists and headings are not seen', () => {
  const body = [
    'kr: help',
    '',
    '```',
    'kr: snooze 1w',
    '```',
    '> kr: snooze 2w',
    'kr: snooze 3w',
    '',
    '    kr: snooze 4w',
    '',
    '- kr: snooze 5w',
    '',
    '`kr: snooze 6w',
    'kr: snooze 7w`',
    '',
    '>>>',
    'kr: snooze 8w',
    '>>>',
    '',
    '<!--',
    'kr: snooze 9w',
    '-->',
    '',
    'Thanks!',
    'kr: recheck',
  ].join('\n');
  expect(liveLines(body).filter((line) => line.startsWith('kr:'))).toEqual(['kr: help', 'kr: recheck']);
});

const ann: User = { id: 1, username: 'ann', name: 'Ann' };
const eve: User = { id: 2, username: 'eve', name: 'Eve' };
const note = (id: number, author: User, createdAt: string, body: string): Note => ({
  id,
  author,
  createdAt,
  updatedAt: createdAt,
  body,
  system: false,
  internal: false,
});
const input = {
  liveLines: ({ body }: Note) => liveLines(body),
  words,
  mayAnswer: ({ id }: User) => id === 1,
  ruleIds: new Set(['require-okr-link']),
  timeZone: 'UTC',
  today: '2026-11-30',
};

test('the last word on a matter is in force, until its day; strangers and unknown rules are refused', () => {
  const answers = findAnswers({
    ...input,
    comments: [
      note(1, ann, '2026-11-01T09:00:00Z', 'kr: snooze 1w'),
      note(2, ann, '2026-11-20T09:00:00Z', 'kr: snooze 2w'),
      note(3, ann, '2026-11-20T09:00:00Z', 'kr: waive require-okr-link'),
      note(4, eve, '2026-11-21T09:00:00Z', 'kr: unwaive require-okr-link'),
      note(5, ann, '2026-11-21T09:00:00Z', 'kr: waive require-nothing'),
    ],
  });
  expect(answers.map(({ noteId, inForce, refused }) => [noteId, inForce, refused])).toEqual([
    [1, false, null],
    [2, true, null],
    [3, true, null],
    [4, false, 'not allowed'],
    [5, false, 'there is no rule “require-nothing”'],
  ]);
});

test('what was not waived, or is not any more, cannot be taken back', () => {
  const answers = findAnswers({
    ...input,
    comments: [
      note(1, ann, '2026-11-01T09:00:00Z', 'kr: unwaive require-okr-link'),
      note(2, ann, '2026-11-02T09:00:00Z', 'kr: waive require-okr-link'),
      note(3, ann, '2026-11-03T09:00:00Z', 'kr: unwaive require-okr-link'),
      note(4, ann, '2026-11-04T09:00:00Z', 'kr: unwaive require-okr-link'),
      note(5, ann, '2026-11-05T09:00:00Z', 'kr: waive require-okr-link until 2026-11-07'),
      note(6, ann, '2026-11-07T09:00:00Z', 'kr: unwaive require-okr-link'),
    ],
  });
  const none = 'require-okr-link was not waived';
  expect(answers.map(({ refused }) => refused)).toEqual([none, null, null, none, null, none]);
});

test('an answer ends with the day it names', () => {
  const inForceOn = (today: string) =>
    findAnswers({
      ...input,
      today,
      comments: [note(1, ann, '2026-11-20T09:00:00Z', 'kr: snooze until 2026-12-01')],
    }).map(({ inForce }) => inForce);
  expect([inForceOn('2026-11-30'), inForceOn('2026-12-01')]).toEqual([[true], [false]]);
});

test('a reaction counts from its own time, and only from those who may', () => {
  const at = '2026-11-27T22:00:00Z';
  const reactions = [
    { id: 1, name: 'zzz', user: ann, createdAt: at },
    { id: 2, name: 'eyes', user: ann, createdAt: at },
    { id: 3, name: 'thumbsup', user: ann, createdAt: at },
    { id: 4, name: 'zzz', user: eve, createdAt: at },
  ];
  expect(
    reactionAnswers(reactions, 9, input).map(({ command, until, inForce }) => [command, until, inForce]),
  ).toEqual([
    ['snooze', '2026-12-04', true],
    ['seen', null, false],
  ]);
});
