import { statSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { examplesFolder, readTexts } from '../../bench/helpers/texts.ts';
import { cli } from '../helpers/capture-io.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'kr-hygiene-lint-'));
});
afterAll(async () => rm(dir, { recursive: true, force: true }));

interface Report {
  mode: string;
  subjects: { findings: { rule: string; messageId: string }[]; skippedRules: { rule: string }[] }[];
}

const practice = readTexts(examplesFolder);

/** The faults planted in the practice KRs, as far as the rules for KRs cover them. */
const planted: Record<string, string[]> = {
  'kr-01-perfect-secrets': [],
  'kr-02-perfect-vulnerabilities': [],
  'kr-03-perfect-detection': [],
  'kr-04-perfect-training': [],
  'kr-05-half-filled': [
    'no-template-leftovers',
    'no-template-leftovers',
    'no-template-leftovers',
    'require-milestone-description placeholder',
    'require-milestone-dri missing',
    'require-milestone-dri placeholder',
    'require-milestone-due-date placeholder',
    'require-milestone-due-date placeholder',
    'require-okr-link placeholder',
  ],
  'kr-06-labels-in-own-words': [],
  'kr-07-table': ['require-milestone-dri not-a-mention', 'require-milestone-due-date placeholder'],
  'kr-08-headings': ['no-overdue-milestone'],
  'kr-09-sentences': ['match-title-format', 'require-milestone-dri missing'],
  'kr-10-moved-dates': ['require-milestone-due-date missing'],
  'kr-11-dates-that-are-none': [
    'require-milestone-due-date two-readings',
    'require-milestone-due-date impossible',
    ...Array.from({ length: 4 }, () => 'require-milestone-due-date not-a-date'),
  ],
  'kr-13-things-that-do-not-count': [],
  'kr-14-link-elsewhere': ['match-title-format'],
  'kr-15-nested': ['require-okr-link not-a-record'],
  'kr-16-traps': ['no-template-leftovers'],
};

describe('lint finds the planted faults, and no others', () => {
  const krs = practice.map((text) => [path.basename(text.file, '.json'), text] as const);
  test.each(krs.filter(([name]) => name in planted))('%s', async (name, text) => {
    const args = ['lint', '--format', 'json', '--fail-on', 'never', '--now', text.now];
    const { stdout } = await cli([...args, '--title', text.title ?? '', '-'], { stdin: text.text });
    const found = (JSON.parse(stdout) as Report).subjects[0]?.findings.map(({ rule, messageId }) =>
      rule === 'require-okr-link' || rule.startsWith('require-milestone-') ? `${rule} ${messageId}` : rule,
    );
    expect(found?.toSorted()).toEqual(planted[name]?.toSorted());
  });
});

const perfect = [
  '---',
  'title: FY27 Q4 KR1 (Key Care) Rotate 100% of the keys',
  'due_date: 2027-01-22',
  'assignees: [ann]',
  '---',
  '## Ally OKR: https://app.ally.io/objectives/1',
  '## Objective:',
  'Old keys are gone.',
  '## Milestones',
  '- [ ] Milestone 1: Description: All rotated Due Date: 2027-01-22 DRI: @ann',
  '',
].join('\n');
const now = ['--now', '2026-11-23T09:00:00Z'];

/** As a user whom file modes bind; root may write everywhere. */
async function withoutPrivilege<T>(use: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return use();
  process.seteuid?.(65_534);
  try {
    return await use();
  } finally {
    process.seteuid?.(0);
  }
}

/** Whether that user can read this project at all: of a private folder of root it loads no module. */
function mayRunWithoutPrivilege(): boolean {
  if (process.geteuid?.() !== 0) return true;
  process.seteuid?.(65_534);
  try {
    statSync(import.meta.filename);
    return true;
  } catch {
    process.stderr.write('Skipped: as root in a private folder, what may not be written is not tried.\n');
    return false;
  } finally {
    process.seteuid?.(0);
  }
}

