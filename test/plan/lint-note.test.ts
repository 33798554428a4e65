import { expect, test } from '@jest/globals';
import type { Action } from '../../src/model/action.ts';
import { planLintNote } from '../../src/plan/lint-note.ts';
import { aFinding, bot, now } from './helpers.ts';

const bodyOf = (actions: readonly Action[]): string => {
  const [action] = actions;
  return action?.type === 'create-note' ? action.body : '';
};

const noteAbout = (subjects: Parameters<typeof planLintNote>[0]['subjects']): string =>
  bodyOf(
    planLintNote({ subjects, notes: [], botUserId: bot.id, maxFindings: 3, signature: 'kr-hygiene', now })
      .actions,
  );

test('of many files that could not be read the first are named, and the others counted', () => {
  const note = noteAbout(
    Array.from({ length: 64 }, (_, index) => ({
      ref: `plans/${index}.md`,
      findings: [],
      error: 'is not UTF-8',
    })),
  );
  expect(note.match(/^- `plans\/\d+\.md` could not be read\.$/gm)).toHaveLength(50);
  expect(note).toContain('- …and 14 more could not be read.');
  expect(noteAbout([{ ref: 'a.md', findings: [], error: 'is not UTF-8' }])).not.toContain('more');
});

test('of many findings the errors are spelled out first, and the others counted', () => {
  const warnings = Array.from({ length: 4 }, (_, index) =>
    aFinding({ message: `warning ${index}`, severity: 'warning' }),
  );
  const note = noteAbout([
    { ref: 'a.md', findings: warnings, error: null },
    { ref: 'b.md', findings: [aFinding({ message: 'the error', severity: 'error' })], error: null },
  ]);
  expect(note).toContain('the error');
  expect(note.match(/warning \d/g)).toEqual(['warning 0', 'warning 1']);
  expect(note).toContain('…and 2 more.');
});
