import { mainKind } from '../../model/document.ts';
import type { Finding, SetFinding } from '../../model/finding.ts';
import { publishable } from '../../records/redact.ts';
import { leftOut, oneLine, painter, shortLine } from '../../reporters/terminal.ts';
import { code, prose } from '../../text/markdown-escape.ts';
import type { IssueChange, PolicyChange } from '../../usecases/diff/compare.ts';

/** A comment on a merge request holds a million characters; no one reads more than this. */
const maxIssues = 100;
const maxFindings = 20;

/** What is confidential is told by reference and rule only, as in every report. */
export function publishableChange(change: PolicyChange): PolicyChange {
  return { ...change, issues: change.issues.map(publishableIssue) };
}

function publishableIssue(issue: IssueChange): IssueChange {
  if (!issue.confidential) return issue;
  const hide = (findings: Finding[]) =>
    publishable({
      kind: mainKind,
      projectId: null,
      iid: null,
      status: 'findings',
      skippedRules: [],
      actions: [],
      comment: null,
      restraint: null,
      error: null,
      ...issue,
      findings,
    });
  const { title, findings: gained } = hide(issue.gained);
  return { ...issue, title, gained, lost: hide(issue.lost).findings, people: { before: [], after: [] } };
}

/** The change as JSON; keys are only ever added. */
export function renderJson(change: PolicyChange): string {
  return `${JSON.stringify({ version: 1, ...publishableChange(change) }, null, 2)}\n`;
}

/** Whom the comment addresses now and did not before. */
function newPeople({ people }: IssueChange): string[] {
  return people.after.filter((name) => !people.before.includes(name));
}

function headline({ totals, setFindings, failures }: PolicyChange): string {
  const { read, changed, gained, lost, reworded } = totals;
  const words = reworded === 0 ? '' : ` In other words, but the same: ${reworded}.`;
  const sets = { gained: setFindings.gained.length, lost: setFindings.lost.length };
  const hasSets = sets.gained + sets.lost > 0;
  const krs = read === 1 ? 'the one KR' : `any of the ${read} KRs`;
  const thatWere = failures.length === 0 ? '' : ' that could be read';
  if (changed === 0 && !hasSets) return `Nothing changes for ${krs}${thatWere}.${words}`;
  const sum = `${gained} ${gained === 1 ? 'finding' : 'findings'} more, ${lost} fewer.`;
  if (changed === 0)
    return `No KR changes by itself, but what is said of several KRs together does: ${sum}${words}`;
  const over = hasSets ? ` Of these, ${sets.gained} more and ${sets.lost} fewer over several KRs.` : '';
  return `${changed} of ${read} ${read === 1 ? 'KR changes' : 'KRs change'}: ${sum}${over}${words}`;
}

function selectionWords({ selected }: IssueChange): string | null {
  if (selected.before === selected.after) return null;
  return selected.after ? 'becomes a KR' : 'is no KR any more';
}

/** The change for a terminal or a job log. */
export function renderText(change: PolicyChange, look: { color: boolean }): string {
  const paint = painter(look.color);
  const { issues, setFindings, failures, warnings } = publishableChange(change);
  const line = (sign: string, { severity, rule, message }: Finding | SetFinding) =>
    `  ${sign} ${severity.padEnd(7)} ${rule}: ${shortLine(message)}`;
  const blocks = issues.slice(0, maxIssues * 5).map((issue) => {
    const lines = [`${paint.bold(oneLine(issue.ref))} ${oneLine(issue.title)}`];
    const selection = selectionWords(issue);
    if (selection !== null) lines.push(`  ${paint.cyan(selection)}`);
    lines.push(...capped(issue.gained, (finding) => paint.green(line('+', finding))));
    lines.push(...capped(issue.lost, (finding) => paint.red(line('-', finding))));
    const people = newPeople(issue);
    if (people.length > 0) lines.push(`  would now address ${people.map(oneLine).join(', ')}`);
    return lines.join('\n');
  });
  const more = leftOut(issues.length, maxIssues * 5, 'issue', 'issues');
  if (more !== null) blocks.push(more);
  const sets = [
    ...setFindings.gained.map((finding) => paint.green(line('+', finding))),
    ...setFindings.lost.map((finding) => paint.red(line('-', finding))),
  ];
  if (sets.length > 0) blocks.push(`${paint.bold('All KRs together')}\n${sets.join('\n')}`);
  if (failures.length > 0) {
    blocks.push(
      `Could not be read:\n${failures.map(({ source, message }) => `  ${source}: ${oneLine(message)}`).join('\n')}`,
    );
  }
  blocks.push(...warnings.map((warning) => paint.yellow(`Note: ${oneLine(warning)}`)));
  return `${[...blocks, headline(change)].join('\n\n')}\n`;
}

