import { readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { cli } from '../helpers/capture-io.ts';
import {
  change,
  cleanFolder,
  handbookPage,
  lineOf,
  type Pages,
  removeFolders,
  writeFolder,
} from '../helpers/plan-folder.ts';

afterAll(removeFolders);

interface Report {
  subjects: {
    ref: string;
    error: string | null;
    findings: {
      rule: string;
      messageId: string;
      message: string;
      place: { start: { line: number } } | null;
    }[];
  }[];
  warnings: string[];
}

async function lint(folder: string, ...args: string[]) {
  const { code, stdout, stderr } = await cli(['lint', '--kind', 'plan', '--format', 'json', ...args, folder]);
  const report = JSON.parse(stdout) as Report;
  const found = report.subjects.flatMap(({ ref, findings }) =>
    findings.map(({ rule, messageId, place }) => {
      const file = path.relative(folder, ref).split(path.sep).join('/');
      return `${file}:${place?.start.line ?? '-'} ${rule} ${messageId}`;
    }),
  );
  return { code, report, stderr, found: found.sort() };
}

describe('a folder of thirty plans in the form of the handbook', () => {
  test('has no findings when all is well, and says what was not checked', async () => {
    const folder = await writeFolder(await cleanFolder());
    const { code, found, report, stderr } = await lint(folder);
    expect(found).toEqual([]);
    expect(code).toBe(0);
    expect(report.subjects).toHaveLength(32);
    expect(report.warnings.join('\n')).toMatch(/\d+ to other hosts, 30 to other parts of the site/);
    expect(stderr).toContain('links were not checked');
  });

  test('has exactly the faults that were planted, each at its file and line', async () => {
    const pages = await cleanFolder();
    const expected = plantFaults(pages);
    const { code, found, report } = await lint(await writeFolder(pages));
    expect(found).toEqual(expected.sort());
    expect(code).toBe(1);
    const renamed = report.subjects
      .flatMap(({ findings }) => findings)
      .filter(({ messageId }) => messageId === 'renamed');
    expect(renamed.map(({ message }) => message).join('\n')).toMatch(
      /plan-01-devices\.md.*\n.*keys\/plan-02\.md/,
    );
  });

  test('--write fixes what is wrong with the rows, and nothing else; a second run changes nothing', async () => {
    const pages = await cleanFolder();
    const planted = plantFaults(pages);
    const folder = await writeFolder(pages);
    const file = path.join(folder, '_index.md');
    const write = () => cli(['plans', 'index', '--write', folder]);
    await write();
    const once = await readFile(file, 'utf8');
    const rows = / (?:no-dead-plan-row|require-plan-index-row) /;
    expect((await lint(folder)).found).toEqual(planted.filter((one) => !rows.test(one)).sort());
    expect((await write()).stdout).toContain('is up to date');
    expect(await readFile(file, 'utf8')).toBe(once);
  });

  test('has the address that the policy says', async () => {
    const folder = await writeFolder(await cleanFolder(6));
    const rules = await writeFolder(
      new Map([['policy.yml', 'extends: handbook\nplans: { site-root: /elsewhere/plans }\n']]),
      'rules',
    );
    const { report } = await lint(folder, '--rules', rules);
    expect(report.warnings.join('\n')).toMatch(/rows lead out of the folder/);
  });
});

/** Plants every fault there is, and says where each is to be found. */
function plantFaults(pages: Pages): string[] {
  const rename = (from: string, to: string) => {
    pages.set(to, pages.get(from) ?? '');
    pages.delete(from);
  };
  // Links to renamed pages are dead too, so the pages before them are made to link elsewhere.
  const aim = (file: string, from: string) => change(pages, file, `${from}/#details`, 'plan-03/#details');
  aim('identity/plan-30.md', 'plan-01');
  rename('plan-01.md', 'plan-01-devices.md');
  aim('plan-01-devices.md', 'plan-02');
  rename('plan-02.md', 'keys/plan-02.md');
  change(pages, 'keys/plan-02.md', '/handbook/security/planning/plan-03/', '../plan-03/index.md');
  change(pages, '_index.md', '| [Plan 4](/handbook/security/planning/plan-04/) | |\n', '');
  change(
    pages,
    '_index.md',
    '| [Plan 7](',
    '| [Gone](/handbook/security/planning/nothing-like-it/) | |\n| No link | |\n| [Plan 7](',
  );
  change(pages, 'plan-08.md', 'epics/108', 'epics/109');
  change(pages, 'identity/plan-10.md', '* Epic: <https://gitlab.com/groups/acme-sec/-/epics/110>\n', '');
  change(pages, 'plan-11.md', '](#by-hand)', '](#by-hands)');
  change(pages, 'plan-13.md', '#details)', '#no-such-details)');
  change(
    pages,
    'plan-14.md',
    '/handbook/security/planning/identity/plan-15/#details',
    'identity/plan-15.md#details-2',
  );
  change(pages, 'plan-16.md', '/handbook/security/planning/plan-17/#details', 'plan-17x.md');
  change(
    pages,
    'plan-17.md',
    '[another site](https://example.com/gone)',
    '[ref][gone]\n\n[gone]: ./no/such/file.md',
  );
  change(pages, 'plan-26.md', '{: name="why-26"}', '{: name="because-26"}');
  change(pages, 'plan-28.md', '{: #by-hand}', '{: #by-foot}');
  change(pages, 'plan-29.md', '/#tips)', '/#no-such-tips)');
  change(pages, 'plan-19.md', '## Why & how', '## Why & how\n\n`What is planned and why?`');
  change(pages, 'plan-22.md', 'title: "Plan 22"', 'title: ""');
  change(pages, 'plan-23.md', '/epics/123>', '/epics/123> and &124');
  const at = (file: string, text: string) => `${file}:${lineOf(pages, file, text)}`;
  return [
    `${at('_index.md', '[Plan 1](')} no-dead-plan-row renamed`,
    `${at('_index.md', '[Plan 2](')} no-dead-plan-row renamed`,
    `${at('_index.md', '[Gone](')} no-dead-plan-row dead`,
    `${at('_index.md', '| No link')} no-dead-plan-row unlinked`,
    `${at('plan-01-devices.md', 'title:')} require-plan-index-row missing`,
    `${at('keys/plan-02.md', 'title:')} require-plan-index-row missing`,
    `${at('plan-04.md', 'title:')} require-plan-index-row missing`,
    `${at('plan-08.md', 'epics/109')} no-shared-plan-epic shared`,
    `${at('plan-09/index.md', 'epics/109')} no-shared-plan-epic shared`,
    'identity/plan-10.md:- require-plan-epic missing',
    `${at('plan-11.md', '#by-hands')} no-dead-link anchor-near`,
    `${at('plan-13.md', '#no-such-details')} no-dead-link anchor`,
    `${at('plan-14.md', '#details-2')} no-dead-link anchor-near`,
    `${at('plan-16.md', 'plan-17x.md')} no-dead-link file-near`,
    `${at('plan-17.md', '[ref]')} no-dead-link file`,
    `${at('plan-26.md', '](#why-26)')} no-dead-link anchor`,
    `${at('plan-28.md', '](#by-hand)')} no-dead-link anchor`,
    `${at('plan-29.md', '#no-such-tips')} no-dead-link anchor`,
    `${at('plan-19.md', '`What is')} no-plan-leftovers instruction`,
    `${at('plan-22.md', 'title:')} require-plan-title missing`,
    `${at('plan-23.md', '&124')} require-plan-epic several`,
  ];
}

describe('the page of the handbook itself', () => {
  test('has nothing to report as a file, and as an index next to its plan', async () => {
    const alone = await cli(['lint', '--kind', 'plan', fileURLToPath(handbookPage)]);
    expect(alone.stdout).toContain('nothing to say');
    const folder = await writeFolder(
      new Map([
        ['_index.md', await readFile(handbookPage, 'utf8')],
        [
          'security-development-deployment-requirements/index.md',
          '---\ntitle: "Security Requirements"\n---\n\nEpic: gitlab-com/gl-security&12\n',
        ],
      ]),
    );
    expect((await lint(folder)).found).toEqual([]);
  });
});

describe('folders', () => {
  test('of other kinds are all their Markdown files, one by one', async () => {
    const folder = await writeFolder(
      new Map([
        ['a.md', '---\nkind: check-in\n---\n\nNothing\n'],
        ['deep/b.md', '# B\n'],
        ['c.txt', 'no page'],
        ['node_modules/d.md', '# D\n'],
      ]),
    );
    const { stdout } = await cli(['lint', '--format', 'json', folder]);
    const { subjects } = JSON.parse(stdout) as { subjects: { ref: string; kind: string }[] };
    expect(subjects.map(({ ref, kind }) => `${path.relative(folder, ref)} ${kind}`)).toEqual([
      'a.md check-in',
      path.join('deep', 'b.md kr'),
    ]);
  });

  test('links that lead out of the folder, or in a circle, are not followed', async () => {
    const folder = await writeFolder(
      new Map([
        ['_index.md', '# Plans\n'],
        ['in/a.md', '# A\n\n&1\n'],
      ]),
    );
    await symlink('/etc', path.join(folder, 'etc'));
    await symlink('..', path.join(folder, 'in', 'circle'));
    await symlink('/etc/hostname', path.join(folder, 'host.md'));
    const { report, stderr } = await lint(folder);
    expect(report.subjects.map(({ ref }) => path.basename(ref))).toEqual(['_index.md', 'a.md']);
    expect(stderr).toContain('3 links were not followed');
  });

  test('without a page, or with one whose front matter is broken', async () => {
    const empty = await writeFolder(new Map([['a.txt', '']]));
    expect((await cli(['lint', '--kind', 'plan', empty])).code).toBe(2);
    const broken = await writeFolder(
      new Map([
        ['_index.md', '| Plan |\n|---|\n| [A](a.md) |\n'],
        ['a.md', '---\ntitle: [\n---\n'],
        ['b.md', '# B\n'],
      ]),
    );
    const { code, found, report } = await lint(broken);
    expect(code).toBe(2);
    expect(report.subjects.find(({ ref }) => ref.endsWith('a.md'))?.error).toContain('front matter');
    // The page is there, whatever is in it.
    expect(found.filter((one) => one.includes('no-dead'))).toEqual([]);
  });

  test('with an index that is too much to read: no page is said to have no row, and nothing is written', async () => {
    const index = `| Plan |\n|---|\n| [A](a.md) |\n\n${'> '.repeat(5_000)}x\n`;
    const folder = await writeFolder(
      new Map([
        ['_index.md', index],
        ['a.md', '---\ntitle: A\n---\n\nsec&1\n'],
        ['b.md', '---\ntitle: B\n---\n\nsec&2\n'],
      ]),
    );
    expect((await lint(folder)).found).toEqual(['_index.md:- no-unreadable-plan too-deeply-nested']);
    const { code, stderr } = await cli(['plans', 'index', '--write', folder]);
    expect(code).toBe(2);
    expect(stderr).toContain('could not be read');
    expect(await readFile(path.join(folder, '_index.md'), 'utf8')).toBe(index);
  });
});
