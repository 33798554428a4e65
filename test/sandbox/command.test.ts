import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { createContext } from '../../src/cli/context.ts';
import type { Io } from '../../src/cli/io.ts';
import { sandboxCommand } from '../../src/cli/sandbox.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'sandbox-command-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
}

/** Starts the command; `stop` does what Ctrl-C does, without touching the process that runs the tests. */
function begin(...args: string[]) {
  let printed = '';
  let heard: (() => void) | undefined;
  const ready = new Promise<void>((resolve) => {
    heard = resolve;
  });
  const io: Io = {
    stdout: (text) => {
      printed += text;
      heard?.();
    },
    stderr: () => undefined,
    stdin: () => Promise.resolve(''),
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    color: false,
    columns: 100,
  };
  const done = sandboxCommand(createContext(io, {})).parseAsync(['node', 'sandbox', ...args]);
  const stop = async () => {
    process.emit('SIGINT');
    await done;
  };
  return {
    ready: Promise.race([
      ready,
      done.then(
        () => undefined,
        () => undefined,
      ),
    ]),
    done,
    stop,
    printed: () => printed,
  };
}

test('prints the address and the tokens, serves the demo world, ends on Ctrl-C', async () => {
  const run = begin('--now', '2026-11-21T12:00:00Z');
  await run.ready;
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(run.printed())?.[0] ?? '';
  expect(run.printed()).toContain('demo-api-token  (group_90_bot_6f1d2c7a, api)');
  const answer = await fetch(`${url}/api/v4/projects/501/issues/1`, {
    headers: { 'private-token': 'demo-api-token' },
  });
  expect(((await answer.json()) as { title: string }).title).toContain('FY27 Q4 KR1');
  await run.stop();
  await expect(fetch(url)).rejects.toThrow('fetch failed');
});

test('takes a seed and faults from YAML files', async () => {
  const seed = file(
    'seed.yml',
    `users: [{ username: ann }]
tokens: [{ value: t, user: ann }]
projects:
  - path: g/p
    members: { ann: owner }
    issues:
      - title: From a file
        dueDate: 2026-12-01
        createdAt: 2026-11-01T00:00:00Z
`,
  );
  const faults = file(
    'faults.yml',
    'seed: 7\nrules:\n  - match: { pathPattern: /user }\n    fault: { kind: status, status: 503 }\n',
  );
  const run = begin('--seed', seed, '--faults', faults);
  await run.ready;
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(run.printed())?.[0] ?? '';
  const call = (to: string) => fetch(`${url}/api/v4${to}`, { headers: { 'private-token': 't' } });
  expect((await call('/user')).status).toBe(503);
  expect(((await (await call('/projects/1/issues/1')).json()) as { due_date: string }).due_date).toBe(
    '2026-12-01',
  );
  await run.stop();
});

test.each([
  ['a file that is not there', ['--seed', 'nowhere.yml'], /--seed "nowhere.yml": there is no such file/],
  ['a seed of the wrong shape', ['--seed', file('wrong.yml', 'users: [{ name: Ann }]')], /username/],
  ['a fault of no known kind', ['--faults', file('bad.yml', '- fault: { kind: earthquake }')], /kind/],
  [
    'a seed that names no one known',
    ['--seed', file('who.yml', 'tokens: [{ value: t, user: ann }]')],
    /names the user "ann"/,
  ],
  ['a time that is not one', ['--now', 'tomorrow'], /--now/],
])('%s is said in words', async (_, args, message) => {
  await expect(begin(...args).done).rejects.toThrow(message);
});
