import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { rulesCommand } from '../../src/cli/rules.ts';
import { builtInRulesDir } from '../../src/config/built-in.ts';
import { loadPolicy } from '../../src/config/load-policy.ts';
import { UsageError } from '../../src/model/errors.ts';
import { withFolder } from '../config/helpers.ts';
import { runCommandAlone } from './command.ts';

const rules = (...args: string[]) => runCommandAlone(rulesCommand, args);

describe('rules check', () => {
  test('good files: 0 and a word', async () => {
    const { code, stdout } = await rules('check', builtInRulesDir);
    expect([code, stdout]).toEqual([0, expect.stringContaining('The rules are in order: ')]);
  });

  test('files of presets are not counted as the team’s own', async () => {
    await withFolder({ 'policy.yml': 'extends: [handbook, weekly-updates]\n' }, async (dir) => {
      const { stdout } = await rules('check', dir);
      expect(stdout).toContain('said in 1 of your files');
    });
  });

  test('errors: 2, each with its place and lines', async () => {
    await withFolder({ 'policy.yml': 'limits:\n  concurency: 3\n' }, async (dir) => {
      const { code, stdout } = await rules('check', '--rules', dir);
      expect(code).toBe(2);
      expect(stdout).toContain('policy.yml:2:3 error unknown-key');
      expect(stdout).toContain(
        '> 2 |   concurency: 3\n        |   ^^^^^^^^^^'.replace('        |', '      |'),
      );
      expect(stdout).toContain('Did you mean `concurrency`?');
      expect(stdout).toContain('1 error in one file.');
    });
  });

  test('a Code Quality report, as GitLab wants it', async () => {
    await withFolder(
      { 'policy.yml': 'limits:\n  concurency: 3\n', 'kr.yml': 'rules: { nope: error, nope2: error }\n' },
      async (dir) => {
        const report = path.join(dir, 'gl-code-quality.json');
        const { code } = await rules('check', dir, '--format', 'codequality', '--output', report);
        expect(code).toBe(2);
        const issues = JSON.parse(await readFile(report, 'utf8')) as { fingerprint: string }[];
        expect(issues).toHaveLength(3);
        expect(new Set(issues.map((issue) => issue.fingerprint)).size).toBe(3);
        expect(issues[0]).toEqual({
          description: expect.stringContaining('Unknown key "concurency"'),
          check_name: 'unknown-key',
          fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
          severity: 'major',
          location: { path: expect.stringMatching(/policy\.yml$/), lines: { begin: 2 } },
        });
      },
    );
  });
});

