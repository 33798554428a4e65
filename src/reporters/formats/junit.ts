import type { Finding } from '../../model/finding.ts';
import { groupBy } from '../../model/groups.ts';
import { createNumberSet, numberOf } from '../../model/number-set.ts';
import type { SourceFailure, SubjectReport } from '../../model/report.ts';
import { defineReporter } from '../reporter.ts';
import { oneLine } from '../terminal.ts';
import { attribute, xmlText } from '../xml.ts';

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
          ...incomplete.map((words) => missing(words, unique)),
          ...failures.map((failure) => unread(failure, unique)),
          ...Array.from(groupBy(setFindings, ruleOf), ([rule, found]) => {
            const text = found.map(({ message, refs }) => `${message} (${refs.join(', ')})`);
            const isFailure = found.some(({ severity }) => severity !== 'info');
            return { name: unique(`all ${rule}`), ...(isFailure ? failed(found, text) : said(text)) };
          }),
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
  const lines = cases.map(({ name: ofCase, xml }) => {
    const head = `    <testcase name=${attribute(ofCase)} classname=${attribute(classname)}`;
    return xml === '' ? `${head}/>\n` : `${head}>${xml}</testcase>\n`;
  });
  return `  <testsuite name=${attribute(name)} ${counts}>\n${lines.join('')}  </testsuite>\n`;
}

function casesOf(subject: SubjectReport, ref: string, unique: (name: string) => string): Case[] {
  const { error, status, restraint } = subject;
  const own: Omit<Case, 'name'> =
    error !== null || status === 'error'
      ? element('error', 'not-done', error ?? 'It could not be read.', '')
      : status === 'skipped'
        ? element('skipped', 'skipped', restraint ?? 'It was left out.', '')
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
    return element('skipped', 'waived', [...new Set(until)].join('; '), '');
  }
  const text = open.map(({ message, hint, place }) => {
    const at = place === null ? '' : `line ${place.start.line}: `;
    return `${at}${message}${hint === null ? '' : `\n  ${hint}`}`;
  });
  if (url !== null) text.push(url);
  return open.some(({ severity }) => severity !== 'info') ? failed(open, text) : said(text);
}

/** The type of a failure is its worst severity. */
function failed(
  found: readonly Pick<Finding, 'severity' | 'message'>[],
  text: readonly string[],
): Omit<Case, 'name'> {
  const type = found.some(({ severity }) => severity === 'error') ? 'error' : 'warning';
  const more = found.length === 1 ? '' : ` (and ${found.length - 1} more)`;
  return element('failure', type, `${found[0]?.message ?? ''}${more}`, text.join('\n'));
}

/** Information fails nothing. */
function said(text: readonly string[]): Omit<Case, 'name'> {
  return { outcome: null, xml: `<system-out>${xmlText(text.join('\n'), maxText)}</system-out>` };
}

/** A shard whose report is not there, or was left out; the words name it and nothing of the night. */
function missing(words: string, unique: (name: string) => string): Case {
  return { name: unique(`merge ${words}`), ...element('error', 'not-merged', words, '') };
}

function unread({ source, message }: SourceFailure, unique: (name: string) => string): Case {
  return { name: unique(`read ${source}`), ...element('error', 'not-read', message, '') };
}

function element(
  outcome: 'failure' | 'error' | 'skipped',
  type: string,
  message: string,
  text: string,
): Omit<Case, 'name'> {
  const head = `<${outcome} type=${attribute(type)} message=${attribute(message, 500)}`;
  return {
    outcome,
    xml: text === '' ? `${head}/>` : `${head}>${xmlText(text, maxText)}</${outcome}>`,
  };
}

const ruleOf = ({ rule }: { rule: string }): string => rule;
