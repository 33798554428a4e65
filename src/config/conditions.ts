import type { KrHygieneDocument } from '../model/document.ts';
import type { RuleContext } from '../model/rule.ts';
import { elapsedDays } from './days.ts';
import { compilePattern } from './patterns.ts';
import type { Condition } from './rule-schema.ts';

/** When a rule keeps quiet, as the policy says it. */
export interface Exemptions {
  only?: Condition | Condition[] | null | undefined;
  except?: Condition | Condition[] | null | undefined;
  grace?: { 'new-issues'?: number; 'quarter-start'?: number } | null | undefined;
}

type Exempt = (document: KrHygieneDocument, context: RuleContext) => string | null;

/** Whether one condition holds, with the fact it was evaluated by; null: the fact is not known. */
type Test = (context: RuleContext) => { holds: boolean | null; words: string };

/** Turns `only`, `except` and `grace` into a question: null when the rule applies, otherwise why not. */
export function compileExemptions({ only, except, grace }: Exemptions): Exempt {
  const onlyBlocks = blocks(only).map(compileBlock);
  const exceptBlocks = blocks(except).map(compileBlock);
  const { 'new-issues': newIssues = 0, 'quarter-start': quarterStart = 0 } = grace ?? {};
  if (newIssues <= 0 && quarterStart <= 0 && exceptBlocks.length === 0 && onlyBlocks.length === 0)
    return () => null;
  return (_document, context) => {
    const early = withinGrace({ newIssues, quarterStart }, context);
    if (early !== null) return early;
    const excepted = exceptBlocks.map((block) => block(context)).find((result) => result.holds === true);
    if (excepted) return `except: ${excepted.words}`;
    if (onlyBlocks.length === 0) return null;
    const results = onlyBlocks.map((block) => block(context));
    return results.some((result) => result.holds === true)
      ? null
      : `only: ${results.map((result) => result.words).join('; or ')}`;
  };
}

function blocks(value: Condition | Condition[] | null | undefined): Condition[] {
  return value === null || value === undefined ? [] : [value].flat();
}

function withinGrace(
  { newIssues, quarterStart }: { newIssues: number; quarterStart: number },
  { issue, now, quarter, today }: RuleContext,
): string | null {
  if (newIssues > 0 && issue.createdAt !== undefined && elapsedDays(issue.createdAt, now) < newIssues) {
    return `grace: the issue is younger than ${dayCount(newIssues)}`;
  }
  if (quarterStart > 0 && quarter !== null && elapsedDays(quarter.start, today) < quarterStart) {
    return `grace: the first ${dayCount(quarterStart)} of FY${quarter.fiscalYear} Q${quarter.quarter} are not over`;
  }
  return null;
}

function dayCount(days: number): string {
  return days === 1 ? 'day' : `${days} days`;
}

/** A block holds when each of its conditions does. */
function compileBlock(condition: Condition): Test {
  const tests = testsOf(condition);
  return (context) => {
    const results = tests.map((test) => test(context));
    const broken = results.find((result) => result.holds !== true);
    if (!broken) return { holds: true, words: results.map((result) => result.words).join(' and ') };
    return broken.holds === null
      ? { holds: null, words: `${broken.words}, which is not known here` }
      : broken;
  };
}

function testsOf(condition: Condition): Test[] {
  const tests: Test[] = [];
  const add = (words: string, holds: (context: RuleContext) => boolean | null) => {
    tests.push((context) => ({ holds: holds(context), words }));
  };
  const { labels, project, author, title, quarter, age } = condition;
  if (labels !== undefined) {
    const wanted = [labels].flat();
    add(
      `label ${wanted.join(' or ')}`,
      ({ issue }) => issue.labels?.some((label) => wanted.includes(label)) ?? null,
    );
  }
  if (project !== undefined) {
    const wanted = [project].flat();
    add(`project ${wanted.join(' or ')}`, ({ issue }) =>
      issue.project === undefined
        ? null
        : wanted.some((pattern) => projectMatches(issue.project ?? '', pattern)),
    );
  }
  if (author !== undefined) {
    const wanted = [author].flat().map((name) => name.replace(/^@/, '').toLowerCase());
    add(`author ${wanted.join(' or ')}`, ({ issue }) =>
      issue.author === undefined ? null : wanted.includes(issue.author.toLowerCase()),
    );
  }
  if (title !== undefined) {
    const matches = compilePattern(title);
    add(`title matching ${title}`, ({ issue }) => (issue.title === undefined ? null : matches(issue.title)));
  }
  if (quarter !== undefined) {
    const wanted = new Set([quarter].flat().map(quarterKey));
    add(`quarter ${[quarter].flat().join(' or ')}`, (context) =>
      context.quarter === null
        ? null
        : wanted.has(`${context.quarter.fiscalYear % 100} ${context.quarter.quarter}`),
    );
  }
  if (age !== undefined) {
    const { 'min-days': min = 0, 'max-days': max = Number.POSITIVE_INFINITY } = age;
    add(ageWords(min, max), ({ issue, now }) => {
      if (issue.createdAt === undefined) return null;
      const days = elapsedDays(issue.createdAt, now);
      return days >= min && days <= max;
    });
  }
  return tests;
}

function ageWords(min: number, max: number): string {
  if (max === Number.POSITIVE_INFINITY) return `opened at least ${dayCount(min)} ago`;
  return min === 0 ? `opened at most ${dayCount(max)} ago` : `opened ${min} to ${dayCount(max)} ago`;
}

/** `FY2027-Q4` and `FY27 Q4` are the same quarter. */
function quarterKey(text: string): string {
  const [, year = '', quarter = ''] = /^FY(\d+)[ -]?Q(\d)$/.exec(text) ?? [];
  return `${Number(year) % 100} ${quarter}`;
}

/** A path, or `group/*` for everything below a group. GitLab's paths ignore case. */
function projectMatches(project: string, pattern: string): boolean {
  const path = project.toLowerCase();
  const wanted = pattern.toLowerCase();
  return wanted.endsWith('/*') ? path.startsWith(wanted.slice(0, -1)) : path === wanted;
}
