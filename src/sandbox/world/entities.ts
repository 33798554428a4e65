import { atLeast } from '../settings.ts';
import { labelNames } from './labels.ts';
import type { Award, GitLabMilestone, Issue, Label, Note, Project, Token, User, World } from './types.ts';

/** An instant as the instance writes it: with milliseconds and its own zone. */
export function timestamp(world: World, at: number): string {
  const zone = world.settings.timeZone;
  if (zone === 'Z') return new Date(at).toISOString();
  const sign = zone.startsWith('-') ? -1 : 1;
  const minutes = sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)));
  return new Date(at + minutes * 60_000).toISOString().replace('Z', zone);
}

function maybe(world: World, at: number | null): string | null {
  return at === null ? null : timestamp(world, at);
}

export function userBasic(world: World, userId: number): Record<string, unknown> {
  const user = world.users.get(userId);
  if (!user) throw new Error(`No user ${userId}`);
  return {
    id: user.id,
    username: user.username,
    public_email: null,
    name: user.name,
    state: user.state,
    locked: false,
    avatar_url: `${world.origin}/uploads/-/system/user/avatar/${user.id}/avatar.png`,
    web_url: `${world.origin}/${user.username}`,
  };
}

export function userProfile(world: World, user: User): Record<string, unknown> {
  return {
    ...userBasic(world, user.id),
    created_at: timestamp(world, user.createdAt),
    bio: '',
    location: null,
    linkedin: '',
    website_url: '',
    job_title: '',
    pronouns: null,
    bot: user.bot,
    work_information: null,
    local_time: null,
    followers: 0,
    following: 0,
  };
}

export function currentUser(world: World, user: User): Record<string, unknown> {
  return {
    ...userProfile(world, user),
    email: `${user.username}@users.example.test`,
    commit_email: `${user.username}@users.example.test`,
    confirmed_at: timestamp(world, user.createdAt),
    last_sign_in_at: null,
    current_sign_in_at: null,
    last_activity_on: new Date(world.clock.now()).toISOString().slice(0, 10),
    projects_limit: 0,
    can_create_group: false,
    can_create_project: false,
    two_factor_enabled: false,
    external: false,
    private_profile: false,
    namespace_id: null,
  };
}

export function tokenSelf(world: World, token: Token, active: boolean): Record<string, unknown> {
  return {
    id: token.id,
    name: token.name,
    revoked: token.revoked,
    created_at: timestamp(world, token.createdAt),
    description: null,
    scopes: token.scopes,
    user_id: token.userId,
    last_used_at: timestamp(world, world.clock.now().getTime()),
    active,
    expires_at: token.expiresAt,
  };
}

export function labelBasic(label: Label): Record<string, unknown> {
  return {
    id: label.id,
    name: label.name,
    description: label.description,
    description_html: label.description ?? '',
    text_color: '#FFFFFF',
    color: label.color,
    archived: label.archived,
  };
}

export function milestoneEntity(world: World, milestone: GitLabMilestone): Record<string, unknown> {
  const { projectId, groupId } = milestone;
  const today = world.clock.now().toISOString().slice(0, 10);
  const home =
    projectId === null
      ? `groups/${world.groups.get(groupId ?? 0)?.path}`
      : `${world.projects.get(projectId)?.path}`;
  return {
    id: milestone.id,
    iid: milestone.iid,
    ...(projectId === null ? { group_id: groupId } : { project_id: projectId }),
    title: milestone.title,
    description: milestone.description ?? '',
    state: milestone.state,
    created_at: timestamp(world, milestone.createdAt),
    updated_at: timestamp(world, milestone.createdAt),
    due_date: milestone.dueDate,
    start_date: milestone.startDate,
    expired: milestone.dueDate !== null && milestone.dueDate < today,
    web_url: `${world.origin}/${home}/-/milestones/${milestone.iid}`,
  };
}

export function issueUrl(world: World, project: Project, issue: Issue): string {
  const kind = atLeast(world.settings.version, 19, 2) ? 'work_items' : 'issues';
  return `${world.origin}/${project.path}/-/${kind}/${issue.iid}`;
}

/** GitLab's own count of boxes in the description; `[~]` is not counted as done. */
function taskCompletion(description: string | null): { count: number; completed_count: number } {
  let count = 0;
  let completed = 0;
  for (const match of (description ?? '').matchAll(
    /^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[([ xX~])\][ \t]/gm,
  )) {
    count += 1;
    if (match[1] === 'x' || match[1] === 'X') completed += 1;
  }
  return { count, completed_count: completed };
}

export interface IssueView {
  labelDetails?: boolean;
  /** Only the single issue carries `subscribed`. */
  subscribedBy?: User | null;
  relativeTo?: number;
}

