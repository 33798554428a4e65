import type { Handler } from './context.ts';
import { getEpic, getWorkItem, listEpicIssues, listWorkItemChildren } from './routes-epics.ts';
import {
  allIssues,
  getIssue,
  groupIssues,
  labelEvents,
  postIssue,
  projectIssues,
  putIssue,
  stateEvents,
} from './routes-issues.ts';
import { getLink, listLinks, postLink, removeLink } from './routes-links.ts';
import {
  listRequestNotes,
  postRequestNote,
  putRequestNote,
  removeRequestNote,
} from './routes-merge-requests.ts';
import * as notes from './routes-notes.ts';
import * as rest from './routes-rest.ts';
import { listTodos } from './routes-todos.ts';

const issue = '/projects/:id/issues/:issue_iid';
const requestNotes = '/projects/:id/merge_requests/:merge_request_iid/notes';
const note = `${issue}/notes/:note_id`;
const discussion = `${issue}/discussions/:discussion_id`;

/** Every route of the sandbox, below `/api/v4`, with the names of parameters that the API specification uses. */
export const routes: readonly [method: string, path: string, handler: Handler][] = [
  ['GET', '/user', rest.getUser],
  ['GET', '/users', rest.listUsers],
  ['GET', '/users/:id', rest.getUserById],
  ['GET', '/personal_access_tokens/self', rest.getTokenSelf],
  ['GET', '/todos', listTodos],
  ['GET', '/version', rest.getMetadata],
  ['GET', '/metadata', rest.getMetadata],
  ['GET', '/projects/:id', rest.getProject],
  ['GET', '/projects/:id/members', (call) => rest.listMembers(call, false)],
  ['GET', '/projects/:id/members/all', (call) => rest.listMembers(call, true)],
  ['GET', '/projects/:id/labels', rest.listLabels],
  ['POST', '/projects/:id/labels', rest.postLabel],
  ['GET', '/projects/:id/milestones', rest.listMilestones],
  ['GET', '/issues', allIssues],
  ['GET', '/groups/:id/issues', groupIssues],
  ['GET', '/groups/:id/projects', rest.groupProjects],
  ['GET', '/groups/:id/epics/:epic_iid', getEpic],
  ['GET', '/groups/:id/epics/:epic_iid/issues', listEpicIssues],
  ['GET', '/groups/:id/-/work_items/:work_item_iid', getWorkItem],
  ['GET', '/groups/:id/-/work_items/:work_item_iid/children', listWorkItemChildren],
  ['GET', '/projects/:id/issues', projectIssues],
  ['POST', '/projects/:id/issues', postIssue],
  ['GET', issue, getIssue],
  ['PUT', issue, putIssue],
  ['GET', `${issue}/resource_label_events`, labelEvents],
  ['GET', `${issue}/resource_state_events`, stateEvents],
  ['GET', `${issue}/links`, listLinks],
  ['POST', `${issue}/links`, postLink],
  ['GET', `${issue}/links/:issue_link_id`, getLink],
  ['DELETE', `${issue}/links/:issue_link_id`, removeLink],
  ['GET', `${issue}/notes`, notes.listNotes],
  ['POST', `${issue}/notes`, notes.postNote],
  ['GET', note, notes.getNote],
  ['PUT', note, notes.putNote],
  ['DELETE', note, notes.removeNote],
  ['GET', `${note}/award_emoji`, notes.listAwards],
  ['POST', `${note}/award_emoji`, notes.postAward],
  ['DELETE', `${note}/award_emoji/:award_id`, notes.removeAward],
  ['GET', requestNotes, listRequestNotes],
  ['POST', requestNotes, postRequestNote],
  ['PUT', `${requestNotes}/:note_id`, putRequestNote],
  ['DELETE', `${requestNotes}/:note_id`, removeRequestNote],
  ['GET', `${issue}/discussions`, notes.listDiscussions],
  ['POST', `${issue}/discussions`, notes.postDiscussion],
  ['GET', discussion, notes.getDiscussion],
  ['PUT', discussion, notes.putDiscussion],
  ['POST', `${discussion}/notes`, notes.postReply],
  ['PUT', `${discussion}/notes/:note_id`, notes.putReply],
  ['DELETE', `${discussion}/notes/:note_id`, notes.removeNote],
];
