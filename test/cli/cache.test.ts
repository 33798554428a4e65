import { execFileSync } from 'node:child_process';
import { mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openCache } from '../../src/cli/documents.ts';
import { runCommand } from '../../src/cli/run.ts';
import type { KrDocument } from '../../src/model/document.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { withFolder } from '../config/helpers.ts';
import { botToken, brokenKr, now, perfectKr, startWorld } from '../helpers/world.ts';
import { runCommandAlone } from './command.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startWorld([perfectKr, brokenKr]);
});
afterAll(() => sandbox.close());

/** What a dry run finds, rule by rule for each issue. */
async function findings(cache: string): Promise<Record<string, string[]>> {
  const args = ['--project', 'sec/okrs', '--now', now, '--gitlab-url', sandbox.url, '--format', 'json'];
  const { stdout } = await runCommandAlone(runCommand, [...args, '--cache', cache], {
    KR_HYGIENE_TOKEN: botToken,
  });
  const { subjects } = JSON.parse(stdout) as { subjects: { iid: number; findings: { rule: string }[] }[] };
  return Object.fromEntries(
    subjects.map((subject) => [subject.iid, subject.findings.map(({ rule }) => rule)]),
  );
}

interface Kept {
  version: number;
  documents: [string, string][];
}

const keptIn = async (file: string): Promise<Kept> => JSON.parse(await readFile(file, 'utf8')) as Kept;

describe('run --cache', () => {
  test('the next run finds the same, and takes what it knows from the file', () =>
    withFolder({}, async (folder) => {
      const file = path.join(folder, 'documents.json');
      const first = await findings(file);
      expect(first['1']).toEqual([]);
      expect(first['2']?.length).toBeGreaterThan(0);
      const kept = await keptIn(file);
      expect(kept.documents).toHaveLength(2);
      expect(await findings(file)).toEqual(first);
      expect(await keptIn(file)).toEqual(kept);

      const documents = kept.documents.map(([key, text]): [string, string] => {
        const document = JSON.parse(text) as KrDocument;
        return [
          key,
          JSON.stringify({ ...document, objective: { text: '', problem: 'missing', place: null } }),
        ];
      });
      await writeFile(file, JSON.stringify({ ...kept, documents }));
      expect((await findings(file))['1']).toEqual(['require-objective']);

      await writeFile(file, JSON.stringify({ ...kept, version: kept.version - 1, documents }));
      expect(await findings(file)).toEqual(first);
    }));

  test.each([
    ['is cut off', (whole: string) => whole.slice(0, -20)],
    ['holds a document that is none', (whole: string) => whole.replace(/\{\\"kind\\"/g, '<')],
    ['is empty', () => ''],
  ])('a file that %s counts as nothing', (_, broken) =>
    withFolder({}, async (folder) => {
      const file = path.join(folder, 'documents.json');
      const first = await findings(file);
      const whole = await readFile(file, 'utf8');
      await writeFile(file, broken(whole));
      expect(await findings(file)).toEqual(first);
      expect(await readFile(file, 'utf8')).toBe(whole);
    }),
  );

  test('nothing of a confidential KR is in the file, and nobody else on the machine may read it', async () => {
    const secret = perfectKr.description.replace('## Objective', '## Objective\nTHE BREACH OF MAY');
    const own = await startWorld([perfectKr, { ...perfectKr, description: secret, confidential: true }]);
    try {
      await withFolder({}, async (folder) => {
        const file = path.join(folder, 'documents.json');
        const args = ['--project', 'sec/okrs', '--now', now, '--gitlab-url', own.url, '--format', 'json'];
        const { stdout } = await runCommandAlone(runCommand, [...args, '--cache', file], {
          KR_HYGIENE_TOKEN: botToken,
        });
        expect((JSON.parse(stdout) as { subjects: unknown[] }).subjects).toHaveLength(2);
        expect(await readFile(file, 'utf8')).not.toContain('BREACH');
        expect((await keptIn(file)).documents).toHaveLength(1);
        expect((await stat(file)).mode & 0o777).toBe(0o600);
      });
    } finally {
      await own.close();
    }
  });

  test('a file that cannot be read is said before anything is done', () =>
    withFolder({}, async (folder) => {
      const file = path.join(folder, 'documents.json');
      await mkdir(file);
      sandbox.resetLog();
      await expect(findings(file)).rejects.toThrow(`--cache "${file}" cannot be read`);
      expect(sandbox.requests.filter(({ path: asked }) => asked.endsWith('/issues'))).toEqual([]);
    }));

  test('a file that cannot be written is said before anything is done', () =>
    withFolder({}, async (folder) => {
      const file = path.join(folder, 'documents.json');
      await writeFile(file, '');
      sandbox.resetLog();
      const below = path.join(file, 'documents.json');
      await expect(findings(below)).rejects.toThrow(
        `--cache "${below}" cannot be written: a part of its path`,
      );
      expect(sandbox.requests.filter(({ path: asked }) => asked.endsWith('/issues'))).toEqual([]);
    }));

  test('a file that was never a cache counts as nothing and is left as it is', () =>
    withFolder({ 'kr.md': '## Objective\n' }, async (folder) => {
      const file = path.join(folder, 'kr.md');
      const found = await findings(file);
      expect(found['1']).toEqual([]);
      expect(await readFile(file, 'utf8')).toBe('## Objective\n');
      const kept = await openCache(file);
      expect(await kept.save()).toContain('holds something else than a cache');
    }));

  test('a FIFO is refused at once', () =>
    withFolder({}, async (folder) => {
      const file = path.join(folder, 'documents.json');
      execFileSync('mkfifo', [file]);
      await expect(openCache(file)).rejects.toThrow('it is not a regular file');
    }));

  test('a link in its way is not followed', () =>
    withFolder({ precious: 'mine' }, async (folder) => {
      const file = path.join(folder, 'documents.json');
      await symlink(path.join(folder, 'precious'), `${file}.partial`);
      const kept = await openCache(file);
      expect(await kept.save()).toBeNull();
      expect(await readFile(path.join(folder, 'precious'), 'utf8')).toBe('mine');
    }));

  test('a file that cannot be written any more when the run has ended: it is said, nothing is thrown', () =>
    withFolder({}, async (folder) => {
      const file = path.join(folder, 'documents.json');
      const kept = await openCache(file);
      expect(await kept.save()).toBeNull();
      await rm(file);
      await mkdir(file);
      expect(await kept.save()).toContain(`--cache "${file}" cannot be written`);
    }));
});
