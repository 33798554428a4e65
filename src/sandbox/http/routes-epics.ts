import { epicEntity, epicIssues } from '../world/epics.ts';
import { errors } from '../world/errors.ts';
import type { Epic, Group } from '../world/types.ts';
import { type Call, findGroup, ok, pathInteger, requireUser } from './context.ts';
import { slicePage } from './paging.ts';
import type { Reply } from './reply.ts';

/** Epics take a paid tier: 403 without it. A token of a project sees no group: 404, as for one that is not there. */
function findEpic(call: Call): { group: Group; epic: Epic } {
  requireUser(call);
  const group = findGroup(call);
  if (call.world.settings.tier === 'free') throw errors.forbidden();
  const epic = group.epics.get(pathInteger(call, 'epic_iid'));
  if (!epic || (epic.confidential && !isMember(call, group))) throw errors.notFound();
  return { group, epic };
}

function isMember({ world, actor }: Call, group: Group): boolean {
  for (let at: Group | undefined = group; at; at = world.groups.get(at.parentId ?? -1)) {
    if (actor.user && at.members.has(actor.user.id)) return true;
  }
  return false;
}

export function getEpic(call: Call): Reply {
  const { group, epic } = findEpic(call);
  return ok(epicEntity(call.world, group, epic));
}

export function listEpicIssues(call: Call): Reply {
  const { epic } = findEpic(call);
  const { rows, headers } = slicePage(call, epicIssues(call.world, call.actor, epic));
  return ok(rows, headers);
}
