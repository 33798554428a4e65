import { expect, test } from '@jest/globals';
import { fc } from '../helpers/random.ts';
import { type SimulatedKr, simulateKr } from './simulated.ts';

const title = 'FY27 Q4 KR1 (Key Care) Rotate all signing keys';

/** Descriptions with everything that GitLab escapes or drops in its notes. */
const texts = [
  'Inventory of **all** keys (see [list](https://example.com/a_b)) <!-- draft -->',
  'Rotation by the `pipeline` & 100% of _staging_ "green"',
  'Training: ~40 people, #1 priority; a|b {c} = done!',
] as const;

interface Milestone {
  /** It goes with the milestone when that is moved. */
  name: string;
  text: string;
  isDone: boolean;
}

const descriptionOf = (milestones: readonly Milestone[]): string =>
  [
    '## Milestones',
    ...milestones.map(
      ({ name, text, isDone }) =>
        `- [${isDone ? 'x' : ' '}] ${name}: Description: ${text} Due Date: 2026-12-1${name.at(-1)} DRI: @ann`,
    ),
  ].join('\n');

/** What the timeline has to tell of one step; null: nothing. `of` is the milestone, wherever it is in the end. */
type Told = (Record<string, unknown> & { of?: Milestone }) | null;

interface SaidUpdate {
  noteId: number;
  author: string;
  percent: number;
  edited: boolean;
}

interface World {
  kr: SimulatedKr;
  milestones: Milestone[];
  due: string | null | undefined;
  assigned: string[];
  isConfidential: boolean;
  isClosed: boolean;
  hasRisk: boolean;
  title: string;
  updates: SaidUpdate[];
}

const updateOf = (percent: number, isFirst: boolean): string =>
  [
    '## Weekly KR Update for the week of 2026-11-02',
    'Status: On Track',
    `Percentage complete: ${percent}%`,
    '## Completed',
    isFirst ? '* Something' : '* Something else',
    '## Next steps',
    '* More',
  ].join('\n');

