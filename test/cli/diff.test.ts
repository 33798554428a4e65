import { execFileSync } from 'node:child_process';
import { cp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { diffCommand } from '../../src/cli/diff.ts';
import { createDocuments } from '../../src/cli/documents.ts';
import { createGateway } from '../../src/gitlab/gateway.ts';
import { UsageError } from '../../src/model/errors.ts';
import type { SetFinding } from '../../src/model/finding.ts';
import type { IssueReader } from '../../src/model/ports.ts';
import type { SubjectReport } from '../../src/model/report.ts';
import type { Policy } from '../../src/model/rule.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import {
  comparePolicies,
  comparisonKey,
  type PolicyChange,
  without,
} from '../../src/usecases/diff/compare.ts';
import { run } from '../../src/usecases/run/run.ts';
import { mustLoadFrom, withFolder } from '../config/helpers.ts';
import { botToken, brokenKr, now, perfectKr, projectId, startWorld } from '../helpers/world.ts';
import { runCommandAlone } from './command.ts';

const issues = [
  perfectKr,
  brokenKr,
  { ...brokenKr, title: 'FY27 Q4 KR3 (Key Care) Hidden @all plans', confidential: true },
  { ...perfectKr, title: 'No KR by its title', labels: ['KR', 'draft'] },
  { ...perfectKr, title: 'FY27 Q4 KR4 (Key Care) A goal', labels: ['Goal'], assignees: [] },
  { ...perfectKr, title: 'FY27 Q4 KR5 (Key Care) /close `x` <b>bold</b> @carol', description: '' },
  { ...brokenKr, title: 'FY27 Q4 KR7 (Key Care) Done and over', state: 'closed' as const },
  {
    ...brokenKr,
    title: 'FY27 Q4 KR6 (Key Care) Somebody else has work to do',
    description: brokenKr.description.replace('DRI: @ann', 'DRI: @bo.lee'),
  },
];

const policies: Record<string, Record<string, string>> = {
  'nothing changes': { 'policy.yml': '' },
  'rules off, on and changed': {
    'policy.yml': '',
    'kr.yml':
      'rules:\n  require-okr-link: off\n  require-milestone-due-date: info\n  match-krs-per-dri: { severity: error, options: { max: 1 } }\ncustom:\n  long:\n    description: d\n    severity: error\n    assert: kr.objective.text.size() > 75\n    message: The objective is too short.\n',
  },
  'another selection': { 'policy.yml': 'select: { labels: [], without-labels: [draft], title: "^FY" }\n' },
  'other labels altogether': { 'policy.yml': 'select: { labels: [Goal] }\n' },
  'closed ones': { 'policy.yml': 'select: { state: closed }\n' },
  'another kind of issue': { 'policy.yml': 'select: { issue-type: task }\n' },
  'nothing but a rule over several KRs': {
    'policy.yml': '',
    'kr.yml': 'rules:\n  match-krs-per-dri: { options: { max: 1 } }\n',
  },
  minimal: { 'policy.yml': 'extends: minimal\n' },
  'other people': { 'policy.yml': 'comment: { greet: dris }\n' },
  'another template': {
    'policy.yml': '',
    'kr.yml': 'template: t.md\n',
    't.md':
      '## Ziel:\n`was?`\n## Milestones\n- [ ] Milestone 1: Description: `add here` Due Date: `add here` DRI: `add here`\n',
  },
};

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startWorld(issues);
});
afterAll(() => sandbox.close());

const gateway = () =>
  createGateway({ url: sandbox.url, token: botToken, requestsPerMinute: 1e6, notesPerMinute: 1e6 });

const source = [{ project: projectId }];

/** What a whole dry run says of each issue. */
async function fullRun(policy: Policy): Promise<{ subjects: SubjectReport[]; sets: SetFinding[] }> {
  const subjects: SubjectReport[] = [];
  const { reader, counts } = gateway();
  const summary = await run({
    sources: source,
    policy,
    documents: createDocuments(policy),
    reader,
    writer: null,
    clock: () => now,
    requests: counts,
    // Closed ones are read for the dashboard, and never checked.
    onSubject(subject) {
      // How old a finding is, only a run knows, which reads the past.
      const findings = subject.findings.map(({ since: _since, ...finding }) => finding);
      if (subject.status !== 'closed') subjects.push({ ...subject, findings });
    },
  });
  return { subjects, sets: [...summary.setFindings] };
}

/** Findings over all KRs, whatever the order in which their issues were read. */
const sorted = (findings: readonly SetFinding[]) =>
  findings
    .map((finding) => ({ ...finding, refs: [...finding.refs].sort() }))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

/** A reader that notes every issue it hands out. */
function counting(reader: IssueReader): { reader: IssueReader; seen: number[] } {
  const seen: number[] = [];
  return {
    seen,
    reader: {
      ...reader,
      async *issues(from, filter) {
        for await (const issue of reader.issues(from, filter)) {
          seen.push(issue.id);
          yield issue;
        }
      },
      notes: () => Promise.reject(new Error('no comments are read')),
    },
  };
}

