import { epicEntity, epicIssues, epicWorkItem, workItemOf } from '../world/epics.ts';
import { errors } from '../world/errors.ts';
import { groupsFrom } from '../world/namespaces.ts';
import type { Epic, Group } from '../world/types.ts';
import { type Call, findGroup, ok, pathInteger, requireUser } from './context.ts';
import { keysetHeaders, okPage, pageOf } from './paging.ts';
import type { Reply } from './reply.ts';

/** Epics take a paid tier: 403 without it. A token of a project sees no group: 404, as for one that is not there. */
function findEpic(call: Call): { group: Group; epic: Epic } {
  requireUser(call);
  const group = findGroup(call);
  if (!call.world.settings.epicsApi) throw errors.notFound();
  if (call.world.settings.tier === 'free') throw errors.forbidden();
  return { group, epic: epicIn(call, group, 'epic_iid') };
}

/** The same epic as a work item: 403 while the feature flag is off, 404 for all that may not be read. */
function findWorkItem(call: Call): { group: Group; epic: Epic } {
  requireUser(call);
  if (!call.world.settings.workItemsApi) throw errors.forbidden();
  const group = findGroup(call);
  if (call.world.settings.tier === 'free') throw errors.notFound();
  return { group, epic: epicIn(call, group, 'work_item_iid') };
}

function epicIn(call: Call, group: Group, parameter: string): Epic {
  const epic = group.epics.get(pathInteger(call, parameter));
  if (!epic || (epic.confidential && !isMember(call, group))) throw errors.notFound();
  return epic;
}

function isMember({ world, actor }: Call, group: Group): boolean {
  const { user } = actor;
  return user !== null && groupsFrom(world, group.id).some(({ members }) => members.has(user.id));
}

export function getEpic(call: Call): Reply {
  const { group, epic } = findEpic(call);
  return ok(epicEntity(call.world, group, epic));
}

export function listEpicIssues(call: Call): Reply {
  const { epic } = findEpic(call);
  return okPage(call, epicIssues(call.world, call.actor, epic), (row) => row);
}

export function getWorkItem(call: Call): Reply {
  const { group, epic } = findWorkItem(call);
  return ok(epicWorkItem(call.world, group, epic));
}

/** By a cursor; what may not be read is left out after the page is cut, so pages may be short. */
export function listWorkItemChildren(call: Call): Reply {
  const { epic } = findWorkItem(call);
  const { size } = pageOf(call);
  const start = Number(call.params.get('cursor') ?? 0);
  const page = { ...epic, issueIds: epic.issueIds.slice(start, start + size) };
  const rows = epicIssues(call.world, call.actor, page).map(workItemOf);
  const cursor = start + size < epic.issueIds.length ? String(start + size) : null;
  return ok(rows, keysetHeaders(call, size, cursor));
}
