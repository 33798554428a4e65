import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { quarterReport } from '../../bench/helpers/quarter-report.ts';
import type { Report } from '../../src/records/read-report.ts';
import { reporterOf } from '../../src/reporters/registry.ts';
import { render } from '../../src/reporters/reporter.ts';
import { buildSite } from '../../src/site/build.tsx';
import { aFinding } from '../plan/helpers.ts';
import { aRecord } from '../records/helpers.ts';
import { aSubject, aSummary } from './helpers.ts';

/**
 * Other people's programs look at what we write, where they are installed (.ci/run installs them): xmllint of Debian's
 * libxml2-utils, promtool of its prometheus. JUNIT_XSD names a copy of junit-10.xsd of Jenkins' xunit plugin, which is
 * not ours to bring along.
 */
const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;
const schema = process.env['JUNIT_XSD'] ?? '';

function where(condition: boolean, lacking: string): typeof test | typeof test.skip {
  if (!condition) process.stderr.write(`Skipped: ${lacking}\n`);
  return condition ? test : test.skip;
}
const withXmllint = where(has('xmllint'), 'no xmllint, so XML and SVG are not looked at by it.');
const withSchema = where(
  has('xmllint') && schema !== '',
  'no JUNIT_XSD or no xmllint, so JUnit is not validated by the schema of Jenkins.',
);
const withPromtool = where(has('promtool'), 'no promtool, so metrics are looked at by our own parser alone.');

const context = { color: false, columns: 80, pathOf: (ref: string) => ref };
const shown = (name: string, report: Report): string => render(reporterOf(name), report, context);

const nasty = `<&>"' \u0001 \ud800 ]]> \n=1 @all \\ \u{1f525}`;
const subjects = [
  aSubject({
    title: nasty,
    findings: [aFinding({ message: nasty, rule: nasty }), aFinding({ severity: 'info' })],
  }),
  aSubject({ ref: nasty, status: 'error', findings: [], error: nasty }),
  aSubject({
    ref: 'sec/okrs#15',
    findings: [aFinding({ waived: { by: nasty, until: null, because: null, noteId: 3 } })],
  }),
  aSubject({ ref: 'sec/okrs#16', state: 'opened', record: aRecord({ statement: nasty, reference: nasty }) }),
];
const odd: Report = {
  ...aSummary(subjects, {
    failures: [{ source: nasty, message: nasty }],
    setFindings: [{ rule: nasty, severity: 'error', message: nasty, refs: [nasty] }],
  }),
  subjects,
};
const empty: Report = { ...aSummary(), subjects: [] };

describe.each([
  ['a quarter', quarterReport(30)],
  ['hostile words', odd],
  ['nothing', empty],
])('%s', (_, report) => {
  withXmllint('is well-formed XML and SVG', () => {
    const files = buildSite(report, '# EOF\n');
    for (const input of [shown('junit', report), files.get('current.svg'), files.get('previous.svg')]) {
      const { status, stderr } = spawnSync('xmllint', ['--noout', '-'], { input, encoding: 'utf8' });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    }
  });

  withSchema('is JUnit by the schema that Jenkins uses', () => {
    const { status, stderr } = spawnSync('xmllint', ['--noout', '--schema', schema, '-'], {
      input: shown('junit', report),
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '- validates\n' });
  });

  withPromtool('is what promtool accepts', () => {
    const { status, stderr } = spawnSync('promtool', ['check', 'metrics'], {
      input: shown('openmetrics', report),
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('is OpenMetrics: families in one piece, described first, no sample twice, ended', () => {
    const text = shown('openmetrics', report);
    expect(text.endsWith('\n# EOF\n')).toBe(true);
    const families = new Set<string>();
    const samples = new Set<string>();
    let family = '';
    let described = 0;
    for (const line of text.split('\n').slice(0, -2)) {
      const [, kind, name] = /^# (TYPE|HELP) ([a-z_]+) /.exec(line) ?? [];
      if (kind === 'TYPE') {
        expect(families.has(name ?? '')).toBe(false);
        families.add(name ?? '');
        family = name ?? '';
        described = 1;
      } else if (kind === 'HELP') {
        expect({ name, described }).toEqual({ name: family, described: 1 });
        described = 2;
      } else {
        const [, sample = '', labels = ''] =
          /^([a-z_]+)(?:\{((?:[a-z]+="(?:[^"\\\n]|\\["\\n])*",?)*)\})? -?\d+(?:\.\d+)?$/u.exec(line) ?? [];
        expect({ line, sample, described }).toEqual({ line, sample: family, described: 2 });
        expect(samples.has(`${sample}{${labels}`)).toBe(false);
        samples.add(`${sample}{${labels}`);
      }
    }
  });
});