describe('a template that the vocabulary does not fit', () => {
  const item = '- [ ] Virstanpylväs 1: Description: `add here` Due Date: `add here` DRI: `add here`\n';
  const team = (template: string, more: Record<string, string> = {}) => ({
    'policy.yml': 'extends: handbook\n',
    'kr.yml': 'template: templates/kr.md\n',
    'templates/kr.md': template,
    ...more,
  });
  const renamed = `## Ally OKR\n\n## Tavoite\n\`que\`\n## Milestones\n${item}`;

  test('a heading that no one understands: 0, a warning with its line, what to add, and which rules ask nothing', async () => {
    await withFolder(team(renamed), async (dir) => {
      const { code, stdout } = await rules('check', dir);
      expect(code).toBe(0);
      expect(stdout).toMatch(/templates\/kr\.md:3:4 warning template-name\n.*"Tavoite"/);
      expect(stdout).toContain('`kinds: { kr: { sections: { objective: ["Tavoite"] } } }`');
      expect(stdout).toContain('known as `objective`, so `require-objective` asks nothing');
      expect(stdout).toContain('1 of them is not asked');
      expect(stdout).not.toContain('"Ally OKR"');
    });
  });

  test('the name once added to the vocabulary: no warning; a section left out on purpose: none either', async () => {
    const vocabulary = { 'vocabulary.yml': 'kinds: { kr: { sections: { objective: [Tavoite] } } }\n' };
    await withFolder(team(renamed, vocabulary), async (dir) => {
      expect((await rules('check', dir)).stdout).toMatch(/^The rules are in order: \d+ rules are on, said/);
    });
    await withFolder(team(`## Objective\n\n## Milestones\n${item}`), async (dir) => {
      const { code, stdout } = await rules('check', dir);
      expect([code, stdout]).toEqual([0, expect.stringMatching(/^The rules are in order: .*not asked/)]);
    });
    // Headings of the team's own are no one's business where nothing is missing.
    await withFolder(team(`## Ally OKR\n## Objective\n## Risks\n## Milestones\n${item}`), async (dir) => {
      expect((await rules('check', dir)).stdout).toMatch(/^The rules are in order: \d+ rules are on, said/);
    });
  });

  test('labels of an item that no one understands', async () => {
    const text =
      '## Ally OKR\n## Objective\n## Milestones\n- [ ] Milestone 1: Description: `a` Määräaika: `b` DRI: `c`\n';
    await withFolder(team(text), async (dir) => {
      const { code, stdout } = await rules('check', dir);
      expect(code).toBe(0);
      expect(stdout).toMatch(/templates\/kr\.md:4:37 warning template-name/);
      expect(stdout).toContain('`kinds: { kr: { fields: { due-date: ["Määräaika"] } } }`');
    });
  });

  test.each(['## Allyn OKR\n## Tavoite\n## Virstanpylväät\n', ''])(
    'not one section understood: 2 (%j)',
    async (text) => {
      await withFolder(team(text), async (dir) => {
        const { code, stdout } = await rules('check', dir);
        expect(code).toBe(2);
        expect(stdout).toContain('kr.md:1:1 error template-not-understood');
        expect(stdout).not.toContain('The rules are in order');
        const json = JSON.parse((await rules('check', dir, '--format', 'json')).stdout) as { ok: boolean };
        expect(json.ok).toBe(false);
      });
    },
  );

  test('our own templates and presets are understood', async () => {
    for (const preset of ['handbook', 'issues-only', 'minimal']) {
      await withFolder({ 'policy.yml': `extends: ${preset}\n` }, async (dir) => {
        expect((await rules('check', dir)).stdout).toMatch(/^The rules are in order: \d+ rules are on, said/);
      });
    }
  });

  test('the list says so under the rule', async () => {
    await withFolder(team(renamed), async (dir) => {
      const { stdout } = await rules('list', '--rules', dir);
      expect(stdout).toMatch(/require-objective .*\n {2}not asked: not in your template\nrequire-milestones/);
      expect(stdout).toContain('1 of them is not asked');
      const listed = JSON.parse((await rules('list', '--format', 'json', '--rules', dir)).stdout) as {
        id: string;
        notAsked?: boolean;
      }[];
      expect(listed.filter((rule) => rule.notAsked === true).map((rule) => rule.id)).toEqual([
        'require-objective',
      ]);
    });
  });
});