/** The change as a comment on a merge request: nothing in it mentions, links or runs anything but the issues. */
export function renderMarkdown(change: PolicyChange): string {
  const { issues, setFindings, failures, warnings } = publishableChange(change);
  const lines = ['### What this change of the rules would do', '', headline(change)];
  const table = ruleTable([...issues, setFindings]);
  if (table.length > 0) lines.push('', ...table);
  const people = [...new Set(issues.flatMap(newPeople))];
  if (people.length > 0)
    lines.push(
      '',
      `Newly addressed: ${people
        .slice(0, maxIssues)
        .map((name) => code(name))
        .join(', ')}`,
    );
  for (const issue of issues.slice(0, maxIssues)) lines.push('', ...issueLines(issue));
  if (issues.length > maxIssues) lines.push('', `… and ${issues.length - maxIssues} more KRs.`);
  const sets = findingLines(setFindings.gained, setFindings.lost);
  if (sets.length > 0) lines.push('', '**All KRs together**', '', ...sets);
  if (failures.length > 0) {
    lines.push(
      '',
      '**Could not be read**',
      '',
      ...failures.map(({ source, message }) => `- ${code(source)}: ${prose(message)}`),
    );
  }
  for (const warning of warnings) lines.push('', `**Note:** ${prose(warning)}`);
  return `${lines.join('\n')}\n`;
}

/** The first findings of an issue, one a line, and how many more there are. */
function capped(findings: readonly Finding[], line: (finding: Finding) => string): string[] {
  const more = leftOut(findings.length, maxFindings, 'finding', 'findings');
  return [...findings.slice(0, maxFindings).map(line), ...(more === null ? [] : [`    ${more}`])];
}

function ruleTable(changes: readonly Pick<PolicyChange['setFindings'] | IssueChange, 'gained' | 'lost'>[]) {
  const counts = new Map<string, { gained: number; lost: number }>();
  for (const change of changes) {
    for (const side of ['gained', 'lost'] as const) {
      for (const { rule } of change[side]) {
        const count = counts.get(rule) ?? { gained: 0, lost: 0 };
        count[side] += 1;
        counts.set(rule, count);
      }
    }
  }
  const rows = [...counts].map(
    ([rule, { gained, lost }]) =>
      `| ${code(rule)} | ${gained === 0 ? '' : `+${gained}`} | ${lost === 0 ? '' : `−${lost}`} |`,
  );
  return rows.length === 0 ? [] : ['| rule | more | fewer |', '|---|---|---|', ...rows];
}

function issueLines(issue: IssueChange): string[] {
  const selection = selectionWords(issue);
  // In code and not linked: GitLab would tell each issue that the merge request mentioned it.
  const head = `**${code(issue.ref)}** ${prose(issue.title)}${selection === null ? '' : ` (${selection})`}`;
  const people = newPeople(issue);
  const addressed =
    people.length === 0 ? [] : [`- would now address ${people.map((name) => code(name)).join(', ')}`];
  return [head, '', ...findingLines(issue.gained, issue.lost), ...addressed];
}

function findingLines(
  gained: readonly (Finding | SetFinding)[],
  lost: readonly (Finding | SetFinding)[],
): string[] {
  const line = (sign: string, { severity, rule, message }: Finding | SetFinding) =>
    `- ${sign} ${severity} ${code(rule)}: ${prose(message)}`;
  const all = [
    ...gained.map((finding) => line('➕', finding)),
    ...lost.map((finding) => line('➖', finding)),
  ];
  return all.length <= maxFindings
    ? all
    : [...all.slice(0, maxFindings), `- … and ${all.length - maxFindings} more`];
}
