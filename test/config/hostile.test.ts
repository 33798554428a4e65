import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { LoadResult } from '../../src/config/load-policy.ts';
import { loadPolicy } from '../../src/config/load-policy.ts';
import { renderConfigErrors } from '../../src/config/render-errors.ts';
import { loadFrom, mustLoadFrom, withFolder } from './helpers.ts';

async function answered(load: () => Promise<LoadResult>): Promise<{ codes: string[]; result: LoadResult }> {
  const result = await load();
  return {
    codes: (result.ok ? result.warnings : result.errors).map((configError) => configError.code),
    result,
  };
}

describe('hostile rule files', () => {
  test('ten megabytes are refused before they are parsed', async () => {
    const { codes } = await answered(() => loadFrom({ 'policy.yml': `# ${'x'.repeat(10 * 1024 * 1024)}\n` }));
    expect(codes).toEqual(['too-large']);
  });

  test('a template of ten megabytes too', async () => {
    const files = {
      'policy.yml': '',
      'kr.yml': 'template: big.md\n',
      'big.md': 'x'.repeat(10 * 1024 * 1024),
    };
    const { codes } = await answered(() => loadFrom(files));
    expect(codes).toEqual(['too-large']);
  });

  test('billion laughs', async () => {
    const lines = ['a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]'];
    for (let level = 1; level < 10; level += 1) {
      lines.push(`a${level}: &a${level} [${Array.from({ length: 10 }, () => `*a${level - 1}`).join(', ')}]`);
    }
    const { codes } = await answered(() => loadFrom({ 'policy.yml': lines.join('\n') }));
    expect(codes).toEqual(['aliases']);
  });

  test('few aliases that unfold to much', async () => {
    const wide = `a: &a [${Array.from({ length: 1000 }, () => 'x').join(', ')}]`;
    const { codes } = await answered(() =>
      loadFrom({ 'policy.yml': `${wide}\nb: [${Array.from({ length: 40 }, () => '*a').join(', ')}]` }),
    );
    expect(codes).toEqual(['too-many-values']);
  });

  test('an anchor that holds itself', async () => {
    const { codes } = await answered(() => loadFrom({ 'policy.yml': 'a: &a [*a]\n' }));
    expect(codes).toEqual(['aliases']);
  });

  test.each([
    ['flow lists', '['.repeat(100_000)],
    ['flow maps', '{a: '.repeat(50_000)],
    ['block lists', '- '.repeat(100_000)],
    ['block maps', Array.from({ length: 600 }, (_, index) => `${' '.repeat(index)}a:`).join('\n')],
  ])('deep nesting of %s', async (_name, text) => {
    const { codes } = await answered(() => loadFrom({ 'policy.yml': text }));
    expect(codes[0]).toMatch(/too-deep|yaml-syntax/);
  });

  test.each([
    '\u0000',
    '\u0007\u001b[31m',
    '\ufffe',
    '%',
    '&',
    '*',
    '!',
    '"',
    "'",
    '|',
    '>',
    '? ',
    ': ',
    '- ',
    '---\n...\n---',
    '\t',
    '\r',
    '\ufeffsources: []',
    '{',
    '}',
    ',',
  ])('the text %j does not throw', async (text) => {
    await answered(() => loadFrom({ 'policy.yml': text.repeat(50), 'kr.yml': text }));
  });

  test('bytes that are no text', async () => {
    const { codes } = await answered(() =>
      loadFrom({ 'policy.yml': Uint8Array.from([0xff, 0xfe, 0x00, 0x80]) }),
    );
    expect(codes).toEqual(['not-utf8']);
  });

  test('prototype keys reach nothing', async () => {
    const { codes } = await answered(() =>
      loadFrom({
        'policy.yml': '__proto__: { polluted: yes }\nselect: { __proto__: { polluted: yes } }\n',
        'kr.yml': 'custom:\n  constructor: off\nrules: { toString: error, prototype: off }\n',
      }),
    );
    expect(codes).toEqual(['unsafe-key', 'unsafe-key', 'unsafe-key', 'unknown-rule', 'unsafe-key']);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('rules named like methods of every object are unknown rules', async () => {
    const { codes } = await answered(() =>
      loadFrom({
        'policy.yml': '',
        'kr.yml': 'rules: { toString: error, valueOf: error, hasOwnProperty: error }\n',
      }),
    );
    expect(codes).toEqual(['unknown-rule', 'unknown-rule', 'unknown-rule']);
  });

  test('patterns meant to hang run in linear time', async () => {
    const { policy } = await mustLoadFrom({ 'policy.yml': "select:\n  title: '^(a+)+(b|a*)*$'\n" });
    const title = `${'a'.repeat(20_000)}!`;
    const issue = {
      labels: ['KR'],
      state: 'opened',
      issueType: 'issue',
      title,
      createdAt: '2026-01-01',
      gitlabMilestone: null,
      confidential: false,
    };
    expect(policy.unselected(issue as never, '2026-11-23T09:00:00Z')).toContain('title');
  });

  test('a pattern that would grow enormous is refused', async () => {
    const { codes } = await answered(() =>
      loadFrom({ 'policy.yml': "select:\n  title: '((a{100}){100}){100}'\n" }),
    );
    expect(codes).toEqual(['bad-pattern']);
  });

  test('links that lead out of the folder are refused, whichever file they stand for', async () => {
    await withFolder(
      {
        'outside/secret.yml': 'sources: []\n',
        'outside/secret.md': 'secret',
        'rules/policy.yml': 'extends: ./linked.yml\n',
      },
      async (dir) => {
        const rules = path.join(dir, 'rules');
        await symlink('../outside/secret.yml', path.join(rules, 'linked.yml'));
        await symlink('/etc/passwd', path.join(rules, 'plan.yml'));
        await mkdir(path.join(rules, 'templates'));
        await symlink('../../outside/secret.md', path.join(rules, 'templates/kr.md'));
        const { codes, result } = await answered(() => loadPolicy(rules));
        expect(codes).toEqual(['path-escape', 'path-escape', 'path-escape']);
        expect(renderConfigErrors(result.ok ? [] : result.errors, result.sources)).not.toContain('root:');
      },
    );
  });

  test('a folder in place of a file', async () => {
    const { codes } = await answered(() => loadFrom({ 'policy.yml/x': '' }));
    expect(codes).toEqual(['not-a-file']);
  });

  test('a thousand files that extend one another end in an error', async () => {
    const files: Record<string, string> = { 'policy.yml': 'extends: ./f0.yml\n' };
    for (let index = 0; index < 100; index += 1) files[`f${index}.yml`] = `extends: ./f${index + 1}.yml\n`;
    const { codes } = await answered(() => loadFrom(files));
    expect(codes).toContain('extends-too-deep');
  });

  test('files that extend the next one twice do not multiply', async () => {
    const files: Record<string, string> = { 'policy.yml': 'extends: [./f0.yml, ./f0.yml]\n' };
    for (let index = 0; index < 25; index += 1)
      files[`f${index}.yml`] = `extends: [./f${index + 1}.yml, ./f${index + 1}.yml]\n`;
    files['f25.yml'] = 'limits: {}\n';
    await answered(() => loadFrom(files));
  });

  test('what an error quotes cannot steer the terminal', async () => {
    const files = { 'policy.yml': '"\\e]0;owned\\a\\u202e": 1\nselect: { state: "\\e[2J" }\n' };
    const result = await loadFrom(files);
    if (result.ok) throw new Error('loads');
    const shown = renderConfigErrors(
      result.errors,
      new Map([...result.sources].map(([name, text]) => [name, `${text}\u001b[2J`])),
    );
    expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  });

  test('a hundred thousand unknown keys are answered in time', async () => {
    const text = Array.from({ length: 10_000 }, (_, index) => `key${index}: 1`).join('\n');
    const { codes } = await answered(() => loadFrom({ 'policy.yml': text }));
    expect(codes).toHaveLength(10_000);
  });

  test('more custom rules than anybody writes', async () => {
    const one = (index: number) => `  r${index}: { description: d, assert: "true", message: m }`;
    const text = `custom:\n${Array.from({ length: 101 }, (_, index) => one(index)).join('\n')}\n`;
    const { codes } = await answered(() => loadFrom({ 'policy.yml': '', 'kr.yml': text }));
    expect(codes).toEqual(['bad-value']);
  });

  test.each([
    ['brackets', '('.repeat(900) + ')'.repeat(900)],
    ['lists', '['.repeat(900)],
    ['signs', `${'!'.repeat(1900)}true`],
    ['a long chain', `true${' && true'.repeat(240)}`],
    ['ternaries', 'true ? '.repeat(280)],
    ['fields', `kr${'.title'.repeat(320)}`],
    ['a long number', '9'.repeat(1990)],
    ['quotes', '"'.repeat(1999)],
  ])('an expression made of %s', async (_name, expression) => {
    const rule = { description: 'd', assert: expression, message: 'm' };
    const { codes } = await answered(() =>
      loadFrom({ 'policy.yml': '', 'kr.yml': JSON.stringify({ custom: { mine: rule } }) }),
    );
    expect(codes.length).toBe(1);
    expect(codes[0]).toMatch(/^cel-(syntax|type)$/);
  });

  test('nothing in the folder is ever run', async () => {
    await withFolder({ 'policy.yml': '' }, async (dir) => {
      await writeFile(path.join(dir, 'policy.js'), 'throw new Error("run")');
      await writeFile(path.join(dir, 'package.json'), '{"type":"module","main":"policy.js"}');
      const { result } = await answered(() => loadPolicy(dir));
      expect(result.ok).toBe(true);
    });
  });
});
