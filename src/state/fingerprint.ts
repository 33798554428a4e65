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