test('front matter stands in for the issue', async () => {
  const { code, stdout } = await cli(['lint', ...now, '--format', 'json', '-'], { stdin: perfect });
  const [subject] = (JSON.parse(stdout) as Report).subjects;
  expect(code).toBe(0);
  expect(subject).toMatchObject({ findings: [], skippedRules: [] });
});

test('what is not known is skipped, and said so', async () => {
  const bare = perfect.slice(perfect.indexOf('## Ally'));
  const { code, stdout } = await cli(['lint', ...now, '-'], { stdin: bare });
  expect(code).toBe(0);
  expect(stdout).toContain('skipped: match-title-format');
  expect(stdout).toContain('skipped: require-overall-dri');
});

test('places count from the top of the file, front matter included', async () => {
  const text = perfect.replace('2027-01-22 DRI', 'TBD DRI');
  const { code, stdout } = await cli(['lint', ...now, '-'], { stdin: text });
  expect(code).toBe(1);
  expect(stdout).toMatch(/\b10:\d+ +error/);
});

test.each([
  ['a date that is not one', 'due_date: 2027-01-22', 'due_date: soon', ':3:1: front matter, due_date'],
  ['no YAML', 'assignees: [ann]', 'assignees: [ann', '<stdin>:5:1: the front matter is not YAML'],
  [
    'a colon',
    'assignees: [ann]',
    'assignees: ann: all',
    '. A value with a colon and a blank in it goes between quotes',
  ],
  ['aliases without end', 'assignees: [ann]', `a: &a [b]\nc: [${'*a, '.repeat(40)}]`, 'too many aliases'],
])('front matter with %s is refused with its place', async (_, from, to, words) => {
  const { code, stderr } = await cli(['lint', '-'], { stdin: perfect.replace(from, to) });
  expect(code).toBe(2);
  expect(stderr).toContain(words);
  // One place, and a sentence that ends.
  expect(stderr).not.toMatch(/at line \d|:\s*$|\n {4}at /);
});

test('--fix takes template lines out of the file, and nothing else', async () => {
  const file = path.join(dir, 'kr.md');
  await writeFile(file, perfect.replace('## Objective', '- etc.\n\n## Objective'));
  const before = await cli(['lint', ...now, file]);
  expect(before.stdout).toContain('no-template-leftovers');
  const after = await cli(['lint', ...now, '--fix', file]);
  expect(after.stdout).not.toContain('no-template-leftovers');
  expect(after.stderr).toBe(`fixed ${file}:7: took out "- etc." (no-template-leftovers)\n`);
  const again = await cli(['lint', ...now, '--fix', file]);
  expect(again.stderr).toMatch(/^nothing to fix: --fix only takes out/);
  const mended = await readFile(file, 'utf8');
  expect(mended.replace(/\n+/g, '\n')).toBe(perfect.replace(/\n+/g, '\n'));
});

test('--fix says what it left, and why, and takes the rest out', async () => {
  const row = 'Count 3 cases | 12/04/2026 __PROJ-12 {+ a +} <summary></details> | @ann |\n- etc.\n';
  const table = '| What | Due date | DRI |\n|---|---|---|\n| :smile: |\n<!-- a note -->\n\n';
  const head = '## Objective\nCalm nights\n`what is the desired outcome of this KR?`\n\n## Milestones\n';
  const file = path.join(dir, 'left.md');
  await writeFile(file, head + table + row);
  const { stderr } = await cli(['lint', ...now, '--fix', file]);
  expect(stderr.split('\n')).toEqual([
    `fixed ${file}:3: took out "\`what is the desired outcome of this KR?\`" (no-template-leftovers)`,
    `left ${file}:12: "- etc." (no-template-leftovers): without it the rest of the text would be read differently`,
    '',
  ]);
  const again = await cli(['lint', ...now, '--fix', file]);
  expect(again.stderr).toMatch(/^left [^\n]*\n$/);
});