export function issueEntity(world: World, issue: Issue, view: IssueView = {}): Record<string, unknown> {
  const project = world.projects.get(issue.projectId);
  if (!project) throw new Error(`No project ${issue.projectId}`);
  const milestone = issue.milestoneId === null ? undefined : world.milestones.get(issue.milestoneId);
  const assignees = issue.assigneeIds.map((id) => userBasic(world, id));
  const tasks = taskCompletion(issue.description);
  const api = `${world.origin}/api/v4/projects/${project.id}`;
  const full = `${project.path}#${issue.iid}`;
  return {
    id: issue.id,
    iid: issue.iid,
    project_id: issue.projectId,
    title: issue.title,
    description: issue.description,
    state: issue.state,
    created_at: timestamp(world, issue.createdAt),
    updated_at: timestamp(world, issue.updatedAt),
    closed_at: maybe(world, issue.closedAt),
    closed_by: issue.closedById === null ? null : userBasic(world, issue.closedById),
    labels: view.labelDetails
      ? issue.labelIds.flatMap((id) => world.labels.get(id) ?? []).map(labelBasic)
      : labelNames(world, issue),
    milestone: milestone ? milestoneEntity(world, milestone) : null,
    assignees,
    author: userBasic(world, issue.authorId),
    type: issue.type.toUpperCase(),
    assignee: assignees[0] ?? null,
    user_notes_count: issue.userNotesCount,
    merge_requests_count: 0,
    upvotes: 0,
    downvotes: 0,
    start_date: null,
    due_date: issue.dueDate,
    confidential: issue.confidential,
    discussion_locked: issue.discussionLocked,
    issue_type: issue.type,
    web_url: issueUrl(world, project, issue),
    time_stats: {
      time_estimate: 0,
      total_time_spent: 0,
      human_time_estimate: null,
      human_total_time_spent: null,
    },
    task_completion_status: tasks,
    ...tierKeys(world, issue),
    has_tasks: tasks.count > 0,
    ...(tasks.count > 0
      ? { task_status: `${tasks.completed_count} of ${tasks.count} checklist items completed` }
      : {}),
    _links: {
      self: `${api}/issues/${issue.iid}`,
      notes: `${api}/issues/${issue.iid}/notes`,
      award_emoji: `${api}/issues/${issue.iid}/award_emoji`,
      project: api,
      closed_as_duplicate_of: null,
    },
    references: {
      short: `#${issue.iid}`,
      relative: view.relativeTo === undefined || view.relativeTo === project.id ? `#${issue.iid}` : full,
      full,
    },
    severity: 'UNKNOWN',
    ...(view.subscribedBy === undefined ? {} : { subscribed: issue.authorId === view.subscribedBy?.id }),
    moved_to_id: issue.movedToId,
    imported: false,
    imported_from: 'none',
    service_desk_reply_to: null,
  };
}

/** Keys of a paid tier are absent below it, not null. */
function tierKeys(world: World, issue: Issue): Record<string, unknown> {
  if (world.settings.tier === 'free') return {};
  const paid = {
    weight: issue.weight,
    blocking_issues_count: 0,
    epic_iid: null,
    epic: null,
    iteration: null,
  };
  return world.settings.tier === 'ultimate' ? { ...paid, health_status: null } : paid;
}

export function noteEntity(
  world: World,
  issue: Issue,
  note: Note,
  changes: object = {},
): Record<string, unknown> {
  const resolvable = note.type === 'DiscussionNote' && !note.system;
  return {
    id: note.id,
    type: note.type,
    body: note.body,
    attachment: null,
    author: userBasic(world, note.authorId),
    created_at: timestamp(world, note.createdAt),
    updated_at: timestamp(world, note.updatedAt),
    system: note.system,
    noteable_id: issue.id,
    noteable_type: 'Issue',
    project_id: issue.projectId,
    resolvable,
    ...(resolvable
      ? {
          resolved: note.resolvedAt !== null,
          resolved_by: note.resolvedById === null ? null : userBasic(world, note.resolvedById),
          resolved_at: maybe(world, note.resolvedAt),
        }
      : {}),
    confidential: note.internal,
    internal: note.internal,
    imported: false,
    imported_from: 'none',
    noteable_iid: issue.iid,
    commands_changes: changes,
  };
}

export function awardEntity(world: World, award: Award, noteId: number): Record<string, unknown> {
  return {
    id: award.id,
    name: award.name,
    user: userBasic(world, award.userId),
    created_at: timestamp(world, award.createdAt),
    updated_at: timestamp(world, award.createdAt),
    awardable_id: noteId,
    awardable_type: 'Note',
    url: null,
  };
}
