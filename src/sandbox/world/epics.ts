import type { EpicSeed } from '../seed.ts';
import { type Actor, readableIssue } from './access.ts';
import { issueEntity, timestamp } from './entities.ts';
import { projectAt } from './namespaces.ts';
import { type Epic, type Group, type Issue, SeedError, type World } from './types.ts';

/** Puts epics as they are written in a seed; their issues must be there already. */
export function addSeedEpics(world: World, group: Group, seeds: readonly EpicSeed[]): void {
  for (const { issues, iid, ...rest } of seeds) {
    addEpic(
      world,
      group,
      { ...rest, issueIds: issues.map((reference) => seedIssue(world, reference).id) },
      iid,
    );
  }
}

/** @returns the epic's number: the next one, unless it is given */
export function addEpic(
  world: World,
  group: Group,
  fields: Pick<Epic, 'title' | 'description' | 'state' | 'confidential' | 'issueIds'>,
  iid = Math.max(0, ...group.epics.keys()) + 1,
): number {
  const ids = { id: world.nextId++, iid, workItemId: world.nextId++ };
  group.epics.set(iid, { ...fields, ...ids, createdAt: world.clock.now().getTime() });
  return iid;
}

function seedIssue(world: World, reference: string): Issue {
  const [path = '', iid = ''] = reference.split('#');
  const issue = projectAt(world, path)?.issues.get(Number(iid));
  if (issue === undefined)
    throw new SeedError(`The seed names the issue "${reference}" but does not define it.`);
  return issue;
}

/** `GET /groups/:id/epics/:epic_iid` (doc/api/epics.md, 18.x): the keys in use, and those around them. */
export function epicEntity(world: World, group: Group, epic: Epic): Record<string, unknown> {
  return {
    id: epic.id,
    work_item_id: epic.workItemId,
    iid: epic.iid,
    group_id: group.id,
    parent_id: null,
    title: epic.title,
    description: epic.description,
    confidential: epic.confidential,
    state: epic.state,
    web_url: `${world.origin}/groups/${group.path}/-/epics/${epic.iid}`,
    references: {
      short: `&${epic.iid}`,
      relative: `&${epic.iid}`,
      full: `${group.path}&${epic.iid}`,
    },
    created_at: timestamp(world, epic.createdAt),
    updated_at: timestamp(world, epic.createdAt),
    closed_at: epic.state === 'closed' ? timestamp(world, epic.createdAt) : null,
    labels: [],
  };
}

/** The issues of an epic that the asker may read, in their order. */
export function epicIssues(world: World, actor: Actor, epic: Epic): Record<string, unknown>[] {
  return epic.issueIds.flatMap((id, position) => {
    const issue = readableIssue(world, actor, id);
    if (!issue) return [];
    return [{ ...issueEntity(world, issue), epic_issue_id: id, relative_position: position }];
  });
}

/** `GET /groups/:id/-/work_items/:work_item_iid` (work items REST, 19.x): the fields that are asked for. */
export function epicWorkItem(world: World, group: Group, epic: Epic): Record<string, unknown> {
  return {
    id: epic.workItemId,
    iid: epic.iid,
    title: epic.title,
    state: epic.state,
    reference: `${group.path}&${epic.iid}`,
    web_url: `${world.origin}/groups/${group.path}/-/work_items/${epic.iid}`,
  };
}

/** An issue, as the API of issues has it, as a work item. */
export function workItemOf(issue: Record<string, unknown>): Record<string, unknown> {
  const { id, iid, title, state, references, web_url } = issue;
  return { id, iid, title, state, reference: (references as { full: string }).full, web_url };
}
