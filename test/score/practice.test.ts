import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { judge } from '../../bench/score/judge.ts';
import { tally } from '../../bench/score/tally.ts';
import type { KrDocument } from '../../src/model/document.ts';
import { cli } from '../helpers/capture-io.ts';

const fixtures = path.resolve(import.meta.dirname, '../fixtures');
const now = '2026-11-23T09:00:00Z';

test('texts of another hand: nearly every value is read as a careful colleague reads it', async () => {
  const score = tally(await judge(path.join(fixtures, 'practice')));
  expect(score.accuracy).toBeGreaterThanOrEqual(0.98);
});

interface Lint {
  subjects: { ref: string; findings: { rule: string; message: string }[] }[];
}

/** All files in one call: reading the rules takes longer than the texts. */
async function lint(files: readonly string[], ...options: string[]): Promise<Lint['subjects']> {
  const args = ['lint', '--kind', 'kr', '--now', now, '--format', 'json', ...options, ...files];
  return (JSON.parse((await cli(args)).stdout) as Lint).subjects;
}

async function findings(file: string, ...options: string[]): Promise<string[]> {
  const subjects = await lint([file], ...options);
  return subjects.flatMap((subject) => subject.findings.map(({ rule, message }) => `${rule}: ${message}`));
}

test('nothing is said about a KR that is as it should be, in whatever form', async () => {
  const folder = path.join(fixtures, 'perfect');
  const files = readdirSync(folder).map((name) => path.join(folder, name));
  const subjects = await lint(files);
  expect(subjects).toHaveLength(files.length);
  expect(subjects.filter((subject) => subject.findings.length > 0)).toEqual([]);
});

describe('small texts after public reports', () => {
  const text = (name: string) => path.join(fixtures, 'reports/texts', `${name}.md`);
  const rules = (name: string) => path.join(fixtures, 'reports/rules', name);

  async function parsed(
    name: string,
    title = 'FY27 Q4 KR1 (Key Care) Rotate 100% of keys',
  ): Promise<KrDocument> {
    const { stdout } = await cli(['parse', '--kind', 'kr', '--title', title, '--now', now, text(name)]);
    return JSON.parse(stdout) as KrDocument;
  }

  test('a goal below a milestone is that milestone’s', async () => {
    const { objective, milestones } = await parsed('goal-below-milestone');
    expect(objective.problem).toBe('empty');
    expect(milestones.map(({ description }) => description)).toEqual(['Key store', 'Key page']);
  });

  test('a table of milestones is not an objective', async () => {
    const { objective, milestones } = await parsed('objective-holds-only-table');
    expect(objective.problem).toBe('empty');
    expect(milestones.map(({ description, certain }) => [description, certain])).toEqual([
      ['List of all keys', false],
    ]);
  });

  test.each(['standing-text', 'comments-in-template'])(
    '%s: what a template holds to stay is no leftover',
    async (name) => {
      expect(await findings(text(name), '--rules', rules(name))).toEqual([]);
    },
  );

  test('text in a comment, and below one that is never closed', async () => {
    const [below] = await findings(text('comment-not-closed'));
    expect(below).toMatch(/^require-milestones: .*hidden in a comment that is never closed/);
    const [inside] = await findings(text('objective-in-comment'));
    expect(inside).toMatch(/^require-objective: .*text in a comment/);
  });

  test.each(['standing-text', 'comments-in-template', 'template-in-gitlab-folder/rules'])(
    'rules check has nothing against %s',
    async (name) => {
      const { code, stdout, stderr } = await cli(['rules', 'check', '--rules', rules(name)]);
      expect({ code, said: `${stdout}${stderr}`.includes('Apply appropriate labels') }).toEqual({
        code: 0,
        said: false,
      });
    },
  );
});
