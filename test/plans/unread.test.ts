import { afterAll, describe, expect, test } from '@jest/globals';
import { checkNamed, type LintTools } from '../../src/cli/lint-files.ts';
import { builtInRulesDir } from '../../src/config/built-in.ts';
import { loadPolicy } from '../../src/config/load-policy.ts';
import { createGuardedReader } from '../../src/parse/guarded-reader.ts';
import { beyondLimits } from '../../src/parse/limits.ts';
import { change, cleanFolder, removeFolders, writeFolder } from '../helpers/plan-folder.ts';

afterAll(removeFolders);

const loaded = await loadPolicy(builtInRulesDir);
if (!loaded.ok) throw new Error('the built-in rules do not load');
const { policy } = loaded;

/** So long that no one vouches for it: it is read in a thread, with a deadline. */
const heavy = `\n${'[a] *b '.repeat(900)}\n`;

/** What is found in a folder when each text that is read in a thread comes too late, as on a machine with much to do. */
async function checkLate(folder: string): Promise<string[]> {
  const { grammar, calendar } = policy.settings;
  const tools: LintTools = {
    policy,
    documents: createGuardedReader(grammar, calendar, { deadlineMs: 0 }),
    now: '2026-11-23T09:00:00Z',
    io: { stdin: () => Promise.resolve('') } as unknown as LintTools['io'],
    env: {},
    kind: 'plan',
    title: undefined,
    lookUp: null,
    base: null,
  };
  const { checked } = await checkNamed([folder], tools);
  return checked.flatMap(({ file, subject }) =>
    subject.findings.map(({ rule, messageId }) => `${file.slice(folder.length + 1)} ${rule} ${messageId}`),
  );
}

describe('a page that is not read in time', () => {
  test('is said to be unread, and nothing is said of what was not seen in it', async () => {
    expect(beyondLimits(heavy)).not.toBeNull();
    for (const file of ['_index.md', 'plan-01.md', 'plan-02.md']) {
      const pages = await cleanFolder(12);
      pages.set(file, `${pages.get(file) ?? ''}${heavy}`);
      expect(await checkLate(await writeFolder(pages))).toEqual([`${file} no-unreadable-plan too-slow`]);
    }
  });

  test('does not keep the rest of the folder from being checked', async () => {
    const pages = await cleanFolder(12);
    pages.set('_index.md', `${pages.get('_index.md') ?? ''}${heavy}`);
    change(pages, 'plan-02.md', '](#by-hand)', '](#by-foot)');
    expect(await checkLate(await writeFolder(pages))).toEqual([
      '_index.md no-unreadable-plan too-slow',
      'plan-02.md no-dead-link anchor',
    ]);
  });
});

test('an index of two thousand rows is read like any page: neither a thread nor a clock has a say', async () => {
  const pages = await cleanFolder(2_000);
  expect(beyondLimits(pages.get('_index.md') ?? '')).toBeNull();
});
