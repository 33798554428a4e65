import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { cli } from '../helpers/capture-io.ts';
import { removeFolders, temporaryFolder } from '../helpers/plan-folder.ts';

afterAll(removeFolders);

test('init --plans writes a folder that is clean, also with the first plan copied from its template', async () => {
  const dir = await temporaryFolder();
  expect((await cli(['init', dir, '--plans', 'docs/planning'])).code).toBe(0);
  const folder = path.join(dir, 'docs/planning');
  expect((await cli(['lint', '--kind', 'plan', folder])).stdout).toContain('nothing to say');

  const template = await readFile(path.join(folder, '_template.md'), 'utf8');
  const filled = template
    .replace('Title of the plan', 'Known Devices')
    .replace(/^`What is planned.*$/m, 'Only known devices. Epic: sec&12');
  await writeFile(path.join(folder, 'known-devices.md'), filled);
  expect((await cli(['lint', '--kind', 'plan', folder])).stdout).toContain('require-plan-index-row');
  await cli(['plans', 'index', '--write', folder]);
  expect((await cli(['lint', '--kind', 'plan', folder])).stdout).toContain('nothing to say');

  const jobs = parse(await readFile(path.join(dir, '.gitlab/plans.gitlab-ci.yml'), 'utf8')) as Record<
    string,
    { script: string[] }
  >;
  expect(jobs['plans']?.script.join('\n')).toContain(
    'lint --kind plan --online --comment --format codequality docs/planning',
  );
  // Nothing runs next to the token that no one has chosen.
  expect(jobs['.plans']).toMatchObject({
    image: 'node:22-bookworm',
    before_script: [expect.stringContaining('exit 2')],
  });
  // What is there already is kept.
  await writeFile(path.join(folder, '_template.md'), 'Our own\n');
  const again = await cli(['init', dir, '--plans', 'docs/planning']);
  expect(again.stdout).not.toContain('wrote');
  expect(await readFile(path.join(folder, '_template.md'), 'utf8')).toBe('Our own\n');
  expect((await cli(['init', dir, '--plans', '../out'])).code).toBe(2);
});
