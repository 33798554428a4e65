import { expect, test } from '@jest/globals';
import type { Note } from '../../src/model/issue.ts';
import { unnamedBots } from '../../src/model/nudge-note.ts';

const nudge = 'Hello.\n\n<!-- kr-hygiene 2 nudge e30 -->';

function note(id: number, username: string, more: Partial<Note> = {}, bot?: boolean): Note {
  const at = '2026-11-23T09:00:00Z';
  const author = { id: 100 + id, username, name: username, ...(bot === undefined ? {} : { bot }) };
  return { id, body: nudge, author, createdAt: at, updatedAt: at, system: false, internal: false, ...more };
}

const me = { id: 1, username: 'project_1_bot_99', name: 'Bot' };
const owner = { userId: 1, policyId: 'default', formerBots: ['old-bot'] };

test.each<[string, Note[], string[]]>([
  ['the user of a project token', [note(5, 'project_1_bot_6f1d')], ['project_1_bot_6f1d']],
  ['of a token of long ago', [note(5, 'project_1_bot1')], ['project_1_bot1']],
  ['of a group token', [note(5, 'group_90_bot_6f1d')], ['group_90_bot_6f1d']],
  ['a service account that GitLab calls a bot', [note(5, 'reminders', {}, true)], ['reminders']],
  [
    'a reminder of it',
    [note(5, 'project_1_bot_6f', { body: '<!-- kr-hygiene 1 ping 20261123e30 -->' })],
    ['project_1_bot_6f'],
  ],
  ['a person with a copy of our marker', [note(5, 'mallory')], []],
  ['a person who has such a name', [note(5, 'project_1_bot_6f1d', {}, false)], []],
  ['the token of another project', [note(5, 'project_2_bot_6f1d')], []],
  ['a bot without our marker', [note(5, 'project_1_bot_6f1d', { body: 'Hello.' })], []],
  ['a bot of another policy', [note(5, 'project_1_bot_6f1d', { body: nudge.replace('e30', 'e30.ops') })], []],
  ['another bot next to our own nudge', [note(5, 'project_1_bot_6f1d'), note(6, 'x', { author: me })], []],
  ['next to one of a former bot that is named', [note(5, 'project_1_bot_6f1d'), note(6, 'old-bot')], []],
])('%s', (_, notes, expected) => {
  expect(unnamedBots(notes, owner, 1)).toEqual(expected);
});