test('--format codequality names file and line, each finding once', async () => {
  const file = path.join(dir, 'broken.md');
  await writeFile(file, perfect.replaceAll('2027-01-22 DRI', 'TBD DRI'));
  const { code, stdout } = await cli(['lint', ...now, '--format', 'codequality', file]);
  expect(code).toBe(1);
  const issues = JSON.parse(stdout) as { fingerprint: string; location: unknown; severity: string }[];
  const relative = path.relative(process.cwd(), file);
  expect(issues[0]).toMatchObject({ severity: 'major', location: { path: relative, lines: { begin: 10 } } });
  expect(new Set(issues.map((issue) => issue.fingerprint)).size).toBe(issues.length);
});

test('no file named is a wrong usage', async () => {
  const { code, stderr } = await cli(['lint']);
  expect(code).toBe(2);
  expect(stderr).toContain('Nothing to check');
});

test('front matter with Windows line ends is front matter', async () => {
  const { code, stdout } = await cli(['lint', ...now, '--format', 'json', '-'], {
    stdin: perfect.replaceAll('\n', '\r\n'),
  });
  expect(code).toBe(0);
  expect((JSON.parse(stdout) as Report).subjects[0]).toMatchObject({ findings: [], skippedRules: [] });
});

test.each([
  ['title: FY27', 'title: 5 #', 'front matter, title: must be a text; put it in quotes'],
  ['due_date: 2027-01-22', 'due_date: 2027-02-30', 'front matter, due_date: is not a date'],
])('front matter %s changed to %s is explained', async (from, to, words) => {
  const { code, stderr } = await cli(['lint', '-'], { stdin: perfect.replace(from, to) });
  expect(code).toBe(2);
  expect(stderr).toContain(words);
});

test('--fix leaves what the template of a team holds to stay', async () => {
  const rules = path.join(dir, 'team');
  const stays =
    '- [ ] Security has read this\n- [Handbook](https://example.com/okrs)\n\n<!-- kept for a script -->\n';
  const template = `## Objective\n\n\`what is it for?\`\n\n${stays}\n## Milestones\n\n- [ ] Milestone 1: Description: [what] Due Date: YYYY-MM-DD DRI: [who]\n\n_Questions: the OKR channel_\n`;
  await mkdir(path.join(rules, 'templates'), { recursive: true });
  await writeFile(path.join(rules, 'policy.yml'), 'extends: handbook\n');
  await writeFile(path.join(rules, 'kr.yml'), 'template: templates/kr.md\n');
  await writeFile(path.join(rules, 'templates/kr.md'), template);
  const file = path.join(dir, 'team.md');
  await writeFile(file, template.replace('\n\n- [ ] Security', '\n\nNo old keys\n\n- [ ] Security'));
  await cli(['lint', ...now, '--rules', rules, '--fix', file]);
  const fixed = await readFile(file, 'utf8');
  expect(fixed).not.toContain('what is it for?');
  expect(fixed).toContain(stays);
  expect(fixed).toContain('_Questions: the OKR channel_');
});

test('--fix changes nothing when one of the names is wrong', async () => {
  const file = path.join(dir, 'half.md');
  const text = perfect.replace('## Objective', '- etc.\n\n## Objective');
  await writeFile(file, text);
  const { code, stderr } = await cli(['lint', ...now, '--fix', file, path.join(dir, 'missing.md')]);
  expect(code).toBe(2);
  expect(stderr).toContain('Nothing was fixed: ');
  expect(await readFile(file, 'utf8')).toBe(text);
});

