import { accessLevel, canCreateLabels, canSeeProject, isInGroup, requireWritable } from '../world/access.ts';
import {
  currentUser,
  labelBasic,
  milestoneEntity,
  timestamp,
  tokenSelf,
  userBasic,
  userProfile,
} from '../world/entities.ts';
import { errors } from '../world/errors.ts';
import { createLabel, labelsOf } from '../world/labels.ts';
import { allMembers } from '../world/notify.ts';
import type { Label, Project, World } from '../world/types.ts';
import { isExpired } from './auth.ts';
import { type Call, findGroup, findProject, ok, pathInteger, requireUser } from './context.ts';
import { okPage } from './paging.ts';
import { boolean, integers, oneOf, required, text } from './params.ts';
import type { Reply } from './reply.ts';

export function getUser(call: Call): Reply {
  return ok(currentUser(call.world, requireUser(call)));
}

/** Works with `read_api` for all kinds of token: the cheapest start-up check. */
export function getTokenSelf(call: Call): Reply {
  const { token, world } = call;
  if (!token) throw errors.unauthorized();
  return ok(tokenSelf(world, token, !token.revoked && !isExpired(world, token)));
}

export function listUsers(call: Call): Reply {
  const { world } = call;
  const username = text(call.params, 'username')?.toLowerCase();
  if (!call.actor.user && !username) throw errors.forbidden();
  const search = text(call.params, 'search')?.toLowerCase();
  const humans = boolean(call.params, 'humans') ?? false;
  const withoutBots = boolean(call.params, 'without_project_bots') ?? false;
  const rows = [...world.users.values()].filter(
    (user) =>
      (username === undefined || user.username.toLowerCase() === username) &&
      (search === undefined || `${user.username} ${user.name}`.toLowerCase().includes(search)) &&
      !((humans || withoutBots) && user.bot) &&
      !(boolean(call.params, 'active') && user.state !== 'active') &&
      !(boolean(call.params, 'blocked') && user.state !== 'blocked'),
  );
  return okPage(call, rows, (user) => userBasic(world, user.id));
}

export function getUserById(call: Call): Reply {
  call.limits.action('users', call.actor.user);
  const user = call.world.users.get(pathInteger(call, 'id'));
  if (!user) throw errors.notFound('User');
  return ok(userProfile(call.world, user));
}

export function getProject(call: Call): Reply {
  call.limits.action('projects', call.actor.user);
  const project = findProject(call);
  return ok(projectEntity(call, project));
}

/** `GET /groups/:id/projects`: those of subgroups with `include_subgroups` only. */
export function groupProjects(call: Call): Reply {
  call.limits.action('groupProjects', call.actor.user);
  const group = findGroup(call);
  const { world, actor } = call;
  const below = boolean(call.params, 'include_subgroups') ?? false;
  const archived = boolean(call.params, 'archived');
  const rows = [...world.projects.values()].filter(
    (project) =>
      (below ? isInGroup(world, project.groupId, group.id) : project.groupId === group.id) &&
      (archived === undefined || project.archived === archived) &&
      canSeeProject(world, actor, project),
  );
  const isAscending = oneOf(call.params, 'sort', ['asc', 'desc']) === 'asc';
  rows.sort((a, b) => (isAscending ? a.id - b.id : b.id - a.id));
  return okPage(call, rows, (project) => projectEntity(call, project));
}

function projectEntity(call: Call, project: Project): Record<string, unknown> {
  const { world } = call;
  const group = world.groups.get(project.groupId);
  const user = call.actor.user;
  const own = user ? project.members.get(user.id) : undefined;
  const level = accessLevel(world, project, user);
  const openIssues = [...project.issues.values()].filter((issue) => issue.state === 'opened').length;
  return {
    id: project.id,
    description: null,
    name: project.name,
    name_with_namespace: `${project.path.split('/').slice(0, -1).join(' / ')} / ${project.name}`,
    path: project.path.split('/').at(-1),
    path_with_namespace: project.path,
    created_at: timestamp(world, project.createdAt),
    default_branch: 'main',
    web_url: `${world.origin}/${project.path}`,
    avatar_url: null,
    star_count: 0,
    last_activity_at: timestamp(world, world.clock.now().getTime()),
    visibility: project.visibility,
    namespace: {
      id: project.groupId,
      name: group?.name ?? '',
      path: group?.path.split('/').at(-1) ?? '',
      kind: 'group',
      full_path: group?.path ?? '',
      web_url: `${world.origin}/groups/${group?.path}`,
    },
    empty_repo: false,
    archived: project.archived,
    issues_enabled: project.issuesEnabled,
    issues_access_level: project.issuesEnabled ? 'enabled' : 'disabled',
    open_issues_count: openIssues,
    issues_template: null,
    permissions: {
      project_access: own ? { access_level: own, notification_level: 3 } : null,
      group_access: level > 0 && !own ? { access_level: level, notification_level: 3 } : null,
    },
  };
}

