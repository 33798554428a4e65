import { type Actor, canReadIssue, canSeeGroup, canSeeProject } from '../world/access.ts';
import { errors } from '../world/errors.ts';
import {
  ApiError,
  type Group,
  type Issue,
  type Project,
  type Token,
  type User,
  type World,
} from '../world/types.ts';
import type { Params } from './params.ts';
import type { RateLimits } from './rate-limit.ts';
import type { Reply } from './reply.ts';

/** What a handler gets. */
export interface Call {
  world: World;
  method: string;
  /** Path below the host, without query. */
  pathname: string;
  params: Params;
  /** Path parameters, decoded. */
  path: (name: string) => string;
  actor: Actor;
  token: Token | null;
  header: (name: string) => string | null;
  limits: RateLimits;
}

export type Handler = (call: Call) => Reply;

export const ok = (body: unknown, headers: Record<string, string> = {}): Reply => ({
  status: 200,
  body,
  headers,
});

export function requireUser(call: Call): User {
  if (!call.actor.user) throw errors.unauthorized();
  return call.actor.user;
}

/** By numeric id or full path; hidden and missing look alike. A former path answers 301 to GET and 405 to the rest. */
export function findProject(call: Call): Project {
  const { world } = call;
  const wanted = call.path('id');
  const entry = world.paths.get(wanted.toLowerCase());
  const id = /^\d+$/.test(wanted) ? Number(wanted) : entry?.kind === 'project' ? entry.id : undefined;
  const project = id === undefined ? undefined : world.projects.get(id);
  if (project && canSeeProject(world, call.actor, project)) return project;
  const formerId = project ? undefined : world.formerPaths.get(wanted.toLowerCase());
  const former = formerId === undefined ? undefined : world.projects.get(formerId);
  if (former && canSeeProject(world, call.actor, former)) throw moved(call, former);
  throw errors.notFound('Project');
}

function moved(call: Call, project: Project): ApiError {
  if (call.method !== 'GET') return errors.notAllowed('Non GET methods are not allowed for moved projects');
  const path = call.pathname.replace(/^(\/api\/v4\/projects\/)[^/]+/, `$1${project.id}`);
  const location = `${call.world.origin}${path}`;
  const text = `This resource has been moved permanently to ${location}`;
  return new ApiError(301, text, { location, 'content-type': 'text/plain' });
}

export function findGroup(call: Call): Group {
  const { world } = call;
  const wanted = call.path('id');
  const entry = world.paths.get(wanted.toLowerCase());
  const id = /^\d+$/.test(wanted) ? Number(wanted) : entry?.kind === 'group' ? entry.id : undefined;
  const group = id === undefined ? undefined : world.groups.get(id);
  if (!group || !canSeeGroup(world, call.actor, group)) throw errors.notFound('Group');
  return group;
}

/** A project whose issues are switched on; 403 otherwise. */
export function findIssueProject(call: Call): Project {
  const project = findProject(call);
  if (!project.issuesEnabled) throw errors.forbidden();
  return project;
}

export function pathInteger(call: Call, name: string): number {
  const value = call.path(name);
  if (!/^\d{1,15}$/.test(value)) throw errors.badParameter(`${name} is invalid`);
  return Number(value);
}

export function findIssue(call: Call): { project: Project; issue: Issue } {
  const iid = pathInteger(call, 'issue_iid');
  const project = findIssueProject(call);
  const issue = project.issues.get(iid);
  if (!issue || !canReadIssue(call.world, project, call.actor.user, issue)) throw errors.notFound();
  return { project, issue };
}
