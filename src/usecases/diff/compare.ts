import { assess } from '../../assess/assess.ts';
import { checkSets } from '../../assess/check-sets.ts';
import { issueFacts } from '../../assess/issue-facts.ts';
import { krKeys } from '../../assess/keys.ts';
import { mainKind } from '../../model/document.ts';
import { type Finding, findingKey, type SetFinding } from '../../model/finding.ts';
import type { Issue } from '../../model/issue.ts';
import type { IssueReader, IssueSource } from '../../model/ports.ts';
import type { AsyncDocumentReader } from '../../model/reader.ts';
import type { SourceFailure } from '../../model/report.ts';
import type { IssueFacts, KrKeys, Policy } from '../../model/rule.ts';
import { responsiblePeople } from '../../plan/comment/greeting.ts';
import { memberLookup } from '../../scan/members.ts';
import { scan } from '../../scan/scan.ts';
import { createInOrder } from '../in-order.ts';
import { commonFilters } from './common-filter.ts';

/** One of the two policies. */
export interface Side {
  policy: Policy;
  documents: AsyncDocumentReader;
  sources: readonly IssueSource[];
}

/** What changes for one issue; issues for which nothing changes are only counted. */
export interface IssueChange {
  ref: string;
  url: string;
  title: string;
  confidential: boolean;
  /** Whether the policy takes it for a KR. */
  selected: { before: boolean; after: boolean };
  gained: Finding[];
  lost: Finding[];
  /** User names: whom the comment would address. */
  people: { before: string[]; after: string[] };
}

export interface PolicyChange {
  /** In the order in which the issues were read. */
  issues: IssueChange[];
  setFindings: { gained: SetFinding[]; lost: SetFinding[] };
  totals: {
    read: number;
    /** Issues for which something changes. */
    changed: number;
    /** Findings of all issues, and those over several KRs. */
    gained: number;
    lost: number;
    /** Findings that stay the same, but are made in other words. */
    reworded: number;
  };
  failures: SourceFailure[];
  warnings: string[];
}

export interface CompareOptions {
  before: Side;
  after: Side;
  reader: IssueReader;
  /** ISO 8601 instant */
  now: string;
}

/**
 * Runs two policies over the same issues, each read once; nothing is written and no comments are read. Only what
 * differs is kept.
 * @throws GatewayError when it is fatal: wrong token, missing scope
 */
export async function comparePolicies(options: CompareOptions): Promise<PolicyChange> {
  const { before, after, reader, now } = options;
  const failures: SourceFailure[] = [];
  const unread: SourceFailure[] = [];
  const keys: Record<'before' | 'after', KrKeys[]> = { before: [], after: [] };
  const members = memberLookup(reader, (failure) => failures.push(failure));
  const issues: IssueChange[] = [];
  const totals = { read: 0, changed: 0, gained: 0, lost: 0, reworded: 0 };
  // In the order of reading, so that two comparisons say the same.
  const inOrder = createInOrder<Compared>(after.policy.settings.limits.concurrency, (compared) => {
    for (const side of ['before', 'after'] as const)
      if (compared.keys[side]) keys[side].push(compared.keys[side]);
    totals.reworded += compared.reworded;
    const { change } = compared;
    if (!change) return;
    issues.push(change);
    totals.changed += 1;
    totals.gained += change.gained.length;
    totals.lost += change.lost.length;
  });
  for await (const { issue, sides } of issuesOf(options, unread)) {
    totals.read += 1;
    await inOrder.begin(async () => {
      const people = await members(issue.projectId, issue.description);
      const known = people?.all;
      const facts = issueFacts(issue, people);
      const evaluated = {
        before: sides.before ? await evaluateSide(before, issue, facts, now) : null,
        after: sides.after ? await evaluateSide(after, issue, facts, now) : null,
      };
      return {
        change: changeOf(issue, evaluated, options, known),
        reworded: countReworded(evaluated.before?.findings ?? [], evaluated.after?.findings ?? []),
        keys: { before: evaluated.before?.keys ?? null, after: evaluated.after?.keys ?? null },
      };
    });
  }
  await inOrder.end();
  // A gap that shows on one side only because the other could not be read to its end is not a change.
  const reading = unread.length > 0 ? 'partial' : 'whole';
  const found = {
    before: checkSets(before.policy, keys.before, reading),
    after: checkSets(after.policy, keys.after, reading),
  };
  const findings = { before: [...found.before.findings], after: [...found.after.findings] };
  const setFindings = {
    gained: without(findings.after, findings.before),
    lost: without(findings.before, findings.after),
  };
  totals.gained += setFindings.gained.length;
  totals.lost += setFindings.lost.length;
  const warnings = [...new Set([...found.before.warnings, ...found.after.warnings])];
  return { issues, setFindings, totals, failures: [...failures, ...unread], warnings };
}