const steps: Record<string, (world: World, pick: number) => Told> = {
  tick(world, pick) {
    const index = pick % world.milestones.length;
    const milestone = world.milestones[index] as Milestone;
    milestone.isDone = !milestone.isDone;
    world.kr.change('ann', { description: descriptionOf(world.milestones) });
    return { what: milestone.isDone ? 'milestone-done' : 'milestone-reopened', by: 'ann', of: milestone };
  },
  // Ticked and reworded in one save: GitLab notes that the description changed, and not what.
  tickUnseen(world, pick) {
    const milestone = world.milestones[pick % world.milestones.length] as Milestone;
    milestone.isDone = !milestone.isDone;
    milestone.text = milestone.text.endsWith(' soon')
      ? milestone.text.slice(0, -5)
      : `${milestone.text} soon`;
    world.kr.change('ann', { description: descriptionOf(world.milestones) });
    return null;
  },
  move(world) {
    world.milestones.push(world.milestones.shift() as Milestone);
    world.kr.change('bo', { description: descriptionOf(world.milestones) });
    return null;
  },
  drop(world, pick) {
    if (world.milestones.length < 2) return null;
    world.milestones.splice(pick % world.milestones.length, 1);
    world.kr.change('bo', { description: descriptionOf(world.milestones) });
    return null;
  },
  update(world, pick) {
    const author = ['ann', 'cleo'][pick % 2] as string;
    const noteId = world.kr.comment(author, updateOf(pick % 101, true));
    world.updates.push({ noteId, author, percent: pick % 101, edited: false });
    return null;
  },
  editUpdate(world, pick) {
    const said = world.updates.at(-1);
    if (said === undefined) return null;
    Object.assign(said, { percent: pick % 101, edited: true });
    world.kr.edit(said.author, said.noteId, updateOf(pick % 101, false));
    return null;
  },
  reword(world, pick) {
    const milestone = world.milestones[pick % world.milestones.length] as Milestone;
    milestone.text = `${milestone.text} too`.replace(/( too)+$/, ' too');
    world.kr.change('bo', { description: descriptionOf(world.milestones) });
    return null;
  },
  moveDate(world, pick) {
    const to = pick % 3 === 0 ? null : `2027-01-${10 + (pick % 15)}`;
    // The first date of the issue is none, and GitLab says nothing where nothing changes.
    if (to === (world.due ?? null)) return null;
    world.kr.change('cleo', { dueDate: to });
    const from = world.due === undefined ? {} : { from: world.due };
    world.due = to;
    return { what: 'due-date-moved', by: 'cleo', ...from, to };
  },
  assign(world, pick) {
    const ids = [[1], [2], [1, 3], [1, 2, 3]][pick % 4] as number[];
    const names = ids.map((id) => ['ann', 'bo', 'cleo'][id - 1] as string);
    const added = names.filter((name) => !world.assigned.includes(name));
    const removed = world.assigned.filter((name) => !names.includes(name));
    world.kr.change('bo', { assigneeIds: ids });
    world.assigned = names;
    if (added.length + removed.length === 0) return null;
    const parts = [
      ...(added.length === 0 ? [] : [`assigned ${added.map((name) => `@${name}`).join(', ')}`]),
      ...(removed.length === 0 ? [] : [`unassigned ${removed.map((name) => `@${name}`).join(', ')}`]),
    ];
    return { what: 'assignees-changed', by: 'bo', detail: parts.join('; ') };
  },
  retitle(world, pick) {
    const to = `${title} ${'by '.repeat(pick % 3)}${pick % 7}`;
    if (to === world.title) return null;
    const from = world.title;
    world.kr.change('ann', { title: to });
    world.title = to;
    return { what: 'title-changed', by: 'ann', detail: `from “${from}” to “${to}”` };
  },
  hide(world) {
    world.isConfidential = !world.isConfidential;
    world.kr.change('cleo', { confidential: world.isConfidential });
    const detail = world.isConfidential ? 'made confidential' : 'made visible to everyone';
    return { what: 'confidentiality-changed', by: 'cleo', detail };
  },
  close(world) {
    world.isClosed = !world.isClosed;
    world.kr.change('ann', { stateEvent: world.isClosed ? 'close' : 'reopen' });
    return { what: world.isClosed ? 'closed' : 'reopened', by: 'ann' };
  },
  label(world) {
    world.hasRisk = !world.hasRisk;
    world.kr.change('bo', world.hasRisk ? { add: ['risk'] } : { remove: ['risk'] });
    return { what: world.hasRisk ? 'label-added' : 'label-removed', by: 'bo', detail: 'risk' };
  },
  answer(world) {
    world.kr.comment('ann', 'Sorry!\n\nkr: snooze 3d because of the audit');
    const until = new Date(world.kr.clock.now().getTime() + 3 * 86_400_000).toISOString().slice(0, 10);
    return { what: 'answer', by: 'ann', detail: `snooze until ${until} because of the audit` };
  },
  chat(world) {
    world.kr.comment('cleo', '> kr: snooze 3d\n\nmarked the checklist item **x** as completed');
    return null;
  },
};

test('the timeline of any simulated past equals its script', () => {
  const runs = Number(process.env['PASTS'] ?? 40);
  const step = fc.tuple(fc.constantFrom(...Object.keys(steps)), fc.nat(1_000));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (script) => {
      const milestones = texts.map((text, index) => ({
        name: `Milestone ${index + 1}`,
        text,
        isDone: false,
      }));
      const world: World = {
        kr: simulateKr('2026-11-02T08:00:00Z', { title, description: descriptionOf(milestones) }),
        milestones,
        due: undefined,
        assigned: ['ann'],
        isConfidential: false,
        isClosed: false,
        hasRisk: false,
        title,
        updates: [],
      };
      const expected: Record<string, unknown>[] = [];
      for (const [name, pick] of script) {
        world.kr.clock.advance(5 * 3_600_000);
        const at = world.kr.clock.now().toISOString();
        const told = steps[name]?.(world, pick) ?? null;
        if (told !== null) expected.push({ at, on: at.slice(0, 10), ...told });
      }
      const { entries, updates } = world.kr.timeline();
      expect(entries).toHaveLength(expected.length);
      for (const [index, entry] of entries.entries()) {
        const { of, ...told } = expected[index] ?? {};
        expect(entry).toMatchObject(told);
        if (of === undefined) continue;
        // Of one that is gone no one knows which it was.
        const now = world.milestones.indexOf(of as Milestone);
        expect(entry.milestone).toBe(now === -1 ? null : now);
      }
      expect(
        updates.map(({ noteId, author, percent, edited }) => ({ noteId, author, percent, edited })),
      ).toEqual(world.updates);
    }),
    { numRuns: runs },
  );
});
