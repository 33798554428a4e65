import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, expect, test } from '@jest/globals';
import { runCommand } from '../../src/cli/run.ts';
import { siteCommand } from '../../src/cli/site.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { runCommandAlone } from '../cli/command.ts';
import { withFolder } from '../config/helpers.ts';
import { botToken, brokenKr, now, perfectKr, projectId, worldSeed } from '../helpers/world.ts';

let sandbox: Sandbox;
afterEach(async () => sandbox.close());

/** Every file below a folder, unpacked where it is packed. */
async function contentsOf(folder: string): Promise<[name: string, text: string][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry): Promise<[string, string]> => {
        const bytes = await readFile(path.join(entry.parentPath, entry.name));
        const plain = entry.name.endsWith('.gz')
          ? gunzipSync(bytes)
          : entry.name.endsWith('.br')
            ? brotliDecompressSync(bytes)
            : bytes;
        return [entry.name, plain.toString()];
      }),
  );
}

const update = [
  '## Weekly KR Update for the week of 2026-11-16',
  'Status: :warning: - Requires Escalation',
  'Percentage complete: 20%',
  '',
  '## Completed',
  '* The zebra protocol was agreed',
].join('\n');

test('a KR that was made confidential is gone from pages, reports and the digest on the next run', async () => {
  const secret = {
    ...brokenKr,
    title: 'FY27 Q4 KR2 (Zebra) Handle the zebra incident at our vendor',
    description: brokenKr.description.replaceAll('vault', 'zebra vault').replace('@ann', '@bo.lee'),
    assignees: ['bo.lee'],
    notes: [{ author: 'bo.lee', body: update, createdAt: '2026-11-20T10:00:00Z' }],
  };
  const home = { id: 2, path: 'sec/digests' };
  const seed = worldSeed([perfectKr, secret]);
  sandbox = await startSandbox({
    seed: { ...seed, projects: [...(seed.projects ?? []), home] },
    clock: () => new Date(now),
  });
  const rules = { 'policy.yml': `extends: weekly-updates\ndigest: { project: ${home.path} }\n` };
  await withFolder(rules, async (folder) => {
    const report = path.join(folder, 'report');
    const site = path.join(folder, 'public');
    const night = async (at: string): Promise<void> => {
      const args = ['--rules', folder, '--project', 'sec/okrs', '--apply', '--gitlab-url', sandbox.url];
      await runCommandAlone(runCommand, [...args, '--now', at, '--output', report], {
        KR_HYGIENE_TOKEN: botToken,
      });
      await runCommandAlone(siteCommand, [path.join(report, 'report.json'), '--output', site], {});
    };
    const digest = (): string => sandbox.state.issue(home.path, 1).description ?? '';
    const told = async (what: RegExp): Promise<string[]> => [
      ...(await contentsOf(report)).filter(([, text]) => what.test(text)).map(([name]) => name),
      ...(await contentsOf(site)).filter(([, text]) => what.test(text)).map(([name]) => `site ${name}`),
      ...(what.test(digest()) ? ['digest'] : []),
    ];

    await night(now);
    expect((await told(/zebra/i)).length).toBeGreaterThan(8);
    expect(digest()).toContain('zebra');
    sandbox.state.editIssue('carol', projectId, 2, { confidential: true });
    await night('2026-11-24T09:00:00Z');
    expect(await told(/zebra/i)).toEqual([]);
    // Reports name the reference, so that those who may see it find it; pages and the digest do not.
    const named = await told(/sec\/okrs#2(?!\d)|\/issues\/2(?!\d)|\/work_items\/2(?!\d)/);
    expect(named.filter((name) => name.startsWith('site') || name === 'digest')).toEqual([]);
    expect(digest()).toContain('1 confidential');
    for (const { body } of sandbox.state.notes(home.path, 1)) expect(body).not.toMatch(/zebra/i);
  });
});
