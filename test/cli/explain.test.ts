import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { explainCommand } from '../../src/cli/explain.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import type { Explanation } from '../../src/usecases/explain/explain-issue.ts';
import { withFolder } from '../config/helpers.ts';
import { botNotes, botToken, brokenKr, now, perfectKr, runOn, startWorld } from '../helpers/world.ts';
import { runCommandAlone } from './command.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startWorld([
    perfectKr,
    brokenKr,
    { ...perfectKr, title: 'FY27 Q4 KR3 (Key Care) \u001b[31m/close @all', labels: ['other'] },
  ]);
});
afterAll(() => sandbox.close());

const explain = (what: string, args: string[] = []) =>
  runCommandAlone(explainCommand, [what, '--now', now, '--gitlab-url', sandbox.url, ...args], {
    KR_HYGIENE_TOKEN: botToken,
  });

const explained = async (what: string, args: string[] = []): Promise<Explanation> =>
  JSON.parse((await explain(what, [...args, '--format', 'json'])).stdout) as Explanation;

describe('explain', () => {
  test('a perfect KR: selected, read, every rule clean', async () => {
    const { selection, document, rules, comment } = await explained('sec/okrs#1');
    expect(selection).toEqual({
      selected: true,
      conditions: [
        { condition: 'the type is "issue"', problem: null },
        { condition: 'it is opened', problem: null },
        { condition: 'it carries the label "KR"', problem: null },
      ],
    });
    expect(document).toMatchObject({
      kind: 'kr',
      title: { quarter: 4 },
      milestones: [{ state: 'done' }, { state: 'open' }],
    });
    expect(rules.map((rule) => rule.outcome).filter((outcome) => outcome !== 'off')).toEqual(
      rules.filter(({ outcome }) => outcome !== 'off').map(() => 'clean'),
    );
    expect(comment).toBeNull();
  });

  test('what is missing, by which rule, with which options, decided where, and the comment as it would be', async () => {
    const { rules, comment, actions } = await explained('sec/okrs#2');
    const dueDate = rules.find((rule) => rule.rule === 'require-milestone-due-date');
    expect(dueDate).toMatchObject({
      outcome: 'findings',
      severity: 'error',
      options: { 'within-quarter': true },
      decidedAt: { line: expect.any(Number) },
    });
    expect(actions.map((action) => action.type)).toContain('create-note');
    expect(comment).toContain('DRI');
    const { stdout } = await explain('sec/okrs#2');
    const [title, verdict] = stdout.split('\n');
    expect(title).toMatch(/^sec\/okrs#2 /);
    expect(verdict).toMatch(/^✖ \d+ errors?\b.*: .*require-/);
    expect(stdout).not.toContain('offset');
    for (const words of [
      'The policy takes it for a KR',
      'What is read',
      '✖ require-milestone-due-date error',
      'kr.yml:',
      'create-note: write a comment',
    ]) {
      expect(stdout).toContain(words);
    }
  });

  test('an issue that is no KR: by which condition; nothing in its title steers the terminal', async () => {
    const { selection } = await explained('sec/okrs#3');
    expect(selection?.selected).toBe(false);
    expect(selection?.conditions[2]).toEqual({
      condition: 'it carries the label "KR"',
      problem: 'it lacks the label "KR"',
    });
    const { stdout } = await explain('sec/okrs#3');
    expect(stdout).toContain('does not take it for a KR');
    expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  test('rules that are off, limited, new or of the team itself', async () => {
    const kr = `rules:
  require-okr-link: off
  require-objective: { only: { labels: security } }
  require-milestones: { except: { author: carol } }
custom:
  mine:
    description: d
    for-each: milestone
    assert: milestone.dris.size() > 1
    message: "{{ milestone.name }} has one DRI."
`;
    await withFolder({ 'policy.yml': 'extends: handbook', 'kr.yml': kr }, async (dir) => {
      const { rules } = await explained('sec/okrs#1', ['--rules', dir]);
      const outcome = (id: string) => rules.find((rule) => rule.rule === id);
      expect(outcome('require-okr-link')).toMatchObject({
        outcome: 'off',
        severity: 'off',
        decidedAt: { line: 2 },
      });
      expect(outcome('require-objective')).toMatchObject({
        outcome: 'exempt',
        reason: 'only: label security',
      });
      expect(outcome('require-milestones')).toMatchObject({
        outcome: 'exempt',
        reason: 'except: author carol',
      });
      expect(outcome('mine')?.findings.map((finding) => finding.message)).toEqual([
        'Milestone 1 has one DRI.',
        'Milestone 2 has one DRI.',
      ]);
    });
  });

  test('a rule that the template does not ask for is not called clean', async () => {
    const files = {
      'policy.yml': 'extends: handbook',
      'templates/kr.md':
        '## Tavoite\n## Milestones\n- [ ] Milestone 1: Description: `a` Due Date: `b` DRI: `c`\n',
    };
    await withFolder(files, async (dir) => {
      const { rules } = await explained('sec/okrs#2', ['--rules', dir]);
      expect(rules.find((rule) => rule.rule === 'require-objective')).toMatchObject({
        outcome: 'not-asked',
        findings: [],
      });
      const { stdout } = await explain('sec/okrs#2', ['--rules', dir]);
      expect(stdout).toMatch(/- require-objective .*\n.*\n? *not asked: not in your template/);
    });
  });

  test('a file, with what its front matter says of the issue', async () => {
    const text = `---\ntitle: ${perfectKr.title}\nassignees: []\n---\n${perfectKr.description}`;
    await withFolder({ 'kr.md': text }, async (dir) => {
      const { rules, selection } = await explained(path.join(dir, 'kr.md'));
      expect(selection).toBeNull();
      expect(rules.find((rule) => rule.rule === 'require-overall-dri')?.outcome).toBe('findings');
      expect(rules.find((rule) => rule.rule === 'match-issue-due-date')).toMatchObject({
        outcome: 'skipped',
        reason: expect.stringContaining('due date'),
      });
    });
  });

  test('after a run: our own comment is known, and there is nothing to do; nothing is ever written', async () => {
    await runOn(sandbox);
    const before = sandbox.countWrites();
    const { actions, comment } = await explained('sec/okrs#2');
    expect(actions).toEqual([]);
    expect(comment).toBe(botNotes(sandbox, 2)[0]?.body);
    expect(sandbox.countWrites()).toBe(before);
  });

  test('a text that gets no comment: why nothing is done, and not that all is well', async () => {
    await withFolder({ 'update.md': '---\nkind: weekly-update\n---\nHello\n' }, async (dir) => {
      const file = path.join(dir, 'update.md');
      const { stdout } = await explain(file);
      expect(stdout).toContain('nothing: comments are kept on KR issues only');
      expect(stdout).not.toContain('as it should be');
      expect((await explained(file)).restraint).toContain('kind "weekly-update"');
    });
  });

  test('findings that are not put into a comment, or stand there already, are not called nothing', async () => {
    const ids = ['okr-link', 'objective', 'milestones', 'milestone-due-date', 'milestone-dri'];
    const kr = `rules:\n${ids.map((id) => `  require-${id}: info\n`).join('')}`;
    await withFolder(
      {
        'policy.yml': 'extends: minimal\nlabels: { ok: null }\n',
        'kr.yml': kr,
        'kr.md': 'x\n',
      },
      async (dir) => {
        const { stdout } = await explain(path.join(dir, 'kr.md'), ['--rules', dir]);
        expect(stdout).toContain('✖ require-objective info');
        expect(stdout).toContain('nothing: what is found is of severity "info"');
      },
    );
    const { stdout } = await explain('sec/okrs#2');
    expect(stdout).toContain('nothing: our comment and the labels say already what is found');
  });

  test('what is no issue', async () => {
    await expect(explain('nonsense')).rejects.toThrow('is not an issue');
  });

  test.each(['nosuch.md', 'krs/nosuch', './nosuch'])(
    '%s is taken for a file that is not there',
    async (what) => {
      await expect(explain(what)).rejects.toThrow(
        `There is no file "${what}". An issue is written as group/project#12, or as its address.`,
      );
    },
  );

  test.each(['sec/okrs.md#99', 'sec/okrs/-/issues/1'])('%s is taken for an issue', async (what) => {
    await expect(explain(what)).rejects.not.toThrow('There is no file');
  });
});
