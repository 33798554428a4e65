import { expect, test } from '@jest/globals';
import { cli } from '../helpers/capture-io.ts';

test('an empty LOG_LEVEL is as good as none', async () => {
  const { code } = await cli(['rules', 'list'], { env: { LOG_LEVEL: '' } });
  expect(code).toBe(0);
});

test.each([
  [['run', '--issue', 'a/b#1', '--issue', 'a/b#2'], '--issue was given twice'],
  [['run', '--issue', 'a/b#1', '--project', 'c/d'], '--issue names its project itself'],
  [['run', '--project', 'a b'], '--project is "a b"'],
  [['run', '--gitlab-url', 'ftp://x', '--project', 'a/b'], 'only http and https'],
  [['run', '--gitlab-url', 'https://u:p@x', '--project', 'a/b'], 'user name or password'],
  [['run', '--issue', 'https://elsewhere.example/a/b/-/issues/1'], 'is not on https://gitlab.com'],
  [['run'], 'No project or group to look at'],
])('%j is refused with exit code 2', async (args, words) => {
  const { code, stderr } = await cli(args, {
    env: { KR_HYGIENE_TOKEN: 'x', CI_SERVER_URL: 'https://gitlab.com' },
  });
  expect(stderr).toContain(words);
  expect(code).toBe(2);
});

test.each(['run', 'lint', 'parse', 'rules', 'explain', 'diff', 'demo', 'sandbox', 'doctor', 'init'])(
  '%s --help fits 80 columns, and shows examples',
  async (command) => {
    const { code, stdout } = await cli([command, '--help']);
    expect(code).toBe(0);
    const tooLong = stdout.split('\n').filter((line) => line.length > 80);
    expect(tooLong).toEqual([]);
    expect(stdout).toMatch(new RegExp(`^Examples:\\n {2}\\$ kr-hygiene ${command}\\b`, 'm'));
  },
);

test('a token is sent to no host that no one has named', async () => {
  const { code, stderr } = await cli(['run', '--project', 'a/b'], { env: { KR_HYGIENE_TOKEN: 'x' } });
  expect(stderr).toContain('Which GitLab? Set CI_SERVER_URL');
  expect(code).toBe(2);
});
