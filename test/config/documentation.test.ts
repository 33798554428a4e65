import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { runRuleTests } from '../../src/cli/rules-test.ts';
import { builtInRulesDir } from '../../src/config/built-in.ts';
import { mustLoad, mustLoadFrom } from './helpers.ts';

const root = path.dirname(builtInRulesDir);
const now = '2026-11-23T09:00:00Z';

/** The YAML blocks of a page, put together by the file that their first line names; the rest belongs to kr.yml. */
async function snippets(page: string): Promise<Record<string, string>> {
  const text = await readFile(path.join(root, page), 'utf8');
  const files: Record<string, string> = {};
  for (const [, block = ''] of text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)) {
    if (block.startsWith('# yaml-language-server')) continue;
    const name = /^# rules\/(\S+)/.exec(block)?.[1] ?? 'kr.yml';
    files[name] = `${files[name] ?? ''}${block}\n`;
  }
  return files;
}

describe('what the documentation shows', () => {
  test('docs/rule-files.md: all blocks together are a policy without errors, and its examples pass', async () => {
    const loaded = await mustLoadFrom(await snippets('docs/rule-files.md'));
    expect(loaded.warnings).toEqual([]);
    expect(loaded.examples.length).toBeGreaterThan(0);
    expect(runRuleTests(loaded, now).filter((result) => !result.passed)).toEqual([]);
  });

  test('the custom rules shown at the end of kr.yml work when the signs of a comment are taken away', async () => {
    const text = await readFile(path.join(builtInRulesDir, 'kr.yml'), 'utf8');
    const shown = text.slice(text.indexOf('# custom:')).replace(/^# ?/gm, '');
    const { policy } = await mustLoadFrom({ 'policy.yml': '', 'kr.yml': shown });
    expect(policy.rules.map((rule) => rule.id)).toContain('objective-is-explained');
  });

  test('the examples next to our own rules pass', async () => {
    const results = runRuleTests(await mustLoad(builtInRulesDir), now);
    expect(results.length).toBeGreaterThan(3);
    expect(results.filter((result) => !result.passed)).toEqual([]);
  });
});
