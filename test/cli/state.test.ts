import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runCommand } from '../../src/cli/run.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { withFolder } from '../config/helpers.ts';
import { botToken, brokenKr, now, perfectKr, startWorld, worldSeed } from '../helpers/world.ts';
import { runCommandAlone } from './command.ts';

interface Report {
  subjects: { ref: string; actions: { outcome: string }[] }[];
  requests: { total: number };
}

/** A run, and the paths it asked for. */
async function night(
  sandbox: Sandbox,
  file: string | null,
  ...args: string[]
): Promise<{ report: Report; asked: string[] }> {
  sandbox.resetLog();
  const { stdout } = await runCommandAlone(
    runCommand,
    [
      '--project',
      'sec/okrs',
      '--now',
      now,
      '--gitlab-url',
      sandbox.url,
      '--format',
      'json',
      ...(file === null ? [] : ['--state', file]),
      ...args,
    ],
    { KR_HYGIENE_TOKEN: botToken },
  );
  return { report: JSON.parse(stdout) as Report, asked: sandbox.requests.map((one) => one.path) };
}

const pasts = (asked: readonly string[]): string[] =>
  asked.filter((one) => /\/(notes|resource_(label|state)_events)$/.test(one));

/** A report but for what counts requests. */
const said = (report: Report): object => ({ ...report, requests: null });

