import { canAdminIssue, readableIssue, requireWritable } from '../world/access.ts';
import { issueEntity, timestamp } from '../world/entities.ts';
import { errors } from '../world/errors.ts';
import type { Issue, IssueLink, World } from '../world/types.ts';
import { type Call, findIssue, ok, pathInteger, requireUser } from './context.ts';
import { oneOf, required } from './params.ts';
import type { Reply } from './reply.ts';

function linkType(link: IssueLink, from: Issue): string {
  if (link.type === 'relates_to') return 'relates_to';
  return link.sourceId === from.id ? 'blocks' : 'is_blocked_by';
}

function linkEntity(world: World, link: IssueLink): Record<string, unknown> {
  const source = world.issues.get(link.sourceId);
  const target = world.issues.get(link.targetId);
  if (!source || !target) throw errors.notFound();
  return {
    id: link.id,
    source_issue: issueEntity(world, source),
    target_issue: issueEntity(world, target),
    link_type: link.type,
  };
}

export function listLinks(call: Call): Reply {
  const { issue } = findIssue(call);
  const { world } = call;
  const body = [...world.links.values()].flatMap((link) => {
    if (link.sourceId !== issue.id && link.targetId !== issue.id) return [];
    const otherId = link.sourceId === issue.id ? link.targetId : link.sourceId;
    const other = readableIssue(world, call.actor, otherId);
    if (!other) return [];
    return [
      {
        ...issueEntity(world, other),
        issue_link_id: link.id,
        link_type: linkType(link, issue),
        link_created_at: timestamp(world, link.createdAt),
        link_updated_at: timestamp(world, link.createdAt),
      },
    ];
  });
  return ok(body);
}

/** Blocking needs a licence. */
export function postLink(call: Call): Reply {
  const user = requireUser(call);
  const { project, issue } = findIssue(call);
  const { world } = call;
  const wanted = required(call.params, 'target_project_id');
  const iid = required(call.params, 'target_issue_iid');
  const type = oneOf(call.params, 'link_type', ['relates_to', 'blocks', 'is_blocked_by']) ?? 'relates_to';
  requireWritable(project);
  if (!canAdminIssue(world, project, user)) throw errors.forbidden();
  if (type !== 'relates_to' && world.settings.tier === 'free') {
    throw errors.licence('Blocked issues not available for current license');
  }
  const id = /^\d+$/.test(wanted) ? Number(wanted) : world.paths.get(wanted.toLowerCase())?.id;
  const home = world.projects.get(id ?? -1);
  const target = readableIssue(world, call.actor, home?.issues.get(Number(iid))?.id ?? -1);
  if (!target) throw errors.notFound();
  const pair = new Set([issue.id, target.id]);
  if ([...world.links.values()].some((link) => pair.has(link.sourceId) && pair.has(link.targetId))) {
    throw errors.conflict('Issue(s) already assigned');
  }
  const [source, sink] = type === 'is_blocked_by' ? [target, issue] : [issue, target];
  const link: IssueLink = {
    id: world.nextId++,
    sourceId: source.id,
    targetId: sink.id,
    type: type === 'relates_to' ? 'relates_to' : 'blocks',
    createdAt: world.clock.now().getTime(),
  };
  world.links.set(link.id, link);
  return { status: 201, body: linkEntity(world, link) };
}

function findLink(call: Call, issue: Issue): IssueLink {
  const link = call.world.links.get(pathInteger(call, 'issue_link_id'));
  if (!link || (link.sourceId !== issue.id && link.targetId !== issue.id)) throw errors.notFound();
  return link;
}

export function getLink(call: Call): Reply {
  const { issue } = findIssue(call);
  return ok(linkEntity(call.world, findLink(call, issue)));
}

export function removeLink(call: Call): Reply {
  const user = requireUser(call);
  const { project, issue } = findIssue(call);
  requireWritable(project);
  if (!canAdminIssue(call.world, project, user)) throw errors.forbidden();
  const link = findLink(call, issue);
  const body = linkEntity(call.world, link);
  call.world.links.delete(link.id);
  return ok(body);
}
