/**
 * A folder of plans, read as a whole: time and memory for 500, 1,000 and 2,000 pages, as ratios. Linear is 2 for
 * each doubling; the clock of this machine says nothing about another.
 *
 *   npx tsx bench/plans.ts [pages]
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { createDocuments } from '../src/cli/documents.ts';
import { checkNamed, type LintTools } from '../src/cli/lint-files.ts';
import { builtInRulesDir } from '../src/config/built-in.ts';
import { loadPolicy } from '../src/config/load-policy.ts';
import { cleanFolder, writeFolder } from '../test/helpers/plan-folder.ts';

const most = Number(process.argv[2] ?? 2000);
const loaded = await loadPolicy(builtInRulesDir);
if (!loaded.ok) throw new Error('our own rules have errors');
const { policy } = loaded;

async function measure(count: number, dead: boolean): Promise<{ seconds: number; megabytes: number }> {
  const pages = await cleanFolder(count);
  if (dead) {
    // The worst for suggestions: every link and every row is dead.
    for (const [file, text] of pages)
      pages.set(file, text.replaceAll('/plan-', '/plam-').replaceAll('](plan-', '](plam-'));
  }
  const folder = await writeFolder(pages);
  const tools: LintTools = {
    policy,
    documents: createDocuments(policy),
    now: '2026-11-23T09:00:00Z',
    io: { stdin: () => Promise.resolve('') } as unknown as LintTools['io'],
    env: {},
    kind: 'plan',
    title: undefined,
    lookUp: null,
    base: null,
  };
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const start = process.cpuUsage();
  const { checked } = await checkNamed([folder], tools);
  const { user, system } = process.cpuUsage(start);
  const after = process.memoryUsage().heapUsed;
  const found = checked.flatMap(({ subject }) => subject.findings);
  if (found.length > 0 !== dead) throw new Error(`${found.length} findings: ${found[0]?.message ?? ''}`);
  await rm(path.resolve(folder, '../../../..'), { recursive: true, force: true });
  return { seconds: (user + system) / 1e6, megabytes: (after - before) / 2 ** 20 };
}

await measure(100, false);
for (const dead of [false, true]) {
  let last: number | null = null;
  for (const count of [most / 4, most / 2, most]) {
    const { seconds, megabytes } = await measure(count, dead);
    const ratio = last === null ? '' : `, ${(seconds / last).toFixed(2)} times the half`;
    process.stdout.write(
      `${count} pages${dead ? ', all links dead' : ''}: ${seconds.toFixed(1)} s of CPU, ${Math.round(megabytes)} MB more${ratio}\n`,
    );
    last = seconds;
  }
}