interface Evaluated {
  findings: Finding[];
  /** Null where no set rule wants them. */
  keys: KrKeys | null;
}

interface Compared {
  change: IssueChange | null;
  reworded: number;
  keys: { before: KrKeys | null; after: KrKeys | null };
}

interface Met {
  issue: Issue;
  sides: { before: boolean; after: boolean };
}

/**
 * The issues that either policy selects, each once. A source that both name is listed once, with a filter that lets
 * through what either wants; each policy then decides for itself.
 */
async function* issuesOf(
  { before, after, reader, now }: CompareOptions,
  failures: SourceFailure[],
): AsyncIterable<Met> {
  const wants = (side: Side, source: IssueSource) =>
    side.sources.some((each) => sourceKey(each) === sourceKey(source));
  const sources = new Map([...after.sources, ...before.sources].map((source) => [sourceKey(source), source]));
  // A group and a project in it may meet the same issue; the sides it was evaluated for then add up.
  const met = sources.size > 1 ? new Map<number, Met['sides']>() : null;
  for (const source of sources.values()) {
    const named = { before: wants(before, source), after: wants(after, source) };
    const policies = [...(named.before ? [before.policy] : []), ...(named.after ? [after.policy] : [])];
    for (const filter of commonFilters(policies.map((policy) => policy.filter))) {
      const everything: Policy = { ...after.policy, filter, unselected: () => null };
      for await (const scanned of scan([source], everything, reader, now)) {
        if ('failure' in scanned) {
          failures.push(scanned.failure);
          continue;
        }
        const { issue } = scanned;
        const earlier = met?.get(issue.id) ?? { before: false, after: false };
        const is = (side: 'before' | 'after', { policy }: Side) =>
          named[side] && !earlier[side] && policy.unselected(issue, now) === null;
        const sides = { before: is('before', before), after: is('after', after) };
        met?.set(issue.id, { before: earlier.before || sides.before, after: earlier.after || sides.after });
        if (sides.before || sides.after) yield { issue, sides };
      }
    }
  }
}

function sourceKey(source: IssueSource): string {
  return JSON.stringify(source);
}

async function evaluateSide(side: Side, issue: Issue, facts: IssueFacts, now: string): Promise<Evaluated> {
  const { document, findings } = await assess(
    { kind: mainKind, source: issue.description, facts },
    side,
    now,
  );
  return { findings, keys: side.policy.setRules.length > 0 ? krKeys(document, facts, issue.ref) : null };
}

function changeOf(
  issue: Issue,
  evaluated: { before: Evaluated | null; after: Evaluated | null },
  options: CompareOptions,
  members: ReadonlySet<string> | undefined,
): IssueChange | null {
  const [before, after] = [evaluated.before?.findings ?? [], evaluated.after?.findings ?? []];
  const gained = without(after, before, comparisonKey);
  const lost = without(before, after, comparisonKey);
  const addressed = (side: Side, findings: readonly Finding[]) => {
    const nudging = findings.filter((finding) => finding.severity !== 'info');
    return nudging.length === 0
      ? []
      : responsiblePeople(side.policy.settings.comment.greet, issue, nudging, {
          botUserId: null,
          ...(members === undefined ? {} : { members }),
        });
  };
  const selected = { before: evaluated.before !== null, after: evaluated.after !== null };
  const people = { before: addressed(options.before, before), after: addressed(options.after, after) };
  const isSame =
    gained.length + lost.length === 0 &&
    selected.before === selected.after &&
    people.before.join() === people.after.join();
  if (isSame) return null;
  const { ref, url, title, confidential } = issue;
  return {
    ref,
    url,
    title,
    confidential,
    selected,
    gained,
    lost,
    people,
  };
}

/** The finding's key with how much it matters and where it is: the text is the same for both policies. */
export function comparisonKey(finding: Finding): string {
  return JSON.stringify([findingKey(finding), finding.severity, finding.place]);
}

/** How many findings of both sides are the same, but are made in other words. */
function countReworded(before: readonly Finding[], after: readonly Finding[]): number {
  const worded = (finding: Finding) =>
    `${comparisonKey(finding)} ${JSON.stringify([finding.message, finding.hint])}`;
  return without(after, before, worded).length - without(after, before, comparisonKey).length;
}

/** The items of `list` that `others` does not have, counted: two of a kind need two to go. */
export function without<T>(
  list: readonly T[],
  others: readonly T[],
  key: (item: T) => string = JSON.stringify,
): T[] {
  const left = new Map<string, number>();
  for (const other of others) left.set(key(other), (left.get(key(other)) ?? 0) + 1);
  return list.filter((item) => {
    const count = left.get(key(item)) ?? 0;
    left.set(key(item), count - 1);
    return count <= 0;
  });
}
