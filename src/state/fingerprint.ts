import { createHash } from 'node:crypto';
import type { Issue } from '../model/issue.ts';

/**
 * Everything the list shows of an issue but when it was last changed, as 32 hexadecimal digits. A deleted comment
 * shows in `userNotesCount` alone, an edited one in `updatedAt` alone (docs/gitlab.md §24).
 */
export function fingerprintOf(issue: Issue): string {
  const { updatedAt: _, url: _url, assignees, author, labels, ...rest } = issue;
  const seen = {
    ...rest,
    author: author.username,
    assignees: assignees.map(({ username }) => username),
    labels: labels.toSorted(),
  };
  const facts = Object.entries(seen).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32);
}

/** GitLab touches an issue a moment after the comment that is the reason; its clock counts milliseconds. */
const touchMs = 1_000;

/**
 * Whether nothing but our own write has moved the time of the last change.
 * @param kept ISO 8601 instant as it was when the issue was read
 * @param ownWriteAt ISO 8601 instant of our last write after that; null: none
 */
export function isUntouched(updatedAt: string, kept: string, ownWriteAt: string | null): boolean {
  if (updatedAt === kept) return true;
  return ownWriteAt !== null && Date.parse(updatedAt) <= Date.parse(ownWriteAt) + touchMs;
}
