import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { assess } from '../../src/assess/assess.ts';
import { languageFile, languageNames } from '../../src/config/built-in.ts';
import { loadPolicy } from '../../src/config/load-policy.ts';
import { englishPhrases } from '../../src/model/phrases.ts';
import { createReader } from '../../src/parse/reader.ts';
import { plan } from '../plan/helpers.ts';

async function withRules<T>(files: Record<string, string>, act: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(path.join(tmpdir(), 'kr-hygiene-'));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(path.join(dir, name), text);
    return await act(dir);
  } finally {
    await rm(dir, { recursive: true });
  }
}

const policy = (comment: string) => `extends: handbook\ncomment: ${comment}\n`;

test.each(languageNames.filter((name) => name !== 'en'))(
  '%s has every sentence of the comment',
  async (name) => {
    const file = parse(await readFile(languageFile(name), 'utf8')) as { phrases: Record<string, string> };
    expect(Object.keys(englishPhrases).filter((id) => file.phrases[id] === undefined)).toEqual([]);
  },
);

async function commentInGerman(lines: readonly string[]): Promise<string> {
  const source = lines.join('\n');
  return await withRules({ 'policy.yml': policy('{ language: de }') }, async (dir) => {
    const loaded = await loadPolicy(dir);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
    const reader = createReader(loaded.policy.settings.grammar, loaded.policy.settings.calendar);
    const documents = {
      ...reader,
      read: (...args: Parameters<typeof reader.read>) => Promise.resolve(reader.read(...args)),
    };
    const facts = { title: 'FY27 Q4 KR1 (Ruhe) Weniger Alarme: 80%', assignees: ['alice'] };
    const { document, findings } = await assess(
      { kind: 'kr', source, facts },
      { policy: loaded.policy, documents },
      '2026-11-23T09:00:00Z',
    );
    const { comment } = loaded.policy.settings;
    const labels = { needsAttention: null, ok: null };
    return plan({ source, document, findings, settings: { comment, labels } }).comment ?? '';
  });
}

test('a comment in German has nothing English but names', async () => {
  const text = await commentInGerman([
    '## Ally OKR: https://app.ally.io/objectives/1',
    '## Objective',
    'Ruhe',
    '## Milestones',
    '- [ ] Milestone 1: Description: Regeln Due Date: 2026-11-13 DRI: @alice',
    '- [ ] Milestone 2: Description: Test Due Date: TBD DRI: Bob',
  ]);
  expect(text).toContain(
    'Hallo @alice, in diesem Key Result sind noch 2 Punkte offen, und einer ist empfohlen:',
  );
  expect(text).toContain('War am 13. November 2026 fällig und ist noch offen.');
  expect(text).not.toMatch(/\b(?:the|and|is|still|Write|again)\b/);
});

test('choices and columns are said in German too', async () => {
  const text = await commentInGerman([
    '## Ally OKR: https://app.ally.io/objectives/1',
    '## Objective',
    'Ruhe',
    '## Milestones',
    '| Milestone | Due Date |',
    '|---|---|',
    '| Regeln geprüft | 11/12/2026 |',
    '| Test am Tor | TBD |',
  ]);
  expect(text).toContain('`2026-11-12` oder `2026-12-11` in die Spalte `Due Date`');
  expect(text).toContain('Schreibt `YYYY-MM-DD` in die Spalte `Due Date`');
  expect(text).toContain('Schreibt `@username` in eine Spalte `DRI`');
  expect(text).not.toMatch(/\b(?:or|in the|in a)\b/);
});

test('a sentence of the team’s own wins; unknown placeholders, mentions and quick actions are errors with a place', async () => {
  const own = 'phrases:\n  closing: "I am {signature}."\n';
  await withRules({ 'policy.yml': policy('{ signature: Kay }'), 'comment.yml': own }, async (dir) => {
    const loaded = await loadPolicy(dir);
    expect(loaded.ok && loaded.policy.settings.comment.phrases?.closing).toBe('I am {signature}.');
  });
  const wrong = 'phrases:\n  closing: "I am {name}."\n  done: "Thanks, @all"\n  ask: "/close"\n  nope: "x"\n';
  await withRules({ 'policy.yml': policy('{}'), 'comment.yml': wrong }, async (dir) => {
    const loaded = await loadPolicy(dir);
    expect(loaded.ok ? [] : loaded.errors.map(({ code, line }) => `${line}: ${code}`)).toEqual([
      '2: unknown-placeholder',
      '3: mention',
      '4: quick-action',
      '5: unknown-key',
    ]);
  });
});
