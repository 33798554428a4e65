import type { Finding } from '../../model/finding.ts';
import type { Issue } from '../../model/issue.ts';
import type { CommentPolicy } from '../../model/policy.ts';
import { code, isUserName, mention } from '../../text/markdown-escape.ts';
import { type NudgeState, stateLimits } from '../marker.ts';

/** How many people one comment mentions at most; an issue with more has no DRI at all. */
const MENTIONS = 10;

export interface Greeting {
  /** `@alice and @bob`, or '' when nobody is addressed. */
  text: string;
  greeted: string[];
  mentioned: string[];
}

/**
 * Whom the comment addresses. A name is a live mention only while it is new or has stood there all the time: GitLab
 * then notifies everybody once (FACTS §11). Somebody who was greeted before and comes back is named in code.
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
  return { text: enumerate(shown), greeted: [...greeted, ...added].slice(-stateLimits.people), mentioned };
}

/**
 * The people whom the policy wants to be greeted, by user name, each once. Names from a text count only when they
 * are assignees or members of the project: a mention must never reach somebody who has nothing to do with it.
 */
export function responsiblePeople(
  policy: CommentPolicy['greet'],
  issue: Issue,
  findings: readonly Finding[],
  members: ReadonlySet<string> | undefined,
  botUserId: number | null,
): string[] {
  const assignees = issue.assignees.filter((user) => user.id !== botUserId).map((user) => user.username);
  const author = issue.author.id === botUserId ? [] : [issue.author.username];
  // Where nobody is assigned, somebody has to hear of it: whoever opened the issue can assign it.
  const overall = assignees.length > 0 ? assignees : author;
  const wanted = {
    nobody: () => [],
    author: () => author,
    assignees: () => overall,
    dris: () => findings.flatMap((finding) => (finding.people.length === 0 ? overall : finding.people)),
  }[policy]();
  const involved = lowerCase([...assignees, ...author]);
  const once = new Map<string, string>();
  for (const name of wanted) {
    const key = name.toLowerCase();
    const may = isUserName(name) && (involved.has(key) || members?.has(key) === true);
    if (may && !once.has(key)) once.set(key, name);
  }
  return [...once.values()];
}

function lowerCase(names: readonly string[]): Set<string> {
  return new Set(names.map((name) => name.toLowerCase()));
}

function enumerate(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
