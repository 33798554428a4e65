import type { IssueSource } from '../../model/ports.ts';

/**
 * The sources that a preview may read for the new rules: those of the old ones, and what lies in them. A merge request
 * may name any project there is; the token of the job must not read it for someone who may not.
 */
export function knownSources(
  before: readonly IssueSource[],
  after: readonly IssueSource[],
): { sources: IssueSource[]; added: IssueSource[] } {
  const isKnown = (source: IssueSource) => before.some((each) => covers(each, source));
  return {
    sources: after.filter(isKnown),
    added: after.filter((source) => !isKnown(source)),
  };
}

/** What is said of sources that were not read; null: there are none. */
export function addedWords(added: readonly IssueSource[]): string | null {
  if (added.length === 0) return null;
  const names = added.map((source) =>
    'group' in source ? `group ${source.group}` : `project ${source.project}`,
  );
  return `Not read, since only the new rules name ${names.length === 1 ? 'it' : 'them'}: ${names.join(', ')}. What the change would do there is not shown; --project and --group name sources for both sides.`;
}

function covers(known: IssueSource, source: IssueSource): boolean {
  const path = pathOf('group' in source ? source.group : source.project);
  if (!('group' in known)) return 'project' in source && path === pathOf(known.project);
  const group = pathOf(known.group);
  // A number says nothing about where a project lies; and a project may bear the number of a group.
  const below = !/^\d+$/.test(path) && path.startsWith(`${group}/`);
  return below || ('group' in source && path === group);
}

/** GitLab does not tell paths apart by case. */
function pathOf(idOrPath: string | number): string {
  return String(idOrPath).toLowerCase();
}
