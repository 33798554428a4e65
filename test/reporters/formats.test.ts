import { readdirSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Finding } from '../../src/model/finding.ts';
import type { SubjectReport } from '../../src/model/report.ts';
import { reportJson } from '../../src/records/write-report.ts';
import { formatsOf, reporterOf, reporters } from '../../src/reporters/registry.ts';
import { render } from '../../src/reporters/reporter.ts';
import { cli } from '../helpers/capture-io.ts';
import { fc, runs } from '../helpers/random.ts';
import { aFinding } from '../plan/helpers.ts';
import { dangers, hostile } from '../plan/hostile.ts';
import { aRecord } from '../records/helpers.ts';
import { aSubject, aSummary } from './helpers.ts';

const context = { color: false, columns: 80, pathOf: (ref: string) => ref };

function shown(name: string, subjects: SubjectReport[], over: Parameters<typeof aSummary>[1] = {}): string {
  return render(reporterOf(name), { ...aSummary(subjects, over), subjects }, context);
}

test('the file name is the option, and every file is registered', () => {
  const files = readdirSync(new URL('../../src/reporters/formats', import.meta.url));
  expect(files.map((file) => file.replace(/\.ts$/, '')).sort()).toEqual(
    reporters.map(({ name }) => name).sort(),
  );
  // Those that scripts rely on; one more is a file and its line.
  const ofIssues = ['text', 'json', 'junit', 'openmetrics', 'markdown', 'csv'];
  const ofFiles = ['stylish', 'json', 'junit', 'markdown', 'csv', 'codequality'];
  expect(formatsOf('issues')).toEqual(expect.arrayContaining(ofIssues));
  expect(formatsOf('files')).toEqual(expect.arrayContaining(ofFiles));
});

