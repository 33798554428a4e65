import { expect } from '@jest/globals';
import type { Action } from '../../src/model/action.ts';
import type { KrDocument, KrMilestone, Place } from '../../src/model/document.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Issue, Note, User } from '../../src/model/issue.ts';
import type { CommentPolicy, LabelPolicy } from '../../src/model/policy.ts';
import type { TemplateFacts } from '../../src/model/reader.ts';
import { decodeMarker } from '../../src/plan/marker.ts';
import { type IssuePlan, type PlanInput, planIssue } from '../../src/plan/plan-issue.ts';

export const now = '2026-11-23T09:00:00Z';
export const bot: User = { id: 99, username: 'kr-bot', name: 'KR bot' };
export const alice: User = { id: 7, username: 'alice', name: 'Alice' };
export const bob: User = { id: 8, username: 'bob', name: 'Bob' };
export const carol: User = { id: 9, username: 'carol', name: 'Carol' };

export const labels: LabelPolicy = { needsAttention: 'kr-hygiene::needs-attention', ok: 'kr-hygiene::ok' };

export const commentPolicy: CommentPolicy = {
  greet: 'assignees',
  signature: 'kr-hygiene',
  handbookUrl: 'https://handbook.example.com/krs',
  docsUrl: null,
  maxFindings: 10,
  corrections: true,
  commandPrefix: 'kr',
};

export const template: TemplateFacts = {
  kind: 'kr',
  nouns: { one: 'Key Result', many: 'Key Results' },
  has: () => true,
  nameOf: (id) => id,
  headingOf: (id) => `## ${id}`,
  milestoneLine: ({ state, label, description, dueDate, dri }) =>
    `- [${state === 'done' ? 'x' : ' '}] ${label ?? 'Milestone 1'}: Description: ${description ?? 'what will be done'} Due Date: ${dueDate ?? '2026-12-18'} DRI: ${dri ?? '@user'}`,
  isTemplateText: () => false,
};

export function anIssue(over: Partial<Issue> = {}): Issue {
  return {
    id: 1012,
    projectId: 1,
    iid: 12,
    ref: 'sec/okrs#12',
    url: 'https://gitlab.example.com/sec/okrs/-/issues/12',
    title: 'FY27 Q4 KR1 (Key Care) Rotate all signing keys',
    description: '## Notes\n',
    state: 'opened',
    labels: ['KR'],
    gitlabMilestone: null,
    author: carol,
    assignees: [alice],
    confidential: false,
    discussionLocked: false,
    dueDate: null,
    createdAt: '2026-11-01T09:00:00Z',
    updatedAt: '2026-11-01T09:00:00Z',
    userNotesCount: 0,
    issueType: 'issue',
    movedToId: null,
    ...over,
  };
}

export function placeAt(offset: number): Place {
  const point = { line: 1, column: 1, offset };
  return { start: point, end: point };
}

export function aMilestone(over: Partial<KrMilestone> = {}): KrMilestone {
  return {
    label: 'Milestone 1',
    description: 'List all keys',
    descriptionProblem: null,
    dueDate: { raw: '2026-12-04', date: '2026-12-04', inferred: false, problem: null },
    dris: ['alice'],
    driText: '@alice',
    driProblem: null,
    state: 'open',
    place: placeAt(0),
    ...over,
  };
}

export function aDocument(milestones: KrMilestone[] = []): KrDocument {
  return {
    kind: 'kr',
    title: { raw: '', fiscalYear: 2027, quarter: 4, number: 1, reference: null, statement: null },
    okrLink: null,
    okrLinkProblem: 'missing',
    objective: { text: '', problem: 'missing', place: null },
    milestones,
    leftovers: [],
    unread: null,
  };
}

export function aFinding(over: Partial<Finding> = {}): Finding {
  return {
    rule: 'require-okr-link',
    messageId: 'missing',
    severity: 'error',
    message: 'The link to the OKR record is missing.',
    hint: 'Write `## Ally OKR: https://app.ally.io/objectives/1`.',
    people: [],
    place: null,
    subject: { part: 'section', name: 'Ally OKR' },
    url: null,
    edit: null,
    ...over,
  };
}

export function aNote(over: Partial<Note> = {}): Note {
  return {
    id: 1,
    body: '',
    author: bot,
    createdAt: now,
    updatedAt: now,
    system: false,
    internal: false,
    ...over,
  };
}

/** A plan; what it says that the comment remembers is what can be read out of it. */
export function plan(over: Partial<PlanInput> = {}): IssuePlan {
  const issue = over.issue ?? anIssue();
  const planned = planIssue({
    issue,
    source: issue.description,
    document: aDocument(),
    findings: [],
    notes: [],
    bot: { userId: bot.id },
    settings: { comment: commentPolicy, labels },
    template,
    now,
    ...over,
  });
  expect(planned.state).toEqual(decodeMarker(planned.comment ?? ''));
  return planned;
}

/** An issue with its comments, on which actions are performed as GitLab would. */
export interface World {
  issue: Issue;
  notes: Note[];
  nextId: number;
  writes: number;
}

export function aWorld(issue: Issue = anIssue(), notes: Note[] = []): World {
  return { issue: { ...issue, userNotesCount: notes.length }, notes, nextId: 100, writes: 0 };
}

export function perform(world: World, action: Action): void {
  world.writes += 1;
  if (action.type === 'create-note' || action.type === 'create-ping') {
    world.notes.push(aNote({ id: world.nextId, body: action.body }));
    world.nextId += 1;
  } else if (action.type === 'update-note') {
    const note = world.notes.find(({ id }) => id === action.noteId);
    if (note !== undefined) note.body = action.body;
  } else if (action.type === 'delete-note') {
    world.notes = world.notes.filter(({ id }) => id !== action.noteId);
  } else if (action.type === 'update-due-date') {
    world.issue = { ...world.issue, dueDate: action.dueDate };
  } else if (action.type === 'update-labels') {
    const kept = world.issue.labels.filter((label) => !action.remove.includes(label));
    world.issue = {
      ...world.issue,
      labels: [...kept, ...action.add.filter((label) => !kept.includes(label))],
    };
  }
  world.issue = { ...world.issue, userNotesCount: world.notes.length };
}

/** One run over the world; stops after `limit` writes, as when killed. */
export function runOn(world: World, over: Partial<PlanInput> = {}, limit = Infinity): IssuePlan {
  const planned = plan({ ...over, issue: world.issue, notes: world.notes });
  for (const action of planned.actions.slice(0, limit)) perform(world, action);
  return planned;
}
