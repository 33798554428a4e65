import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test } from '@jest/globals';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { runs } from '../helpers/random.ts';
import {
  botNotes,
  botToken,
  brokenKr,
  now,
  perfectKr,
  projectId,
  runOn,
  startWorld,
} from '../helpers/world.ts';

let sandbox: Sandbox;
let child: ChildProcess | null = null;
afterEach(async () => {
  child?.kill('SIGKILL');
  await sandbox.close();
});

const backlog = [perfectKr, brokenKr, { ...brokenKr, title: 'FY27 Q4 KR3 (Key Care) Third' }];

/** The program as a pipeline would start it, in a process of its own. */
function startProgram(): ChildProcess {
  const args = [
    '--import',
    'tsx',
    'src/cli.ts',
    'run',
    '--apply',
    '--project',
    String(projectId),
    '--now',
    now,
  ];
  return spawn(process.execPath, args, {
    env: { PATH: process.env['PATH'], KR_HYGIENE_TOKEN: botToken, CI_SERVER_URL: sandbox.url },
    stdio: 'ignore',
  });
}

/** What the comments say; which other KRs were open at the moment of writing is another after a death. */
const saidOn = (world: Sandbox): string[][] =>
  backlog.map((_, index) =>
    botNotes(world, index + 1).map((note) =>
      note.body
        .replace(/\nWhen this was written, more of yours[^\n]*\n/, '')
        .replace(/<!-- kr-hygiene [^>]*-->/, ''),
    ),
  );

test('a process killed by the system at any write leaves at most one comment; the next run makes all well', async () => {
  const settled = await startWorld(backlog);
  await runOn(settled);
  const writes = settled.countWrites();
  const wanted = saidOn(settled);
  await settled.close();
  expect(writes).toBeGreaterThanOrEqual(5);

  // Each starts the program anew: the short form dies at the first, the second and the fifth write only.
  const deaths = Array.from({ length: writes }, (_, index) => index + 1);
  const tried = runs(100) < 100 ? [1, 2, 5] : deaths;
  for (const nth of tried) {
    sandbox = await startWorld(backlog);
    let seen = 0;
    sandbox.setFaults(({ method }) => {
      if (method === 'GET') return null;
      seen += 1;
      if (seen < nth) return null;
      child?.kill('SIGKILL');
      // The server carries out what has reached it every other time.
      return { kind: 'reset', acted: nth % 2 === 0 };
    });
    child = startProgram();
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    // How often a write is looked after depends on how fast the two answer each other.
    if (code === 0 && nth > 5) break;
    expect({ nth, code, signal }).toEqual({ nth, code: null, signal: 'SIGKILL' });
    sandbox.setFaults(null);
    for (const index of backlog.keys()) expect(botNotes(sandbox, index + 1).length).toBeLessThanOrEqual(1);

    await runOn(sandbox);
    expect(saidOn(sandbox)).toEqual(wanted);
    const done = sandbox.countWrites();
    await runOn(sandbox);
    expect(sandbox.countWrites()).toBe(done);
    if (nth !== tried.at(-1)) await sandbox.close();
  }
});
