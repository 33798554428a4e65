import { describe, expect, test } from '@jest/globals';
import { mustLoadFrom } from './helpers.ts';

const base = `
rules:
  require-objective:
    severity: error
    options: { min-length: 30 }
    grace: { new-issues: 7 }
  require-overall-dri: error
`;

describe('extends', () => {
  test('later wins, rule by rule and key by key', async () => {
    const { entries } = await mustLoadFrom({
      'policy.yml': 'extends: handbook',
      'base.yml': base,
      'kr.yml':
        'extends: [handbook, ./base.yml]\nrules:\n  require-objective: { severity: info }\n  require-milestones: off\n',
    });
    const entry = (id: string) => entries.find((each) => each.id === id);
    expect(entry('require-objective')).toMatchObject({
      severity: 'info',
      options: { 'min-length': 30 },
      grace: { 'new-issues': 7 },
      decidedAt: { line: 3, column: 24 },
    });
    expect(entry('require-objective')?.decidedAt?.file).toMatch(/kr\.yml$/);
    expect(entry('require-overall-dri')?.decidedAt?.file).toMatch(/base\.yml$/);
    expect(entry('require-okr-link')?.decidedAt?.file).toBe('handbook:kr.yml');
    expect(entry('require-milestones')?.severity).toBe('off');
  });

  test('who says nothing of the severity did not decide it', async () => {
    const { entries } = await mustLoadFrom({
      'policy.yml': '',
      'kr.yml': 'rules:\n  require-objective: { options: { min-length: 9 } }\n',
    });
    const entry = entries.find((each) => each.id === 'require-objective');
    expect(entry).toMatchObject({ severity: 'error', options: { 'min-length': 9 } });
    expect(entry?.decidedAt?.file).toBe('handbook:kr.yml');
  });

  test('lists replace lists', async () => {
    const { policy, entries } = await mustLoadFrom({
      'policy.yml': 'extends: ./base.yml\nselect: { labels: [Goal] }\n',
      'base.yml': 'extends: handbook\nselect: { labels: [KR, Q4], without-labels: [draft] }\n',
      'kr.yml': 'rules:\n  match-title-format: { options: { require: [year] } }\n',
    });
    expect(policy.settings.select.labels).toEqual(['Goal']);
    expect(policy.settings.select.notLabels).toEqual(['draft']);
    expect(entries.find((each) => each.id === 'match-title-format')?.options).toMatchObject({
      require: ['year'],
      order: true,
    });
  });

  test('values that must fit each other may come from different layers', async () => {
    const { policy, entries } = await mustLoadFrom({
      'policy.yml': 'extends: ./base.yml\nselect: { without-labels: [KR], age: { min-days: 9 } }\n',
      'base.yml': 'extends: handbook\nselect: { labels: [Goal], age: { max-days: 90 } }\n',
      'many.yml': 'rules:\n  match-krs-per-objective: { options: { max: 12 } }\n',
      'kr.yml':
        'extends: [handbook, ./many.yml]\nrules:\n  match-krs-per-objective: { options: { min: 7 } }\n',
    });
    expect(policy.settings.select).toMatchObject({ labels: ['Goal'], notLabels: ['KR'], minAgeDays: 9 });
    expect(entries.find((each) => each.id === 'match-krs-per-objective')?.options).toEqual({
      min: 7,
      max: 12,
    });
  });

  test('`extends: []` in a kind starts from nothing', async () => {
    const { policy } = await mustLoadFrom({
      'policy.yml': '',
      'kr.yml': 'extends: []\nrules: { require-objective: warning }\n',
    });
    expect(policy.rules.filter((rule) => rule.kind === 'kr').map((rule) => rule.id)).toEqual([
      'require-objective',
    ]);
    expect(policy.rules.some((rule) => rule.kind === 'okr')).toBe(true);
  });

  test('the preset for teams without an OKR tool asks for no link, and its template has no section for one', async () => {
    const { policy } = await mustLoadFrom({ 'policy.yml': 'extends: issues-only' });
    expect(policy.rules.map((rule) => rule.id)).not.toContain('require-okr-link');
    expect(policy.settings.grammar.kr.template).not.toContain('OKR');
    expect(policy.settings.grammar.okr.template).toContain('Security Roadmap');
  });

  test('the minimal preset is small, and a rule can be added to it', async () => {
    const { policy } = await mustLoadFrom({
      'policy.yml': 'extends: minimal',
      'kr.yml': 'rules: { require-okr-link: info }',
    });
    const ids = policy.rules.filter((rule) => rule.kind === 'kr').map((rule) => rule.id);
    expect(ids).toContain('require-okr-link');
    expect(ids).not.toContain('match-title-format');
    expect(policy.setRules).toEqual([]);
  });

  test('a template and words of the team', async () => {
    const { policy } = await mustLoadFrom({
      'policy.yml': '',
      'kr.yml': 'template: vorlage.md',
      'vorlage.md': '## Ziel:\n`was?`\n',
      'vocabulary.yml': 'kinds:\n  kr:\n    sections:\n      objective: [Ziel]\n',
    });
    const { kr } = policy.settings.grammar;
    expect(kr.template).toBe('## Ziel:\n`was?`\n');
    expect(kr.vocabulary.sections['objective']).toEqual(['Ziel']);
    expect(kr.vocabulary.sections['milestones']).toContain('Milestones');
  });

  test('a custom rule of a base can be switched off or said anew, as a whole', async () => {
    const rule = (assert: string, when = '') =>
      `custom:\n  mine:\n    description: d\n${when}    assert: ${assert}\n    message: m\n`;
    const off = await mustLoadFrom({
      'policy.yml': '',
      'base.yml': rule('"true"'),
      'kr.yml': 'extends: [./base.yml]\ncustom: { mine: off }',
    });
    expect(off.policy.rules.filter((each) => each.id === 'mine')).toEqual([]);
    const anew = await mustLoadFrom({
      'policy.yml': '',
      'base.yml': rule('"true"', '    when: kr.title.raw != ""\n'),
      'kr.yml': `extends: [./base.yml]\n${rule('"false"')}`,
    });
    expect(anew.entries.find((each) => each.id === 'mine')?.definition).not.toHaveProperty('when');
  });

  test('layers that fit each by itself, but not together, are an error and no crash', async () => {
    await expect(
      mustLoadFrom({
        'policy.yml': 'extends: ./a.yml\nlabels: { ok: same }\n',
        'a.yml': 'labels: { needs-attention: same }\n',
      }),
    ).rejects.toThrow('another label');
  });
});

describe('a key with nothing but comments below it', () => {
  test('says nothing', async () => {
    const { policy, examples } = await mustLoadFrom({
      'policy.yml': 'sources:\n  # - project: a/b\n',
      'kr.yml': 'rules:\n  # require-objective: off\ncustom:\nexamples:\n',
    });
    expect(policy.settings.sources).toEqual([]);
    expect(policy.rules.map((rule) => rule.id)).toContain('require-objective');
    expect(examples).toEqual([]);
  });
});
