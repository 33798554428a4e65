import { issueSeedSchema, issueTypes } from '../seed.ts';
import { canSeeProject, isInGroup, requireWritable } from '../world/access.ts';
import { addSeedIssue } from '../world/build.ts';
import { issueEntity, labelBasic, timestamp, userBasic } from '../world/entities.ts';
import { errors } from '../world/errors.ts';
import type { IssueChange } from '../world/issue-change.ts';
import { refuseSpam } from '../world/spam.ts';
import type { Issue, LabelEvent, Project, StateEvent, World } from '../world/types.ts';
import { updateIssue } from '../world/update-issue.ts';
import { type Call, findGroup, findIssue, findIssueProject, ok, requireUser } from './context.ts';
import { listIssues } from './issue-list.ts';
import { okPage } from './paging.ts';
import {
  boolean,
  day,
  instant,
  integer,
  integers,
  list,
  oneOf,
  type Params,
  required,
  text,
} from './params.ts';
import type { Reply } from './reply.ts';

/** `GET /issues`: what one created oneself, unless `scope` says otherwise. */
export function allIssues(call: Call): Reply {
  const scope = text(call.params, 'scope');
  if (scope === undefined || scope === '') call.params.set('scope', 'created_by_me');
  if (!call.actor.user && scope !== 'all') throw errors.unauthorized();
  return listIssues(call, searchedProjects(call), { keyset: false });
}

/** Those with issues that the asker sees; archived ones are left out by default. */
function searchedProjects(call: Call): Project[] {
  const leftOut = boolean(call.params, 'non_archived') ?? true;
  return [...call.world.projects.values()].filter(
    (project) =>
      canSeeProject(call.world, call.actor, project) &&
      project.issuesEnabled &&
      !(leftOut && project.archived),
  );
}

/** `GET /groups/:id/issues`: subgroups included. */
export function groupIssues(call: Call): Reply {
  const group = findGroup(call);
  const projects = searchedProjects(call).filter(({ groupId }) => isInGroup(call.world, groupId, group.id));
  return listIssues(call, projects, { keyset: false });
}

export function projectIssues(call: Call): Reply {
  const project = findIssueProject(call);
  return listIssues(call, [project], { keyset: true, projectId: project.id });
}

export function getIssue(call: Call): Reply {
  const { issue } = findIssue(call);
  return ok(issueEntity(call.world, issue, { subscribedBy: call.actor.user }));
}

const changeKeys = [
  'title',
  'description',
  'assignee_id',
  'assignee_ids',
  'milestone_id',
  'labels',
  'add_labels',
  'remove_labels',
  'due_date',
  'confidential',
  'discussion_locked',
  'issue_type',
  'state_event',
  'created_at',
  'updated_at',
  'weight',
  'epic_id',
  'epic_iid',
];

/** `POST /projects/:id/issues`: anyone who sees the project may open one; metadata takes a Planner. */
export function postIssue(call: Call): Reply {
  const user = requireUser(call);
  const project = findIssueProject(call);
  const { params, world } = call;
  const title = required(params, 'title');
  requireWritable(project);
  const change = changeOf(params);
  requireText(world, { ...change, title });
  refuseSpam(world, project, `${title} ${change.description ?? ''}`);
  const issue = addSeedIssue(world, project, issueSeedSchema.parse({ title, author: user.username }));
  updateIssue({ world, project, issue, user }, { ...change, title: undefined });
  return { status: 201, body: issueEntity(world, issue, { subscribedBy: user }) };
}

function requireText(world: World, { title, description }: IssueChange): void {
  if (title !== undefined && (title.trim() === '' || title.length > 255)) {
    throw errors.invalid({
      title: [title.trim() === '' ? "can't be blank" : 'is too long (maximum is 255 characters)'],
    });
  }
  const limit = world.settings.maxDescriptionLength;
  if ((description?.length ?? 0) > limit) {
    throw errors.invalid({ description: [`is too long (maximum is ${limit} characters)`] });
  }
}

/** `PUT /projects/:id/issues/:issue_iid`. At least one known key is needed. */
export function putIssue(call: Call): Reply {
  const user = requireUser(call);
  const { project, issue } = findIssue(call);
  const { params, world } = call;
  if (!changeKeys.some((key) => params.has(key))) {
    throw errors.badParameter(
      `${changeKeys.join(', ')} are missing, at least one parameter must be provided`,
    );
  }
  const change = changeOf(params);
  requireText(world, change);
  refuseSpam(world, project, `${change.title ?? ''} ${change.description ?? ''}`);
  updateIssue({ world, project, issue, user }, change);
  return ok(issueEntity(world, issue, { subscribedBy: user }));
}

function changeOf(params: Params): IssueChange {
  const assignee = integer(params, 'assignee_id');
  const assignees = integers(params, 'assignee_ids') ?? (assignee === undefined ? undefined : [assignee]);
  const cleared = (key: string) => (params.has(key) ? integer(params, key) || null : undefined);
  const description = params.get('description') === null ? null : text(params, 'description');
  return {
    title: text(params, 'title'),
    description,
    stateEvent: oneOf(params, 'state_event', ['close', 'reopen']),
    labels: list(params, 'labels'),
    add: list(params, 'add_labels'),
    remove: list(params, 'remove_labels'),
    dueDate: day(params, 'due_date'),
    assigneeIds: assignees?.filter((id) => id !== 0),
    milestoneId: cleared('milestone_id'),
    weight: params.has('weight') ? (integer(params, 'weight') ?? null) : undefined,
    confidential: boolean(params, 'confidential'),
    discussionLocked: boolean(params, 'discussion_locked'),
    type: oneOf(params, 'issue_type', issueTypes),
    updatedAt: instant(params, 'updated_at'),
  };
}

export function labelEvents(call: Call): Reply {
  const { issue } = findIssue(call);
  const { world } = call;
  return okPage(call, issue.labelEvents, (event) => {
    const label = world.labels.get(event.labelId);
    return {
      ...eventEntity(world, issue, event),
      label: label ? labelBasic(label) : null,
      action: event.action,
    };
  });
}

export function stateEvents(call: Call): Reply {
  const { issue } = findIssue(call);
  return okPage(call, issue.stateEvents, (event) => ({
    ...eventEntity(call.world, issue, event),
    state: event.state,
  }));
}

function eventEntity(world: World, issue: Issue, event: LabelEvent | StateEvent): Record<string, unknown> {
  return {
    id: event.id,
    user: userBasic(world, event.userId),
    created_at: timestamp(world, event.createdAt),
    resource_type: 'Issue',
    resource_id: issue.id,
  };
}