(mayRunWithoutPrivilege() ? test : test.skip)(
  '--fix changes no file when one of them cannot be written; the findings are told all the same',
  async () => {
    const text = perfect.replace('## Objective', '- etc.\n\n## Objective');
    const names = ['open.md', 'locked.md'].map((name) => path.join(dir, name));
    for (const name of names) await writeFile(name, text);
    await chmod(names[0] as string, 0o666);
    await chmod(names[1] as string, 0o444);
    await chmod(dir, 0o755);
    const { code, stdout, stderr } = await withoutPrivilege(() => cli(['lint', ...now, '--fix', ...names]));
    expect(stderr).toBe(
      `"${names[1]}" cannot be written: you may not write there (EACCES). Change who may, or name another place.\n`,
    );
    expect([code, stdout.match(/no-template-leftovers/g)?.length]).toEqual([2, 2]);
    expect(await readFile(names[0] as string, 'utf8')).toBe(text);
  },
);

test('a file that is named twice, in whatever way, is checked and fixed once', async () => {
  const file = path.join(dir, 'twice.md');
  await writeFile(file, perfect.replace('## Objective', '- etc.\n\n## Objective'));
  const names = [file, path.relative('', file), `${dir}/./twice.md`];
  const { code, stderr, stdout } = await cli(['lint', ...now, '--fix', '--format', 'json', ...names]);
  expect([code, stderr]).toEqual([0, `fixed ${file}:7: took out "- etc." (no-template-leftovers)\n`]);
  expect((JSON.parse(stdout) as { subjects: unknown[] }).subjects.length).toBe(1);
});

test('--fix leaves a file alone that is not UTF-8, and fixes the others: exit code 3', async () => {
  const text = perfect.replace('## Objective', '- etc.\n\nDécision prise.\n\n## Objective');
  const [latin, good] = ['latin.md', 'good.md'].map((name) => path.join(dir, name)) as [string, string];
  const bytes = Buffer.from(text, 'latin1');
  await writeFile(latin, bytes);
  await writeFile(good, text);
  const { code, stderr } = await cli(['lint', ...now, '--fix', latin, good]);
  expect([code, stderr.split('\n')]).toEqual([
    3,
    [
      `"${latin}" was left as it is: it is not UTF-8, or was changed while it was checked.`,
      `fixed ${good}:7: took out "- etc." (no-template-leftovers)`,
      '',
    ],
  ]);
  expect((await readFile(latin)).equals(bytes)).toBe(true);
  expect(await readFile(good, 'utf8')).not.toContain('etc.');
});

test.each([['stylish'], ['json'], ['codequality']])(
  '--fix keeps stdout for the findings (%s)',
  async (format) => {
    const file = path.join(dir, `${format}.md`);
    await writeFile(file, perfect.replace('## Objective', '- etc.\n\n## Objective'));
    const { stdout, stderr } = await cli(['lint', ...now, '--format', format, '--fix', file]);
    expect(stderr).toContain('fixed ');
    expect(stdout).not.toContain('fixed ');
    if (format !== 'stylish') expect(JSON.parse(stdout)).toBeDefined();
  },
);

test('a file that cannot be read, or has broken front matter, keeps no other from being checked', async () => {
  const good = path.join(dir, 'good.md');
  const broken = path.join(dir, 'broken-matter.md');
  await writeFile(good, perfect.replaceAll('2027-01-22 DRI', 'TBD DRI'));
  await writeFile(broken, perfect.replace('title: FY27', 'title: 5 #'));
  const names = [path.join(dir, 'missing.md'), broken, good];
  const { code, stdout, stderr } = await cli(['lint', ...now, ...names]);
  expect(code).toBe(2);
  expect(stderr).toContain(`missing.md": there is no such file`);
  expect(stderr).toContain(`${broken}:2:1: front matter, title: must be a text`);
  expect(stdout).toMatch(/good\.md\n +10:\d+ +error[^]*in one text\n$/);
  const json = await cli(['lint', ...now, '--format', 'json', ...names]);
  const { subjects, totals } = JSON.parse(json.stdout) as Report & { totals: unknown };
  expect(json.code).toBe(2);
  expect(totals).toMatchObject({ subjects: 3, errors: 2, findings: 1 });
  expect(subjects[0]).toMatchObject({ status: 'error', error: expect.stringContaining('no such file') });
});
