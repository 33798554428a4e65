import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createProgress } from '../../src/cli/progress.ts';
import type { GatewayEvent } from '../../src/gitlab/gateway.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { cli } from '../helpers/capture-io.ts';
import { botToken, brokenKr, now, perfectKr, startWorld } from '../helpers/world.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startWorld([perfectKr, brokenKr, { ...brokenKr, assignees: [] }]);
});
afterAll(() => sandbox.close());

interface Look {
  columns?: number;
  terminal?: boolean;
}

const call = async (args: string[], look: Look = {}): Promise<string> => {
  const where = ['--now', now, '--gitlab-url', sandbox.url];
  return (await cli([...args, ...where], { env: { KR_HYGIENE_TOKEN: botToken }, ...look })).stdout;
};
const run = (args: string[], look: Look = {}): Promise<string> =>
  call(['run', '--project', 'sec/okrs', ...args], look);

/** The titles of the groups that findings are under. */
const groupsOf = (text: string): string[] =>
  [...text.matchAll(/^(\S.*?) \d+ points? in (?:one KR|\d+ KRs)/gm)].map(([, title = '']) => title);

describe('the text of a run', () => {
  test('by person unless asked, then by rule; each finding is there once', async () => {
    const people = await run([]);
    const rules = await run(['--group-by', 'rule']);
    expect(groupsOf(people)).toContain('(no one is assigned)');
    expect(groupsOf(people).some((title) => title.startsWith('@'))).toBe(true);
    expect(groupsOf(rules)).toContain('require-okr-link');
    expect(groupsOf(rules)).toEqual(groupsOf(rules).toSorted());
    const findings = (text: string): number => (text.match(/^ {2}(?:error|warning|info) /gm) ?? []).length;
    expect(findings(people)).toBe(findings(rules));
    expect(findings(people)).toBeGreaterThan(2);
    expect(await run(['--group-by', 'person'])).toBe(people);
  });

  test('another grouping is refused, and those there are are named', async () => {
    const { code, stderr } = await cli(['run', '--group-by', 'week']);
    expect(code).toBe(2);
    expect(stderr).toContain('person, rule');
  });

  test('the comments themselves only with --show-comments', async () => {
    const shown = await run(['--show-comments']);
    expect(shown).toMatch(/^┌ sec\/okrs#2 /m);
    expect(shown).toContain('│ • ');
    expect(shown).not.toContain('```');
    expect(await run([])).not.toContain('┌');
    // Other formats are for programs.
    expect(await run(['--show-comments', '--format', 'json'])).not.toContain('┌');
  });

  test('a pipe gets one line a finding, which grep finds with the address of its issue', async () => {
    const lines = (await run([])).split('\n').filter((line) => /^ {2}error /.test(line));
    for (const line of lines)
      expect(line).toMatch(/sec\/okrs#\d+ .*\/sec\/okrs\/-\/(?:issues|work_items)\/\d+$/);
  });

  test.each([80, 50])('wraps at %i columns, and never inside a word', async (columns) => {
    const piped = await run(['--verbose', '--show-comments']);
    const text = await run(['--verbose', '--show-comments'], { columns, terminal: true });
    for (const line of text.split('\n')) {
      // A word that is wider than what is left of the line, and a line to be copied, are not torn.
      if (line.length > columns) expect(line).toMatch(/^(?:│ {5}.*| *│? *(?:[•→] )?\S+)$|^▾|^│ ▾/);
    }
    const words = (whole: string): string[] => whole.split(/[\s│┌└]+/).filter(Boolean);
    expect(words(text)).toEqual(words(piped));
  });
});

describe('explain', () => {
  test.each([
    ['sec/okrs#1', /^✔ Nothing is found\./],
    ['sec/okrs#2', /^✖ .*\berrors?\b/],
  ])('%s: the verdict is the second line', async (issue, verdict) => {
    const [head = '', second = ''] = (await call(['explain', issue], { columns: 80, terminal: true })).split(
      '\n',
    );
    expect(head).toContain(issue);
    expect(second).toMatch(verdict);
  });
});

describe('what a spinner says', () => {
  const request: GatewayEvent = {
    type: 'request',
    method: 'GET',
    endpoint: 'GET /projects/1/issues',
    status: 200,
    durationMs: 1,
    attempt: 1,
  };

  test('how far the run is, and what it waits for', () => {
    const said: string[] = [];
    const progress = createProgress((line) => said.push(line));
    expect(progress.text()).toBe('asking GitLab for the KRs…');
    progress.event({ type: 'pause', waitMs: 12_400 });
    progress.event(request);
    progress.subject('sec/okrs#1');
    progress.event({ type: 'retry', endpoint: 'GET /x', attempt: 1, waitMs: 300, reason: '502' });
    progress.event({ type: 'warning', message: 'x' });
    progress.subject('sec/okrs#2');
    progress.event({ ...request, attempt: 2 });
    progress.event(request);
    expect(said).toEqual([
      "asking GitLab for the KRs… (waiting 12 s for GitLab's limit of requests)",
      'asking GitLab for the KRs…',
      '1 KR, now sec/okrs#1',
      '1 KR, now sec/okrs#1 (waiting 1 s to try again: 502)',
      '2 KRs, now sec/okrs#2 (waiting 1 s to try again: 502)',
      '2 KRs, now sec/okrs#2',
    ]);
  });

  test('names of others cannot steer it', () => {
    const progress = createProgress();
    progress.subject('sec/\u001b[2Jokrs#1');
    expect(progress.text()).toBe('1 KR, now sec/\\u001b[2Jokrs#1');
  });
});