/** Direct members, or with `all` the inherited ones too. */
export function listMembers(call: Call, inherited: boolean): Reply {
  const project = findProject(call);
  const { world } = call;
  const query = text(call.params, 'query')?.toLowerCase();
  const ids = integers(call.params, 'user_ids');
  const rows = allMembers(world, project, inherited).filter(
    ({ user }) =>
      (!query || `${user.username} ${user.name}`.toLowerCase().includes(query)) &&
      (!ids || ids.length === 0 || ids.includes(user.id)),
  );
  return okPage(call, rows, ({ user, level }) => ({
    ...userBasic(world, user.id),
    access_level: level,
    created_at: timestamp(world, user.createdAt),
    expires_at: null,
    membership_state: 'active',
  }));
}

export function listLabels(call: Call): Reply {
  const project = findProject(call);
  const { world } = call;
  const withAncestors = boolean(call.params, 'include_ancestor_groups') ?? true;
  const withCounts = boolean(call.params, 'with_counts') ?? false;
  const archived = boolean(call.params, 'archived');
  const search = text(call.params, 'search')?.toLowerCase();
  const rows = labelsOf(world, project, withAncestors)
    .filter((label) => archived === undefined || label.archived === archived)
    .filter((label) => !search || label.name.toLowerCase().includes(search))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id - b.id));
  return okPage(call, rows, (label) => labelEntity(world, project, label, withCounts));
}

function labelEntity(
  world: World,
  project: Project,
  label: Label,
  withCounts = false,
): Record<string, unknown> {
  const carrying = withCounts
    ? [...project.issues.values()].filter((issue) => issue.labelIds.includes(label.id))
    : [];
  const closed = carrying.filter((issue) => issue.state === 'closed').length;
  return {
    ...labelBasic(label),
    ...(withCounts
      ? {
          open_issues_count: carrying.length - closed,
          closed_issues_count: closed,
          open_merge_requests_count: 0,
        }
      : {}),
    subscribed: false,
    priority: null,
    is_project_label: label.projectId !== null,
  };
}

export function postLabel(call: Call): Reply {
  const user = requireUser(call);
  const project = findProject(call);
  const name = required(call.params, 'name');
  const color = required(call.params, 'color');
  requireWritable(project);
  if (!canCreateLabels(call.world, project, user)) throw errors.forbidden();
  if (name.trim() === '' || name.includes(',')) throw errors.invalid({ title: ['is invalid'] });
  if (!/^(?:#[0-9a-f]{3}|#[0-9a-f]{6}|[a-z]+)$/i.test(color)) {
    throw errors.invalid({ color: ['must be a valid color code'] });
  }
  if (labelsOf(call.world, project).some((label) => label.name === name)) {
    throw errors.conflict('Label already exists');
  }
  const label = createLabel(call.world, project, name, color);
  label.description = text(call.params, 'description') ?? null;
  return { status: 201, body: labelEntity(call.world, project, label) };
}

export function listMilestones(call: Call): Reply {
  const project = findProject(call);
  const { world } = call;
  const state = oneOf(call.params, 'state', ['active', 'closed', 'all']) ?? 'all';
  const title = text(call.params, 'title');
  const search = text(call.params, 'search')?.toLowerCase();
  const iids = integers(call.params, 'iids') ?? [];
  const inherited = boolean(call.params, 'include_ancestors') ?? false;
  const groups = [...world.groups.values()].filter((group) => isInGroup(world, project.groupId, group.id));
  const rows = [
    ...project.milestones,
    ...(inherited ? groups.flatMap((group) => group.milestones) : []),
  ].filter(
    (milestone) =>
      (state === 'all' || milestone.state === state) &&
      (title === undefined || milestone.title === title) &&
      (!search || milestone.title.toLowerCase().includes(search)) &&
      (iids.length === 0 || iids.includes(milestone.iid)),
  );
  return okPage(call, rows, (milestone) => milestoneEntity(world, milestone));
}

/** `GET /version` and `GET /metadata` answer alike. */
export function getMetadata(call: Call): Reply {
  requireUser(call);
  return ok({
    version: call.world.settings.version,
    revision: 'sandbox',
    kas: { enabled: false, externalUrl: null, externalK8sProxyUrl: null, version: null },
    enterprise: call.world.settings.tier !== 'free',
  });
}