describe('rules list and print', () => {
  const files = {
    'policy.yml': 'extends: minimal\n',
    'kr.yml':
      'rules:\n  require-okr-link:\n    severity: info\n    except: { labels: [old, older] }\n    grace: { new-issues: 7 }\n',
  };

  test('what is on, which line decided it, and where it does not apply', async () => {
    await withFolder(files, async (dir) => {
      const { stdout } = await rules('list', '--rules', dir);
      expect(stdout).toMatch(/require-okr-link +info +.*kr\.yml:3/);
      // Notes are on lines of their own, where a narrow terminal does not cut them.
      expect(stdout).toMatch(/^ {2}not labels old\|older$/m);
      expect(stdout).toMatch(/^ {2}7 days grace for new issues$/m);
      expect(stdout).toMatch(/require-objective +error +minimal:kr\.yml:\d+/);
      expect(stdout).toMatch(/match-title-format +off +no file mentions it/);
      expect(stdout).toMatch(/^kr \(run and lint\)$/m);
      expect(stdout).toMatch(/^okr \(lint\)$/m);
      expect(stdout).toMatch(/no-falling-percent.*\n {2}in run only$/m);
      const on = await rules('list', '--on', '--format', 'json', '--rules', dir);
      const entries = JSON.parse(on.stdout) as { id: string }[];
      expect(entries.map((entry) => entry.id)).not.toContain('match-title-format');
    });
  });

  test('what a run met of each kind, and what each rule found', async () => {
    await withFolder(files, async (dir) => {
      const finding = (rule: string) => ({ rule, severity: 'error', message: 'x' });
      const subject = {
        kind: 'kr',
        ref: 'a/b#1',
        title: 'x',
        status: 'findings',
        actions: [],
        confidential: false,
      };
      const update = {
        kind: 'weekly-update',
        noteId: 1,
        url: '',
        author: 'ann',
        createdAt: '2026-11-20T09:00:00Z',
      };
      const report = {
        version: 1,
        mode: 'dry-run',
        generatedAt: '2026-11-23T09:00:00Z',
        subjects: [
          {
            ...subject,
            findings: [finding('require-okr-link')],
            record: { quarter: null, assignees: [], milestones: [], updates: [update] },
          },
          { ...subject, findings: [finding('require-okr-link'), finding('require-objective')] },
        ],
      };
      const file = path.join(dir, 'report.json');
      await writeFile(file, JSON.stringify(report));
      const { stdout, code, stderr } = await rules('list', '--rules', dir, '--report', file);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/^kr \(run and lint; 2 were met on 2026-11-23\)$/m);
      expect(stdout).toMatch(/^weekly-update \(run and lint; 1 was met on 2026-11-23\)$/m);
      expect(stdout).toMatch(/^okr \(lint; none was met on 2026-11-23\)$/m);
      expect(stdout).toMatch(/require-okr-link.*\n(?: {2}.*\n)* {2}2 findings$/m);
      const json = await rules('list', '--rules', dir, '--report', file, '--format', 'json');
      const entries = JSON.parse(json.stdout) as { id: string; met: object }[];
      expect(entries.find(({ id }) => id === 'require-objective')?.met).toEqual({ texts: 2, findings: 1 });
    });
  });

  test('what is printed is the same policy again', async () => {
    await withFolder({ ...files, 'vocabulary.yml': 'placeholders: [offen]\n' }, async (dir) => {
      const { stdout } = await rules('print', '--rules', dir);
      const parts = Object.fromEntries(
        stdout.split(/^---\n/m).map((text) => [/^# (\S+)/.exec(text)?.[1] ?? '', text]),
      );
      const first = await loadPolicy(dir);
      // Each file names everything, so it needs no base.
      const whole = Object.fromEntries(
        Object.entries(parts).map(([name, text]) => [
          name,
          name === 'policy.yml' || name === 'vocabulary.yml' ? text : `extends: []\n${text}`,
        ]),
      );
      await withFolder(whole, async (copy) => {
        const second = await loadPolicy(copy);
        if (!first.ok || !second.ok) throw new Error('does not load');
        const shape = ({ policy, entries }: typeof first) => ({
          settings: policy.settings,
          rules: entries.map((entry) => ({ ...entry, decidedAt: null })),
        });
        expect(shape(second)).toEqual(shape(first));
      });
    });
  });
});

test('sources with nothing below it are printed as the empty list they are', async () => {
  await withFolder({ 'policy.yml': 'extends: handbook\nsources:\n' }, async (dir) => {
    expect((await rules('print', '--rules', dir)).stdout).toContain('\nsources: []\n');
  });
});

describe('rules test', () => {
  const example = (findings: string) => `custom:
  long-objective:
    description: d
    assert: kr.objective.text.size() > 40
    message: The objective has {{ kr.objective.text.size() }} characters.
examples:
  - name: a short objective
    title: FY27 Q4 KR1 (Keys) Rotate
    issue: { assignees: ['@ann'], due-date: 2026-12-04 }
    markdown: |
      ## Objective:
      Too short.
    rules: [long-objective, require-objective]
    findings: ${findings}
`;

  test('a single example is not called several', () =>
    withFolder({ 'policy.yml': '', 'kr.yml': example('[long-objective]') }, async (dir) => {
      expect((await rules('test', '--rules', dir)).stdout).toMatch(/\n\nThe example passes\.\n$/);
      await writeFile(path.join(dir, 'kr.yml'), example('[]'));
      expect((await rules('test', '--rules', dir)).stdout).toMatch(/\n\nThe example fails\.\n$/);
    }));

  test('examples that hold, in the file and next to it', async () => {
    const beside =
      'examples:\n  - name: nothing to say\n    markdown: "## Objective:\\nEnough."\n    rules: [require-objective]\n';
    await withFolder(
      {
        'policy.yml': '',
        'kr.yml': example('[{ rule: long-objective, message: 10 characters, severity: warning }]'),
        'kr.more.test.yml': beside,
      },
      async (dir) => {
        const { code, stdout } = await rules('test', '--rules', dir);
        expect(stdout).toContain('All 2 examples pass.');
        expect(stdout).toMatch(/✓ a short objective .*kr\.yml:7/);
        expect(code).toBe(0);
      },
    );
  });

  test('an example that does not hold shows both sides', async () => {
    await withFolder(
      { 'policy.yml': '', 'kr.yml': example('[{ rule: require-objective, line: 2 }]') },
      async (dir) => {
        const { code, stdout } = await rules('test', '--rules', dir);
        expect(code).toBe(1);
        expect(stdout).toContain('✗ a short objective');
        expect(stdout).toContain('- require-objective · line 2   (expected, not found)');
        expect(stdout).toContain(
          '+ warning · long-objective · The objective has 10 characters.   (found, not expected)',
        );
        expect(stdout).toContain('The example fails.');
      },
    );
  });

  test('a rule that could not be evaluated says why', async () => {
    const text =
      'examples:\n  - name: e\n    markdown: x\n    rules: [require-overall-dri]\n    findings: [require-overall-dri]\n';
    await withFolder({ 'policy.yml': '', 'kr.yml': text }, async (dir) => {
      expect((await rules('test', '--rules', dir)).stdout).toContain(
        "require-overall-dri was skipped: not known here: the issue's assignees",
      );
    });
  });

  test('no examples: a hint where to write them', async () => {
    await withFolder({ 'policy.yml': '' }, async (dir) => {
      expect((await rules('test', '--rules', dir)).stdout).toContain('There are no examples');
    });
  });

  test('errors come first', async () => {
    await withFolder({ 'policy.yml': 'x: 1' }, async (dir) => {
      await expect(rules('test', '--rules', dir)).rejects.toThrow(UsageError);
    });
  });
});

describe('rules schema', () => {
  test('one to look at, all to a folder', async () => {
    expect(JSON.parse((await rules('schema', 'kr')).stdout)).toHaveProperty(
      'properties.rules.anyOf.0.properties.require-objective',
    );
    expect((await rules('schema')).stdout).toBe(
      await readFile(path.join(builtInRulesDir, 'schema/policy.json'), 'utf8'),
    );
    await withFolder({}, async (dir) => {
      await rules('schema', '--write', dir);
      expect(await readFile(path.join(dir, 'plan.json'), 'utf8')).toContain('require-plan-epic');
    });
    await expect(rules('schema', 'nope')).rejects.toThrow('There is no schema "nope"');
  });
});

test('rules test refuses a moment that is none', async () => {
  await expect(runCommandAlone(rulesCommand, ['test', '--now', 'yesterday'])).rejects.toThrow(
    '--now is "yesterday", which is not an ISO time',
  );
});