describe('diff', () => {
  test.each(Object.keys(policies))(
    '%s: the difference of two full runs, each issue read once',
    async (name) => {
      const before = (await mustLoadFrom({ 'policy.yml': '' })).policy;
      const after = (await mustLoadFrom(policies[name] ?? {})).policy;
      const runs = { before: await fullRun(before), after: await fullRun(after) };
      const { reader, seen } = counting(gateway().reader);
      const side = (policy: Policy) => ({ policy, documents: createDocuments(policy), sources: source });
      const change = await comparePolicies({ before: side(before), after: side(after), reader, now });

      expect(new Set(seen).size).toBe(seen.length);
      const refs = [
        ...new Set([...runs.before.subjects, ...runs.after.subjects].map((subject) => subject.ref)),
      ];
      const expected = refs.flatMap((ref) => {
        const one = runs.before.subjects.find((subject) => subject.ref === ref);
        const two = runs.after.subjects.find((subject) => subject.ref === ref);
        const gained = without(two?.findings ?? [], one?.findings ?? [], comparisonKey);
        const lost = without(one?.findings ?? [], two?.findings ?? [], comparisonKey);
        const selected = { before: one !== undefined, after: two !== undefined };
        return gained.length + lost.length > 0 || selected.before !== selected.after
          ? [{ ref, gained, lost, selected }]
          : [];
      });
      const byRef = (a: { ref: string }, b: { ref: string }) => (a.ref < b.ref ? -1 : 1);
      const found = change.issues.map(({ ref, gained, lost, selected }) => ({ ref, gained, lost, selected }));
      const told = found.filter(
        (one) => one.gained.length + one.lost.length > 0 || one.selected.before !== one.selected.after,
      );
      expect(told.sort(byRef)).toEqual(expected.sort(byRef));
      expect(sorted(change.setFindings.gained)).toEqual(
        sorted(without(sorted(runs.after.sets), sorted(runs.before.sets))),
      );
      expect(sorted(change.setFindings.lost)).toEqual(
        sorted(without(sorted(runs.before.sets), sorted(runs.after.sets))),
      );
      expect(change.totals).toMatchObject({ read: refs.length, changed: found.length });
      expect(change.failures).toEqual([]);
      for (const side of ['gained', 'lost'] as const) {
        const ofIssues = found.flatMap((issue) => issue[side]).length;
        expect(change.totals[side]).toBe(ofIssues + change.setFindings[side].length);
      }
      if (name.startsWith('nothing')) expect(expected).toEqual([]);
      else expect(found.length).toBeGreaterThan(0);
      if (name === 'other people')
        expect(change.issues.map((issue) => issue.people.after)).toContainEqual(
          expect.arrayContaining(['ann', 'bo.lee']),
        );
    },
  );

  const diff = (args: string[]) =>
    runCommandAlone(
      diffCommand,
      [...args, '--project', String(projectId), '--now', now, '--gitlab-url', sandbox.url],
      { KR_HYGIENE_TOKEN: botToken },
    );

  test('as text, JSON and Markdown, from folders', async () => {
    await withFolder(
      {
        'old/policy.yml': '',
        ...Object.fromEntries(
          Object.entries(policies['rules off, on and changed'] ?? {}).map(([name, text]) => [
            `new/${name}`,
            text,
          ]),
        ),
      },
      async (dir) => {
        const args = ['--rules', path.join(dir, 'new'), '--against', path.join(dir, 'old')];
        const text = await diff(args);
        expect(text.stdout).toContain('sec/okrs#2 FY27 Q4 KR2');
        expect(text.stdout).toMatch(/\+ error {3}long: The objective is too short\./);
        expect(text.stdout).toMatch(/- error {3}require-okr-link: /);
        expect(text.stdout).toMatch(/\+ error {3}match-krs-per-dri: /);
        expect(text.stdout).toMatch(/KRs change: \d+ findings more, \d+ fewer\./);
        expect(text.code).toBe(0);

        const json = JSON.parse((await diff([...args, '--format', 'json'])).stdout) as {
          version: number;
          issues: { confidential: boolean; title: string }[];
        };
        expect(json.version).toBe(1);
        expect(json.issues.find((issue) => issue.confidential)?.title).toBe('(confidential)');

        const { stdout: markdown } = await diff([...args, '--format', 'markdown']);
        expect(markdown).toContain('| `long` | +');
        expect(markdown).toContain('**`sec/okrs#2`** ');
        expect(markdown).toMatch(/^\*\*`[^`]+#\d+`\*\* /m);
        // No command at the start of a line, no one mentioned, no HTML, nothing of what is confidential.
        const outsideCode = markdown.replace(/`+[^`]*`+/g, '');
        expect(outsideCode).not.toMatch(/^\s*\/|(?<!\w)@\w|<[a-z!/]/im);
        for (const output of [text.stdout, JSON.stringify(json), markdown])
          expect(output).not.toContain('Hidden');
      },
    );
  });

  test('a change of what is said of several KRs is a change, and counted as one', async () => {
    const files = {
      'old/policy.yml': '',
      'new/policy.yml': '',
      'new/kr.yml': 'rules:\n  match-krs-per-dri: { options: { max: 1 } }\n',
      'more/policy.yml': '',
      'more/kr.yml': 'rules:\n  match-krs-per-dri: { options: { max: 1 } }\n  require-okr-link: off\n',
    };
    await withFolder(files, async (dir) => {
      const args = ['--against', path.join(dir, 'old'), '--rules'];
      const sets = await diff([...args, path.join(dir, 'new')]);
      expect(sets.stdout).toContain('+ warning match-krs-per-dri: ');
      expect(sets.stdout).toMatch(
        /\n\nNo KR changes by itself, but what is said of several KRs together does: 1 finding more, 1 fewer\.\n$/,
      );
      const markdown = (await diff([...args, path.join(dir, 'new'), '--format', 'markdown'])).stdout;
      expect(markdown).toContain('| `match-krs-per-dri` | +1 | −1 |');
      const both = await diff([...args, path.join(dir, 'more')]);
      expect(both.stdout).toMatch(
        /KRs change: 1 finding more, (\d+) fewer\. Of these, 1 more and 1 fewer over several KRs\.\n$/,
      );
      for (const { stdout } of [sets, both, { stdout: markdown }])
        expect(stdout).not.toContain('Nothing changes');
    });
  });

  test('the same finding in other words is neither gained nor lost', async () => {
    const renamed = {
      'old/policy.yml': '',
      'new/policy.yml': '',
      'new/kr.yml':
        'template: t.md\nrules:\n  require-overall-dri: { messages: { none: No one has this KR. } }\n',
      'new/t.md':
        '## Goal record: `link to Ally OKR record`\n## Ziel:\n`was?`\n## Steps\n- [ ] Step 1: Description: `add here` Until: `add here` DRI: `add here`\n',
      'new/vocabulary.yml':
        'kinds:\n  kr:\n    sections: { okr-link: [Goal record, Ally OKR], objective: [Ziel, Objective], milestones: [Steps, Milestones] }\n    fields: { due-date: [Until, Due Date] }\n',
    };
    await withFolder(renamed, async (dir) => {
      const args = ['--rules', path.join(dir, 'new'), '--against', path.join(dir, 'old'), '--format', 'json'];
      const { totals, issues: changed } = JSON.parse((await diff(args)).stdout) as PolicyChange;
      const told = changed.flatMap(({ gained, lost }) => [...gained, ...lost]);
      expect(told.map(({ rule, messageId }) => `${rule} ${messageId}`)).toEqual([]);
      expect(totals.reworded).toBeGreaterThan(0);
    });
  });

  test('against a commit, a branch, and a commit before there were rules', async () => {
    await withFolder({ 'README.md': 'x' }, async (dir) => {
      const git = (...args: string[]) =>
        execFileSync('git', ['-C', dir, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
          encoding: 'utf8',
        }).trim();
      git('init', '-q', '-b', 'main');
      git('add', '.');
      git('commit', '-q', '-m', 'empty');
      const empty = git('rev-parse', 'HEAD');
      await withFolder({ 'policy.yml': 'extends: minimal\n' }, (rules) =>
        cp(rules, path.join(dir, 'team/rules'), { recursive: true }),
      );
      git('add', '.');
      git('commit', '-q', '-m', 'rules');
      const rules = path.join(dir, 'team/rules');
      const same = await diff(['--rules', rules, '--against', 'main']);
      expect(same.stdout).toContain('Nothing changes');
      await writeFile(path.join(rules, 'policy.yml'), 'extends: handbook\n');
      expect((await diff(['--rules', rules, '--against', 'main'])).stdout).toContain(
        '+ error   require-okr-link',
      );
      const first = await diff(['--rules', rules, '--against', empty]);
      expect(first.stdout).toContain('Nothing changes');
      expect(first.stderr).toContain('comparing with the preset');
      for (const bad of ['nope', '--output=/tmp/x', 'main:team']) {
        await expect(diff(['--rules', rules, `--against=${bad}`])).rejects.toThrow(UsageError);
      }
      // The folder that is missing is the one of this option, not of `--rules`.
      const gone = diff(['--rules', rules, '--against', './gone']);
      await expect(gone).rejects.toThrow('There is no folder "./gone" for --against.');
    });
  });

  test('a source that cannot be read makes it incomplete, and it is said', async () => {
    const outcome = await runCommandAlone(
      diffCommand,
      ['--against', './rules', '--project', 'sec/nope', '--now', now, '--gitlab-url', sandbox.url],
      { KR_HYGIENE_TOKEN: botToken },
    );
    expect(outcome.code).toBe(3);
    expect(outcome.stdout).toContain('sec/nope');
    expect(outcome.stdout).toContain('evaluated in part only');
  });
});
