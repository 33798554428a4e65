import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runCommand } from '../../src/cli/run.ts';
import type { SubjectReport } from '../../src/model/report.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { botToken, brokenKr, now, projectId, startWorld } from '../helpers/world.ts';
import { type Outcome, runCommandAlone } from './command.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startWorld([{ ...brokenKr, discussionLocked: true }]);
});
afterAll(() => sandbox.close());

function run(...args: string[]): Promise<Outcome> {
  const where = ['--issue', 'sec/okrs#1', '--now', now, '--gitlab-url', sandbox.url];
  return runCommandAlone(runCommand, [...where, ...args], { KR_HYGIENE_TOKEN: botToken });
}

describe('a KR whose discussion is locked', () => {
  const why = /the discussion is locked, so we do not write there \(\d+ points open/;

  test('is never called as it should be: the text, the log and the report say what is left', async () => {
    const { stdout, stderr } = await run();
    expect(stdout).toMatch(new RegExp(`^ {2}left {4}sec/okrs#1 ${why.source}`, 'm'));
    expect(stdout).toContain('  would   sec/okrs#1 add kr-hygiene::needs-attention');
    expect(stdout).not.toContain('as it should be');
    // What standard output says is not said again.
    expect(stderr).not.toContain('left as it is');
    const json = await run('--format', 'json');
    expect(json.stderr).toMatch(new RegExp(`left as it is: ${why.source}`));
    const report = JSON.parse(json.stdout) as { subjects: SubjectReport[] };
    expect(report.subjects[0]).toMatchObject({
      status: 'findings',
      actions: [{ type: 'update-labels', outcome: 'planned' }],
      restraint: expect.stringMatching(why),
      error: null,
    });
  });

  test('gets its label and no comment', async () => {
    await run('--apply');
    expect(sandbox.state.labels(projectId, 1)).toContain('kr-hygiene::needs-attention');
    expect(sandbox.state.notes(projectId, 1).filter(({ system }) => !system)).toEqual([]);
    const { stdout } = await run();
    expect(stdout).toContain('--apply would change nothing. One KR, or its comment, is left as it is');
    expect(stdout).not.toContain('as it should be');
  });
});

test.each(['/proc/x', '/proc/x/y'])('a report that goes to %s is refused, and does not hang', async (dir) => {
  await expect(run('--output', dir)).rejects.toThrow(`--output "${dir}/report.json" cannot be written`);
});

test('the report tells times to the second, as the contract shows them', async () => {
  const report = JSON.parse((await run('--format', 'json')).stdout) as { generatedAt: string };
  expect(report.generatedAt).toBe('2026-11-23T09:00:00Z');
});

test.each([
  ['an issue', 'sec/okrs#999'],
  ['a project', 'sec/nowhere#1'],
])('%s that is not there is a failure that the report names, as for lists: exit code 3', async (_, issue) => {
  const args = ['--issue', issue, '--now', now, '--gitlab-url', sandbox.url, '--format', 'json'];
  const { code, stdout } = await runCommandAlone(runCommand, args, { KR_HYGIENE_TOKEN: botToken });
  const report = JSON.parse(stdout) as { subjects: SubjectReport[]; failures: { message: string }[] };
  expect([code, report.subjects, report.failures.length]).toEqual([3, [], 1]);
  expect(report.failures[0]?.message).toContain('GitLab answers "not found"');
});