describe('run --state', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startWorld([perfectKr, brokenKr]);
  });
  afterAll(() => sandbox.close());

  test('what a killed run left next to the state file goes, and nothing else: not what is being written, nor what is another thing', () =>
    withFolder({}, async (folder) => {
      const file = path.join(folder, 'state.bin');
      const long = new Date(Date.now() - 10 * 3_600_000);
      const named = (digit: string, of = 'state.bin'): string =>
        path.join(folder, `${of}.${digit.repeat(16)}.partial`);
      const begun = 'kr-hygiene state 1\nbytes';
      const gone = [named('0'), named('1')];
      await writeFile(named('0'), begun);
      await writeFile(named('1'), '');
      const stay = [
        named('2'),
        named('3'),
        named('4', 'other.bin'),
        `${file}.old.partial`,
        `${named('5')}.x`,
      ];
      await writeFile(named('2'), 'notes of a person');
      for (const one of stay.slice(1)) await writeFile(one, begun);
      await mkdir(named('6'));
      await symlink(named('2'), named('7'));
      for (const one of [...gone, ...stay.filter((name) => name !== named('3'))])
        await utimes(one, long, long);
      await night(sandbox, file);
      const found = await readdir(folder);
      const kept = [...stay, named('6'), named('7'), file].map((name) => path.basename(name));
      expect(found.filter((name) => name !== 'rules').toSorted()).toEqual(kept.toSorted());
    }));

  test('what a killed run left among the reports goes, and nothing else', () =>
    withFolder({}, async (folder) => {
      const named = (file: string, digit: string): string =>
        path.join(folder, `${file}.${digit.repeat(16)}.partial`);
      const begun = {
        'report.json': '{\n"version": 1,\n"mode": "dry-run",',
        'junit.xml': '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites',
        'metrics.txt': '# TYPE kr_hygiene_krs gauge',
        'summary.md': '### KR hygiene\n',
      };
      const long = new Date(Date.now() - 10 * 3_600_000);
      for (const [file, start] of Object.entries(begun)) {
        await writeFile(named(file, '0'), start);
        await writeFile(named(file, '1'), '');
        // Of a run that is alive.
        await writeFile(named(file, '2'), start);
        await writeFile(named(file, '3'), 'notes of a person');
        for (const digit of ['0', '1', '3']) await utimes(named(file, digit), long, long);
      }
      await writeFile(named('other.json', '0'), begun['report.json']);
      await utimes(named('other.json', '0'), long, long);
      await night(sandbox, null, '--output', folder);
      const kept = Object.keys(begun).flatMap((file) => [file, named(file, '2'), named(file, '3')]);
      const expected = [...kept, named('other.json', '0')].map((name) => path.basename(name));
      const found = await readdir(folder);
      expect(found.filter((name) => name !== 'rules').toSorted()).toEqual(expected.toSorted());
    }));

  test('a night on which nothing changed reads no comments, and says what a run without state says', () =>
    withFolder({}, async (folder) => {
      const file = path.join(folder, 'state.bin');
      await night(sandbox, file, '--apply');
      const quiet = await night(sandbox, file, '--apply');
      expect(pasts(quiet.asked)).toEqual([]);
      expect(quiet.report.subjects.flatMap(({ actions }) => actions)).toEqual([]);
      const without = await night(sandbox, null, '--apply');
      expect(pasts(without.asked).length).toBeGreaterThan(0);
      expect(said(quiet.report)).toEqual(said(without.report));
      expect(quiet.report.requests.total).toBeLessThan(without.report.requests.total);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      expect(await readFile(file, 'utf8')).not.toContain('Milestone');
    }));

  test('a night on which one KR in twenty changed reads the comments of those only, and counts them', async () => {
    const changed = [7, 23];
    const issues = Array.from({ length: 40 }, (_, index) => ({
      ...(index % 3 === 0 ? brokenKr : perfectKr),
      createdAt: '2026-11-02T08:00:00Z',
      updatedAt: '2026-11-20T08:00:00Z',
      notes: [{ author: 'ann', body: 'On my way.', createdAt: '2026-11-20T08:00:00Z' }],
    }));
    let at = new Date(now);
    const world = await startSandbox({ seed: worldSeed(issues), clock: () => at });
    try {
      await withFolder({}, async (folder) => {
        const file = path.join(folder, 'state.bin');
        await night(world, file, '--apply');
        // First nudges at the end of that night are read anew, once.
        await night(world, file, '--apply');
        at = new Date('2026-11-23T12:00:00Z');
        for (const iid of changed) world.state.addNote('ann', 1, iid, 'Half of it is done.');
        const { asked, report } = await night(world, file, '--apply');
        const read = new Set(pasts(asked).map((one) => Number(/issues\/(\d+)\//.exec(one)?.[1])));
        expect([...read].sort((a, b) => a - b)).toEqual(changed);
        expect(report.requests.total).toBe(asked.length);
        const quiet = await night(world, file, '--apply');
        expect(pasts(quiet.asked)).toEqual([]);
        // Whose comments are ours is asked only where comments are read.
        expect(report.requests.total - quiet.report.requests.total).toBe(pasts(asked).length + 1);
      });
    } finally {
      await world.close();
    }
  });

  test('a nudge that was edited or deleted, and a label taken off, are noticed and put right', () =>
    withFolder({}, async (folder) => {
      const file = path.join(folder, 'state.bin');
      await night(sandbox, file, '--apply');
      await night(sandbox, file, '--apply');
      const client = { headers: { 'PRIVATE-TOKEN': botToken, 'content-type': 'application/json' } };
      const issue = `${sandbox.url}/api/v4/projects/sec%2Fokrs/issues/2`;
      const put = await fetch(issue, {
        ...client,
        method: 'PUT',
        body: JSON.stringify({ remove_labels: 'kr-hygiene::needs-attention' }),
      });
      expect(put.status).toBe(200);
      const { report, asked } = await night(sandbox, file, '--apply');
      expect(pasts(asked).every((one) => one.includes('/issues/2/'))).toBe(true);
      expect(report.subjects.flatMap(({ actions }) => actions)).toHaveLength(1);
    }));

  test.each([
    ['is cut off', (whole: Buffer) => whole.subarray(0, -20)],
    [
      'has a turned bit',
      (whole: Buffer) => Buffer.from(whole.map((byte, at) => (at === 200 ? byte ^ 4 : byte))),
    ],
    ['is empty', () => Buffer.alloc(0)],
  ])('a file that %s changes nothing but the number of requests', (_, broken) =>
    withFolder({}, async (folder) => {
      const file = path.join(folder, 'state.bin');
      const first = await night(sandbox, file);
      await writeFile(file, broken(await readFile(file)));
      expect(said((await night(sandbox, file)).report)).toEqual(said(first.report));
    }),
  );

  test('a file of somebody else, a folder and a FIFO are refused before anything is asked', () =>
    withFolder({ 'kr.md': '## Objective\n' }, async (folder) => {
      const file = path.join(folder, 'kr.md');
      await expect(night(sandbox, file)).rejects.toThrow(`--state "${file}" is not a state file`);
      expect(await readFile(file, 'utf8')).toBe('## Objective\n');
      await expect(night(sandbox, folder)).rejects.toThrow('it is a folder');
      const pipe = path.join(folder, 'pipe');
      execFileSync('mkfifo', [pipe]);
      await expect(night(sandbox, pipe)).rejects.toThrow('it is not a regular file');
      expect(sandbox.requests.filter((one) => one.path.endsWith('/issues'))).toEqual([]);
    }));

  test('--cache is another name for it', () =>
    withFolder({}, async (folder) => {
      const file = path.join(folder, 'state.bin');
      await night(sandbox, null, '--cache', file);
      expect((await stat(file)).size).toBeGreaterThan(100);
    }));
});

test('of a confidential KR nothing is kept', async () => {
  const own = await startWorld([{ ...perfectKr, confidential: true }]);
  try {
    await withFolder({}, async (folder) => {
      const file = path.join(folder, 'state.bin');
      await night(own, file);
      const small = (await stat(file)).size;
      const open = await startWorld([perfectKr]);
      await night(open, path.join(folder, 'open.bin'));
      await open.close();
      expect((await stat(path.join(folder, 'open.bin'))).size).toBeGreaterThan(small + 200);
    });
  } finally {
    await own.close();
  }
});

test('a shard looks at its part, and all shards together at everything', async () => {
  const krs = Array.from({ length: 9 }, () => perfectKr);
  const own = await startWorld(krs);
  try {
    const refs: string[] = [];
    for (const shard of ['1/3', '2/3', '3/3'])
      refs.push(...(await night(own, null, '--shard', shard)).report.subjects.map(({ ref }) => ref));
    expect(refs.toSorted()).toEqual(krs.map((_, index) => `sec/okrs#${index + 1}`));
    await expect(night(own, null, '--shard', '4/3')).rejects.toThrow('--shard is "4/3"');
  } finally {
    await own.close();
  }
});
