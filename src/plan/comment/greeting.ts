import type { Finding } from '../../model/finding.ts';
import type { Issue, User } from '../../model/issue.ts';
import type { CommentPolicy } from '../../model/policy.ts';
import { code, isUserName, mention } from '../../text/markdown-escape.ts';
import { stateLimits } from '../limits.ts';
import type { NudgeState } from '../marker.ts';

/** How many people one comment mentions at most; an issue with more has no DRI at all. */
const MENTIONS = 10;

export interface Greeting {
  /** Each as Markdown, a mention or a name in code; empty when no one is addressed. */
  names: string[];
  greeted: string[];
  mentioned: string[];
}

/**
 * Whom the comment addresses. A name is a live mention only while it is new or has stood there all the time: GitLab
 * then notifies everyone once (docs/gitlab.md §11). Someone who was greeted before and comes back is named in code.
 */
export function greet(responsible: readonly string[], before: NudgeState | null): Greeting {
  const greeted = before?.greeted ?? [];
  const standing = lowerCase(before?.mentioned ?? []);
  const known = lowerCase(greeted);
  const shown: string[] = [];
  const mentioned: string[] = [];
  for (const name of responsible.slice(0, MENTIONS)) {
    const key = name.toLowerCase();
    const live = standing.has(key) || !known.has(key) ? mention(name) : null;
    if (live !== null) mentioned.push(name);
    shown.push(live ?? code(name));
  }
  const added = mentioned.filter((name) => !known.has(name.toLowerCase()));
  return { names: shown, greeted: [...greeted, ...added].slice(-stateLimits.people), mentioned };
}

/** Who there is to be asked. Names are compared in lower case. */
export interface People {
  /** Members of the project; left out: not known. */
  members?: ReadonlySet<string> | undefined;
  /** Accounts that are blocked or gone: no one reads there. */
  inactive?: ReadonlySet<string> | undefined;
  botUserId: number | null;
}

/**
 * The people whom the policy wants to be greeted, by user name, each once. Names from a text count only when they are
 * assignees or members of the project: a mention must never reach someone who has nothing to do with it. Of those who
 * cannot read it no one is greeted; where that leaves no one, the next who is responsible is asked instead.
 */
export function responsiblePeople(
  policy: CommentPolicy['greet'],
  issue: Issue,
  findings: readonly Finding[],
  people: People,
): string[] {
  return policy === 'nobody' ? [] : responsibleIn(involvedIn(issue, people), policy, findings, people);
}

/** The DRIs of a milestone for what is its own, the overall DRI for the rest, the author where there is none. */
export function responsibleOn(issue: Issue, people: People): (finding: Finding) => string[] {
  const involved = involvedIn(issue, people);
  return (finding) => responsibleIn(involved, 'dris', [finding], people);
}

function responsibleIn(
  involved: Involved,
  policy: Exclude<CommentPolicy['greet'], 'nobody'>,
  findings: readonly Finding[],
  people: People,
): string[] {
  if (policy === 'assignees') return overall(involved, findings, people);
  let known: readonly string[] | null = null;
  const overallOnce = (): readonly string[] => (known ??= overall(involved, findings, people));
  const wanted =
    policy === 'author'
      ? involved.author
      : findings.flatMap(({ people: own }) => (own.length === 0 ? overallOnce() : own));
  const found = reachable(wanted, involved, people);
  return found.length > 0 || wanted.length === 0 ? found : [...overallOnce()];
}

/** Who has to do with an issue besides those whom its text names. */
interface Involved {
  assignees: readonly string[];
  author: readonly string[];
  /** All of them, in lower case. */
  all: ReadonlySet<string>;
}

function involvedIn(issue: Issue, { botUserId }: People): Involved {
  const isPerson = (user: User): boolean => user.id !== botUserId && user.bot !== true;
  const assignees = issue.assignees.filter(isPerson).map((user) => user.username);
  const author = isPerson(issue.author) ? [issue.author.username] : [];
  return { assignees, author, all: lowerCase([...assignees, ...author]) };
}

/** Where no one is assigned, someone has to hear of it: the author can assign it. */
function overall(involved: Involved, findings: readonly Finding[], people: People): string[] {
  const { assignees, author } = involved;
  const assigned = reachable(assignees, involved, people);
  if (assigned.length > 0) return assigned;
  const dris = assignees.length === 0 ? [] : findings.flatMap((finding) => finding.people);
  const named = reachable(dris, involved, people);
  return named.length > 0 ? named : reachable(author, involved, people);
}

/** Those of the names that may be mentioned and read it, each once. */
function reachable(names: readonly string[], { all }: Involved, { members, inactive }: People): string[] {
  const found: string[] = [];
  const once = new Set<string>();
  for (const name of names) {
    const key = name.toLowerCase();
    if (once.has(key) || inactive?.has(key) === true) continue;
    if (!isUserName(name) || !(all.has(key) || members?.has(key) === true)) continue;
    once.add(key);
    found.push(name);
  }
  return found;
}

function lowerCase(names: readonly string[]): Set<string> {
  return new Set(names.map((name) => name.toLowerCase()));
}
