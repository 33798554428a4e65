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
  members?: ReadonlySet<string>;
  /** Accounts that are blocked or gone: no one reads there. */
  inactive?: ReadonlySet<string>;
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
  { members, inactive, botUserId }: People,
): string[] {
  if (policy === 'nobody') return [];
  const isPerson = (user: User): boolean => user.id !== botUserId && user.bot !== true;
  const assignees = issue.assignees.filter(isPerson).map((user) => user.username);
  const author = isPerson(issue.author) ? [issue.author.username] : [];
  const dris = findings.flatMap((finding) => finding.people);
  const involved = lowerCase([...assignees, ...author]);
  const reachable = (names: readonly string[]): string[] => {
    const once = new Map<string, string>();
    for (const name of names) {
      const key = name.toLowerCase();
      const may = isUserName(name) && (involved.has(key) || members?.has(key) === true);
      if (may && inactive?.has(key) !== true && !once.has(key)) once.set(key, name);
    }
    return [...once.values()];
  };
  // Where no one is assigned, someone has to hear of it: the author can assign it.
  const overall = [assignees, ...(assignees.length > 0 ? [dris] : []), author]
    .map(reachable)
    .find((names) => names.length > 0);
  const wanted = {
    author: () => author,
    assignees: () => overall ?? [],
    dris: () => findings.flatMap(({ people }) => (people.length === 0 ? (overall ?? []) : people)),
  }[policy]();
  const found = reachable(wanted);
  return found.length > 0 || wanted.length === 0 ? found : (overall ?? []);
}

function lowerCase(names: readonly string[]): Set<string> {
  return new Set(names.map((name) => name.toLowerCase()));
}
