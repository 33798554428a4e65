import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { cli } from '../helpers/capture-io.ts';
import { removeFolders, temporaryFolder } from '../helpers/plan-folder.ts';

afterAll(removeFolders);

const fixtures = fileURLToPath(new URL('../fixtures/plan-styles', import.meta.url));

/** Folders as other generators of sites have them, in which nothing is wrong. */
const styles: Record<string, string> = {
  docusaurus: 'docs/planning',
  mkdocs: 'docs/plans',
  hugo: 'content/en/security/plans',
  jekyll: 'plans',
  wiki: 'plans',
};

async function copyOf(style: string): Promise<string> {
  const root = await temporaryFolder();
  await cp(path.join(fixtures, style), root, { recursive: true });
  return path.join(root, styles[style] ?? '');
}

async function lint(folder: string): Promise<string[]> {
  const root = folder.split(path.sep).slice(0, -1).join(path.sep);
  const { stdout } = await cli(['lint', '--kind', 'plan', '--format', 'json', folder], {
    env: { CI_PROJECT_DIR: root },
  });
  const { subjects } = JSON.parse(stdout) as {
    subjects: { ref: string; findings: { rule: string; messageId: string; message: string }[] }[];
  };
  return subjects.flatMap(({ ref, findings }) =>
    findings.map(({ rule, messageId }) => `${path.basename(ref)} ${rule} ${messageId}`),
  );
}

describe.each(Object.keys(styles))('a folder in the style of %s', (style) => {
  test('has no findings', async () => {
    expect(await lint(await copyOf(style))).toEqual([]);
  });

  test('keeps its rows and their links when the index is written', async () => {
    const folder = await copyOf(style);
    const { stdout } = await cli(['plans', 'index', '--write', folder]);
    expect(stdout).not.toMatch(/removed|changed/);
    expect(await lint(folder)).toEqual([]);
    expect((await cli(['plans', 'index', folder])).stdout).toContain('is up to date');
  });
});

/** What is wrong all the same is found: style, page, text, what it is replaced with, the finding. */
const faults: [style: string, page: string, from: string, to: string, finding: string][] = [
  [
    'docusaurus',
    'index.md',
    '/docs/planning/patching',
    '/docs/planning/paint',
    'index.md no-dead-plan-row renamed',
  ],
  ['docusaurus', 'keys/02-care.md', '#-launch-it', '#-lunch-it', '02-care.md no-dead-link anchor-near'],
  ['mkdocs', 'index.md', 'keys/care.md', 'keys/cares.md', 'care.md require-plan-index-row missing'],
  ['mkdocs', 'known-devices.md', '#uberblick', '#uberallblick', 'known-devices.md no-dead-link anchor-near'],
  ['hugo', 'known-devices.md', 'plans/devices/#', 'plans/divers/#', 'known-devices.md no-dead-link file'],
  ['hugo', '_index.md', 'href="quarantine/"', 'href="#top"', 'index.md require-plan-index-row missing'],
  ['jekyll', 'index.md', 'key-care.html', 'clouds.html', 'index.md no-dead-plan-row renamed'],
  ['jekyll', 'known-devices.md', '#details-of-it', '#no-details', 'known-devices.md no-dead-link anchor'],
  ['wiki', 'Known-Devices.md', '(Key-Care)', '(Lock-Care)', 'Known-Devices.md no-dead-link file'],
  ['wiki', 'home.md', '| [Quarantine](Quarantine) | |\n', '', 'Quarantine.md require-plan-index-row missing'],
];

test.each(faults)('%s: what is wrong in %s is found (%s → %s)', async (style, page, from, to, finding) => {
  const folder = await copyOf(style);
  const file = path.join(folder, page);
  const text = await readFile(file, 'utf8');
  expect(text).toContain(from);
  await writeFile(file, text.replace(from, to));
  expect(await lint(folder)).toContain(finding);
});

test('a translation is no plan of its own, and needs its original to be one', async () => {
  const folder = await copyOf('hugo');
  await rm(path.join(folder, 'known-devices.md'));
  expect(await lint(folder)).not.toContain('known-devices.de.md no-shared-plan-epic shared');
});
