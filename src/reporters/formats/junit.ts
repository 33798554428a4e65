import type { Finding, SetFinding, Severity } from '../../model/finding.ts';
import { groupBy } from '../../model/groups.ts';
import { createNumberSet, numberOf } from '../../model/number-set.ts';
import type { SubjectReport } from '../../model/report.ts';
import { attribute, xmlText } from '../../text/xml.ts';
import { defineReporter } from '../reporter.ts';
import { oneLine } from '../terminal.ts';

/** Characters of one case's text, beyond which it is cut. */
const maxText = 4_000;

/**
 * JUnit XML, for GitLab's Tests tab and for Jenkins (its schema junit-10.xsd). One case for each subject, which
 * passes when it could be read, and one for each of its rules with a finding. Names are made of the reference and
 * the rule alone, never of titles, dates or counts, and none comes twice: so a failure is the same one every night,
 * and GitLab counts how often it failed.
 */
export const junit = defineReporter({
  name: 'junit',
  description: 'JUnit XML, for the Tests tab of a pipeline',
  of: ['issues', 'files'],
  file: 'junit.xml',
  open({ pathOf }) {
    /**
     * Of all suites, as numbers that stand for them. Names of cases begin with that of their suite, so that those of one
     * suite are enough, but for odd ones.
     */
    const suites = createNumberSet();
    let cases = new Set<string>();
    let current = '';
    /** How often a name came that comes more than once. */
    const counts = new Map<string, number>();
    const unique = (name: string): string => {
      const written = oneLine(name);
      let free = written;
      let nth = counts.get(written) ?? 1;
      while (suites.has(numberOf(free)) || cases.has(free)) {
        nth += 1;
        free = `${written} (${nth})`;
      }
      if (nth > 1) counts.set(written, nth);
      cases.add(free);
      if (free !== written || !free.startsWith(current)) suites.add(numberOf(free));
      return free;
    };
    let files = false;
    return {
      begin({ mode }) {
        files = mode === 'lint';
        return '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="kr-hygiene">\n';
      },
      subject(subject) {
        cases = new Set();
        current = '';
        const ref = unique(files ? pathOf(subject.ref) : subject.ref);
        suites.add(numberOf(ref));
        current = `${ref} `;
        return suite(ref, subject.kind, casesOf(subject, ref, unique));
      },
      end({ failures, setFindings, incomplete = [] }) {
        const cases = [
          // A shard whose report is not there, or was left out; the words name it and nothing of the night.
          ...incomplete.map((words) => ({
            name: unique(`merge ${words}`),
            ...element('error', 'not-merged', words),
          })),
          ...failures.map(({ source, message }) => ({
            name: unique(`read ${source}`),
            ...element('error', 'not-read', message),
          })),
          ...Array.from(ofSetRules(setFindings), ([rule, { count, text, worst, message }]) => ({
            name: unique(`all ${rule}`),
            ...(worst === 'info' ? said(text) : failed({ count, worst, message }, text)),
          })),
        ];
        return `${cases.length === 0 ? '' : suite('all', 'all', cases)}</testsuites>\n`;
      },
    };
  },
});

interface Case {
  name: string;
  /** Null: it passed. */
  outcome: 'failure' | 'error' | 'skipped' | null;
  xml: string;
}

function suite(name: string, classname: string, cases: readonly Case[]): string {
  const count = (outcome: Case['outcome']) => cases.filter((one) => one.outcome === outcome).length;
  const counts = `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
  const classOf = attribute(classname);
  const lines = cases.map(({ name: ofCase, xml }) => {
    const head = `    <testcase name=${attribute(ofCase)} classname=${classOf}`;
    return xml === '' ? `${head}/>\n` : `${head}>${xml}</testcase>\n`;
  });
  return `  <testsuite name=${attribute(name)} ${counts}>\n${lines.join('')}  </testsuite>\n`;
}

function casesOf(subject: SubjectReport, ref: string, unique: (name: string) => string): Case[] {
  const { error, status, restraint } = subject;
  const own: Omit<Case, 'name'> =
    error !== null || status === 'error'
      ? element('error', 'not-done', error ?? 'It could not be read.')
      : status === 'skipped'
        ? element('skipped', 'skipped', restraint ?? 'It was left out.')
        : { outcome: null, xml: '' };
  return [
    { name: ref, ...own },
    ...Array.from(groupBy(subject.findings, ruleOf), ([rule, findings]) => ({
      name: unique(`${ref} ${rule}`),
      ...ruleCase(findings, subject.url),
    })),
  ];
}

function ruleCase(findings: readonly Finding[], url: string | null): Omit<Case, 'name'> {
  const open = findings.filter(({ waived }) => waived === undefined);
  if (open.length === 0) {
    const until = findings.map(({ waived }) => `waived by ${waived?.by ?? '?'}`);
    return element('skipped', 'waived', [...new Set(until)].join('; '));
  }
  const text = open.map(({ message, hint, place }) => {
    const at = place === null ? '' : `line ${place.start.line}: `;
    return `${at}${message}${hint === null ? '' : `\n  ${hint}`}`;
  });
  if (url !== null) text.push(url);
  const worst = open.map(({ severity }) => severity).reduce(worse);
  const found = { count: open.length, worst, message: open[0]?.message ?? '' };
  return worst === 'info' ? said(text.join('\n')) : failed(found, text.join('\n'));
}

/** Findings of one rule: how many, how bad, and the message of the first. */
interface Found {
  count: number;
  worst: Severity;
  message: string;
}

/** By rule; of the text a little more than is shown, for there may be thousands that name thousands. */
function ofSetRules(findings: Iterable<SetFinding>): Map<string, Found & { text: string }> {
  const rules = new Map<string, Found & { text: string }>();
  for (const { rule, severity, message, refs } of findings) {
    const known = rules.get(rule);
    const line = (): string => `${message} (${refs.join(', ')})`;
    if (known === undefined) rules.set(rule, { count: 1, worst: severity, message, text: line() });
    else {
      known.count += 1;
      known.worst = worse(known.worst, severity);
      if (known.text.length <= maxText) known.text += `\n${line()}`;
    }
  }
  return rules;
}

const ranks: readonly Severity[] = ['info', 'warning', 'error'];

const worse = (a: Severity, b: Severity): Severity => (ranks.indexOf(b) > ranks.indexOf(a) ? b : a);

/** The type of a failure is its worst severity. */
function failed({ count, worst, message }: Found, text: string): Omit<Case, 'name'> {
  const more = count === 1 ? '' : ` (and ${count - 1} more)`;
  return element('failure', worst, `${message}${more}`, text);
}

/** Information fails nothing. */
function said(text: string): Omit<Case, 'name'> {
  return { outcome: null, xml: `<system-out>${xmlText(text, maxText)}</system-out>` };
}

function element(
  outcome: 'failure' | 'error' | 'skipped',
  type: string,
  message: string,
  text = '',
): Omit<Case, 'name'> {
  const head = `<${outcome} type=${attribute(type)} message=${attribute(message, 500)}`;
  return {
    outcome,
    xml: text === '' ? `${head}/>` : `${head}>${xmlText(text, maxText)}</${outcome}>`,
  };
}

const ruleOf = ({ rule }: { rule: string }): string => rule;
