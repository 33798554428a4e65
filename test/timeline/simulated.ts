import type { Activity } from '../../src/model/activity.ts';
import type { Note, User } from '../../src/model/issue.ts';
import type { Timeline } from '../../src/model/timeline.ts';
import { liveLines } from '../../src/parse/live-lines.ts';
import { createClock, type SandboxClock } from '../../src/sandbox/clock.ts';
import { sandboxSeedSchema } from '../../src/sandbox/seed.ts';
import { sandboxSettingsSchema } from '../../src/sandbox/settings.ts';
import { buildWorld } from '../../src/sandbox/world/build.ts';
import type { IssueChange } from '../../src/sandbox/world/issue-change.ts';
import { createNote, editNote } from '../../src/sandbox/world/notes.ts';
import { updateIssue } from '../../src/sandbox/world/update-issue.ts';
import { buildTimeline } from '../../src/timeline/timeline.ts';
import { reader } from '../rules/reader.ts';

/** A KR in a small GitLab without HTTP, whose people act at moments of their own. */
export interface SimulatedKr {
  clock: SandboxClock;
  issue: { title: string; description: string | null };
  change(by: string, change: IssueChange): void;
  /** @returns the id of the comment */
  comment(by: string, body: string): number;
  edit(by: string, noteId: number, body: string): void;
  activity(): Activity;
  timeline(): Timeline;
}

const people = ['ann', 'bo', 'cleo'];

export function simulateKr(
  start: string,
  { title, description }: { title: string; description: string },
): SimulatedKr {
  const clock = createClock();
  clock.set(start);
  const seed = sandboxSeedSchema.parse({
    users: people.map((username) => ({ username })),
    groups: [{ path: 'sec', members: Object.fromEntries(people.map((name) => [name, 'owner'])) }],
    projects: [
      {
        id: 1,
        path: 'sec/okrs',
        labels: ['KR', 'risk'],
        issues: [{ title, description, assignees: ['ann'], author: 'ann', labels: ['KR'], createdAt: start }],
      },
    ],
  });
  const world = buildWorld(seed, sandboxSettingsSchema.parse({ tier: 'premium' }), clock);
  world.origin = 'https://gitlab.test';
  const project = world.projects.get(1);
  const issue = project?.issues.get(1);
  if (project === undefined || issue === undefined) throw new Error('no issue');
  const user = (name: string) => {
    const found = world.userByName.get(name);
    if (found === undefined) throw new Error(`no user ${name}`);
    return found;
  };
  const toUser = (id: number): User => {
    const { username, name } = world.users.get(id) ?? { username: 'ghost', name: 'Ghost' };
    return { id, username, name };
  };
  const iso = (time: number) => new Date(time).toISOString();
  const activity = (): Activity => {
    const notes = issue.notes.map((note): Note & { createdAt: string } => ({
      id: note.id,
      body: note.body,
      author: toUser(note.authorId),
      createdAt: iso(note.createdAt),
      updatedAt: iso(note.updatedAt),
      system: note.system,
      internal: note.internal,
    }));
    return {
      comments: notes.filter(({ system }) => !system),
      systemNotes: notes.filter(({ system }) => system),
      labelEvents: issue.labelEvents.map(({ id, action, labelId, userId, createdAt }) => ({
        id,
        action,
        label: world.labels.get(labelId)?.name ?? null,
        user: toUser(userId),
        createdAt: iso(createdAt),
      })),
      stateEvents: issue.stateEvents.map(({ id, state, userId, createdAt }) => ({
        id,
        state,
        user: toUser(userId),
        createdAt: iso(createdAt),
      })),
    };
  };
  return {
    clock,
    issue,
    change: (by, change) => updateIssue({ world, project, issue, user: user(by) }, change),
    comment: (by, body) => createNote({ world, project, issue, user: user(by) }, { body }).note?.id ?? 0,
    edit(by, noteId, body) {
      const note = issue.notes.find(({ id }) => id === noteId);
      if (note !== undefined) editNote({ world, project, issue, user: user(by) }, note, body);
    },
    activity,
    timeline() {
      const now = clock.now().toISOString();
      const text = issue.description ?? '';
      return buildTimeline({
        issue: {
          url: 'https://gitlab.test/sec/okrs/-/issues/1',
          description: text,
          assignees: issue.assigneeIds.map(toUser),
          author: toUser(issue.authorId),
        },
        document: reader.read('kr', text, { title: issue.title, now }),
        activity: activity(),
        readUpdate: ({ body, createdAt }) =>
          reader.read('weekly-update', body, { title: '', now: createdAt }),
        liveLines: ({ body }) => liveLines(body),
        bots: { botUserId: null, names: [] },
        commands: { prefix: 'kr', bot: null },
        mayAnswer: () => true,
        ruleIds: null,
        timeZone: 'UTC',
        now,
      });
    },
  };
}