describe('junit', () => {
  const waived = { by: 'lead', until: '2026-12-31', because: null, noteId: 3 };
  const subjects = [
    aSubject({ findings: [aFinding({ message: 'a < b' }), aFinding({ rule: 'other', severity: 'info' })] }),
    aSubject({ ref: 'sec/okrs#13', status: 'clean', findings: [] }),
    aSubject({ ref: 'sec/okrs#14', status: 'error', findings: [], error: 'GitLab did not answer.' }),
    aSubject({ ref: 'sec/okrs#15', findings: [aFinding({ waived })] }),
  ];
  const over = {
    failures: [{ source: 'sec/gone', message: 'not found' }],
    setFindings: [
      { rule: 'unique-number', severity: 'error' as const, message: 'twice', refs: ['a#1', 'a#2'] },
    ],
  };

  test('of a rule over many KRs all findings are counted, the worst decides, and the text is cut', () => {
    const severities = ['info', ...Array.from({ length: 60 }, () => 'warning' as const), 'error'] as const;
    const refs = Array.from({ length: 100 }, (_, index) => `sec/okrs#${index}`);
    const setFindings = severities.map((severity, index) => ({
      rule: 'all',
      severity,
      message: `M${index}`,
      refs,
    }));
    const whole = setFindings.map(({ message }) => `${message} (${refs.join(', ')})`).join('\n');
    expect(shown('junit', [], { setFindings })).toContain(
      `<failure type="error" message="M0 (and 61 more)">${whole.slice(0, 3_999)}…</failure>`,
    );
    const lines = shown('markdown', [], { setFindings }).split('\n');
    expect(lines.filter((line) => /^- (?:info|warning|error) /.test(line))).toHaveLength(20);
    expect(lines).toContain('- … and 42 more');
  });

  test('has a case for each subject and for each rule with findings', () => {
    const xml = shown('junit', subjects, over);
    expect(namesIn(xml)).toEqual([
      'sec/okrs#12',
      'sec/okrs#12 require-okr-link',
      'sec/okrs#12 other',
      'sec/okrs#13',
      'sec/okrs#14',
      'sec/okrs#15',
      'sec/okrs#15 require-okr-link',
      'read sec/gone',
      'all unique-number',
    ]);
    expect(xml).toContain('<failure type="error" message="a &lt; b">');
    expect(xml).toContain('<error type="not-done" message="GitLab did not answer."/>');
    expect(xml).toContain('<skipped type="waived" message="waived by lead"/>');
    expect(xml).toContain('<testsuite name="sec/okrs#12" tests="3" failures="1" errors="0" skipped="0">');
  });

  test('names stay the same when titles, words, places and counts change; none comes twice', () => {
    const night = (title: string, findings: Finding[]) =>
      namesIn(shown('junit', [aSubject({ title, findings })]));
    const monday = night('Old', [aFinding({ message: 'due on 2026-11-01' })]);
    const tuesday = night('New', [
      aFinding({ message: 'due on 2026-11-02' }),
      aFinding({ message: 'and more' }),
    ]);
    expect(tuesday).toEqual(monday);
    const doubled = namesIn(shown('junit', [aSubject(), aSubject()]));
    expect(new Set(doubled).size).toBe(doubled.length);
  });

  test('has the elements and attributes of the schema that Jenkins uses, and no other', () => {
    const allowed: Record<string, string[]> = {
      testsuites: ['name'],
      testsuite: ['name', 'tests', 'failures', 'errors', 'skipped'],
      testcase: ['name', 'classname'],
      failure: ['type', 'message'],
      error: ['type', 'message'],
      skipped: ['type', 'message'],
      'system-out': [],
    };
    const xml = shown('junit', subjects, over);
    expect(isWellFormed(xml)).toBe(true);
    for (const [, name = '', attributes = ''] of xml.matchAll(/<([a-z-]+)((?: [a-z]+="[^"]*")*)\/?>/g)) {
      expect([...attributes.matchAll(/ ([a-z]+)=/g)].map(([, key]) => key)).toEqual(allowed[name]);
    }
  });
});

function namesIn(xml: string): string[] {
  return [...xml.matchAll(/<testcase name="([^"]*)"/g)].map(([, name]) => name ?? '');
}

/** True for XML of our simple kind: every tag closed, every attribute quoted, no character that XML refuses. */
function isWellFormed(xml: string): boolean {
  if (/[\p{Surrogate}\uFFFE\uFFFF]|(?![\n\t\r])\p{Cc}/u.test(xml)) return false;
  if (/&(?!(?:amp|lt|gt|quot|#39);)/.test(xml)) return false;
  const open: string[] = [];
  for (const [, close, name = '', attributes = '', empty] of xml
    .replace(/^<\?xml [^<>]*\?>/, '')
    .matchAll(/<(\/?)([a-z-]+)((?: [a-z]+="[^"<>]*")*)(\/?)>|</g)) {
    if (name === '') return false;
    if (close === '/') {
      if (attributes !== '' || open.pop() !== name) return false;
    } else if (empty !== '/') open.push(name);
  }
  return open.length === 0;
}

describe('openmetrics', () => {
  const record = aRecord({ status: { claimed: 'on-track', week: '2026-11-16', noteId: 1 } });
  const subjects = [
    aSubject({ state: 'opened', record }),
    aSubject({ ref: 'a#2', state: 'opened', record: { ...record, quarter: 'FY99-Q1' } }),
    aSubject({
      ref: 'a#3',
      state: 'opened',
      record: { ...record, status: { claimed: null, week: null, noteId: null } },
    }),
    aSubject({ ref: 'a#4', confidential: true, state: 'opened', record }),
    aSubject({ ref: 'a#5', state: 'closed', status: 'closed', findings: [], record: null }),
  ];

  test('counts KRs by quarter and what was said of them', () => {
    const text = shown('openmetrics', subjects);
    expect(text).toContain('kr_hygiene_krs{quarter="FY27-Q4",status="on-track"} 1\n');
    expect(text).toContain('kr_hygiene_krs{quarter="FY27-Q4",status="silent"} 1\n');
    expect(text).toContain('kr_hygiene_krs{quarter="FY27-Q4",status="confidential"} 1\n');
    expect(text).toContain('kr_hygiene_krs{quarter="other",status="on-track"} 1\n');
    expect(text).toContain('kr_hygiene_findings{rule="require-okr-link",severity="error"} 4\n');
    expect(text).toContain('kr_hygiene_complete 1\n');
    expect(text.endsWith('\n# EOF\n')).toBe(true);
    expect(shown('openmetrics', [], { incomplete: ['shard 2 is missing'] })).toContain(
      'kr_hygiene_complete 0\n',
    );
  });
});

describe('what is missing from a report is said in every form of it', () => {
  const words = 'shard 2/3 is missing';
  const failures = [{ source: 'sec/gone', message: 'not found' }];

  test.each(formatsOf('issues').filter((name) => name !== 'openmetrics'))('%s', (name) => {
    expect(shown(name, [aSubject()], { incomplete: [words] })).toContain(words);
    expect(shown(name, [aSubject()], { failures })).toContain('sec/gone');
  });

  test.each(['dry-run', 'apply'] as const)('the text ends with it (%s)', (mode) => {
    const text = shown('text', [aSubject()], { mode, incomplete: [words] });
    expect(text).toContain('Not everything could be read: 1 failure, see below.');
    expect(text).toMatch(/Incomplete: see what failed above; the rest is done\.\n$/);
  });
});

/** A line of OpenMetrics as we write it. */
const metricLine =
  /^(?:# EOF|# (?:TYPE [a-z_]+ gauge|HELP [a-z_]+ [^\n]+)|[a-z_]+(?:\{[a-z]+="(?:[^"\\\n]|\\["\\])*"(?:,[a-z]+="(?:[^"\\\n]|\\["\\])*")*\})? \d+(?:\.\d+)?)$/u;

describe('csv', () => {
  test('has a line for each finding, and one for a subject without', () => {
    const lines = shown('csv', [
      aSubject({ findings: [aFinding(), aFinding({ rule: 'other' })] }),
      aSubject({ ref: 'sec/okrs#13', findings: [] }),
    ]).split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^ref,url,title,kind,/);
  });

  test.each([
    ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
    ['  +1', `"'+1"`],
    ['-1', `"'-1"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['\t=1', `"'=1"`],
    ['＝1', `"'＝1"`],
    ['a, b', '"a, b"'],
    ['two\nlines', 'two lines'],
    ['two\r=1', 'two =1'],
    ['\r\n=1', `"'=1"`],
    ['\u200d=1', `"'\u200d=1"`],
    ['\ufeff=1', `"'=1"`],
    ['a;=1', '"a;=1"'],
  ])('%j is no formula and no second cell', (title, cell) => {
    expect(shown('csv', [aSubject({ title, findings: [] })])).toContain(`,${cell},kr,`);
  });
});

/** The cells of a file. */
function cellsOf(text: string): string[] {
  return [...text.matchAll(/(?:^|,|\n)(?:"((?:[^"]|"")*)"|([^",\n]*))/g)].map(
    ([, quoted, bare]) => quoted ?? bare ?? '',
  );
}

/** Hostile words, some of which a spreadsheet would calculate. */
const words = fc
  .tuple(fc.constantFrom('', '', '', '=', '+', '-', '@', '\r=', '\t+', ' =', '|', '%', '\u200d='), hostile)
  .map(([first, rest]) => first + rest);

test('no format lets hostile words mean anything', () => {
  fc.assert(
    fc.property(words, words, (a, b) => {
      const record = aRecord({ quarter: b, statement: a, assignees: [b], reference: a });
      const subjects = [
        aSubject({
          ref: a,
          title: b,
          url: a,
          error: b,
          findings: [aFinding({ rule: b, message: a, hint: b, people: [a] })],
        }),
        aSubject({ ref: b, title: a, findings: [], record }),
      ];
      const over = {
        failures: [{ source: a, message: b }],
        warnings: [a],
        setFindings: [{ rule: a, severity: 'error' as const, message: b, refs: [a] }],
        incomplete: [b],
        pings: [{ ref: a, whom: [b], on: a, because: b, outcome: 'planned' as const }],
      };
      expect(isWellFormed(shown('junit', subjects, over))).toBe(true);
      const names = namesIn(shown('junit', subjects, over));
      expect(new Set(names).size).toBe(names.length);
      for (const line of shown('openmetrics', subjects, over).trimEnd().split('\n'))
        expect(line).toMatch(metricLine);
      const markdown = shown('markdown', subjects, over);
      // The marker is for the helper, which looks at comments of ours; they hold no tables.
      const found = dangers(`${markdown}\n<!-- kr-hygiene 2 nudge e30 -->`);
      expect(found.filter((danger) => !/^a (?:heading|table|tableRow|tableCell)$/.test(danger))).toEqual([]);
      for (const cell of cellsOf(shown('csv', subjects, over)))
        expect(cell).not.toMatch(/^[\s\u200c\u200d]*[=+\-@|%＝＋－＠]|[\r\n]/);
      expect(() => JSON.parse(shown('json', subjects, over)) as unknown).not.toThrow();
      expect(() => JSON.parse(shown('codequality', subjects, over)) as unknown).not.toThrow();
    }),
    { numRuns: Number(process.env['HOSTILE'] ?? runs(100)) },
  );
});

test('report prints one format, writes several, and refuses what it cannot do', async () => {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'kr-hygiene-report-'));
  try {
    const file = path.join(dir, 'in.json');
    const subjects = [aSubject()];
    await writeFile(file, reportJson(aSummary(subjects), subjects));
    for (const format of formatsOf('issues')) {
      const { code, stdout } = await cli(['report', file, '--format', format]);
      expect({ code, stdout }).toEqual({
        code: 0,
        stdout: expect.stringContaining(format === 'openmetrics' ? '# EOF' : 'sec/okrs#12') as unknown,
      });
    }
    const out = path.join(dir, 'out');
    expect((await cli(['report', file, '--format', 'json,junit,csv', '--output', out])).code).toBe(0);
    expect((await readdir(out)).sort()).toEqual(['findings.csv', 'junit.xml', 'report.json']);
    expect(await readFile(path.join(out, 'report.json'), 'utf8')).toBe(await readFile(file, 'utf8'));
    expect(await cli(['report', file, '--format', 'json,junit'])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('--output <dir>') as unknown,
    });
    expect(await cli(['report', file, '--format', 'html'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Choose from text, json') as unknown,
    });
    expect(await cli(['report', path.join(dir, 'none.json')])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no such file') as unknown,
    });
    await writeFile(file, '{"version": 1, "mode"');
    expect(await cli(['report', file])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('cut short') as unknown,
    });
  } finally {
    await rm(dir, { recursive: true });
  }
});
