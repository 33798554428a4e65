import { describe, expect, test } from '@jest/globals';
import { issueSchema, noteSchema, projectSchema, tokenSchema } from '../../src/gitlab/schema.ts';
import { toIssue, toNote, toProject, toTokenInfo } from '../../src/gitlab/to-model.ts';
import { wire } from './helpers/instance.ts';

describe('what GitLab sends becomes what the model says', () => {
  test('an issue, with all that can be null or absent', () => {
    const { issue_type: _type, moved_to_id: _moved, ...older } = wire.issue(3);
    expect(toIssue(issueSchema.parse(older))).toEqual({
      id: 1003,
      projectId: 7,
      iid: 3,
      ref: 'sec/okrs#3',
      url: 'https://gitlab.example.com/sec/okrs/-/issues/3',
      title: 'Issue 3',
      description: '',
      state: 'opened',
      labels: [],
      gitlabMilestone: null,
      author: { id: 11, username: 'ann', name: 'Ann' },
      assignees: [],
      confidential: false,
      discussionLocked: false,
      dueDate: null,
      createdAt: '2026-01-01T00:00:03.000Z',
      updatedAt: '2026-01-02T00:00:00.000+02:00',
      userNotesCount: 0,
      issueType: 'issue',
      movedToId: null,
    });
  });

  test('an issue that has everything', () => {
    const full = wire.issue(4, {
      description: 'text',
      state: 'closed',
      labels: ['KR'],
      milestone: { id: 1, title: 'FY27 Q4' },
      assignees: [wire.user],
      confidential: true,
      discussion_locked: true,
      due_date: '2027-01-22',
      issue_type: 'incident',
      moved_to_id: 99,
    });
    expect(toIssue(issueSchema.parse(full))).toMatchObject({
      description: 'text',
      state: 'closed',
      labels: ['KR'],
      gitlabMilestone: 'FY27 Q4',
      assignees: [{ id: 12, username: 'kr-bot', name: 'KR bot' }],
      confidential: true,
      discussionLocked: true,
      dueDate: '2027-01-22',
      issueType: 'incident',
      movedToId: 99,
    });
  });

  test.each([
    ['web_url', 'javascript:alert(1)'],
    ['created_at', 'yesterday'],
    ['due_date', '2027-02-30'],
    ['labels', [{ name: 'KR' }]],
    ['state', 'open'],
    ['iid', '3'],
  ])('an issue whose %s is %j is refused', (field, value) => {
    const result = issueSchema.safeParse(wire.issue(3, { [field]: value }));
    expect(result.error?.issues[0]?.path[0]).toBe(field);
  });

  test.each([
    [{ issues_access_level: 'disabled', issues_enabled: true }, false],
    [{ issues_access_level: 'private', issues_enabled: false }, true],
    [{ issues_enabled: false }, false],
    [{ issues_enabled: null }, true],
    [{}, true],
  ])('whether issues are on: %j', (fields, issuesEnabled) => {
    const project = {
      id: 7,
      path_with_namespace: 'sec/okrs',
      web_url: 'http://gitlab.local/sec/okrs',
      archived: null,
    };
    expect(toProject(projectSchema.parse({ ...project, ...fields }))).toEqual({
      id: 7,
      path: 'sec/okrs',
      webUrl: 'http://gitlab.local/sec/okrs',
      archived: false,
      issuesEnabled,
    });
  });

  test.each([
    [{ internal: true }, true],
    [{ internal: undefined, confidential: true }, true],
    [{ internal: undefined, confidential: null }, false],
    [{ internal: false, confidential: true }, false],
  ])('whether a comment is internal: %j', (fields, internal) => {
    expect(toNote(noteSchema.parse(wire.note(1, 'x', fields))).internal).toBe(internal);
  });

  test('a token that was revoked is not active, whatever else it says', () => {
    const token = { scopes: ['api'], active: true, revoked: true, expires_at: null };
    expect(toTokenInfo(tokenSchema.parse(token))).toEqual({
      scopes: ['api'],
      active: false,
      expiresAt: null,
    });
  });
});
