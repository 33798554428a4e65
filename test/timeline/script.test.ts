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
  text: string;
  isDone: boolean;
}

const descriptionOf = (milestones: readonly Milestone[]): string =>
  [
    '## Milestones',
    ...milestones.map(
      ({ text, isDone }, index) =>
        `- [${isDone ? 'x' : ' '}] Milestone ${index + 1}: Description: ${text} Due Date: 2026-12-1${index} DRI: @ann`,
    ),
  ].join('\n');

/** What the timeline has to tell of one step; null: nothing. */
type Told = Record<string, unknown> | null;

interface World {
  kr: SimulatedKr;
  milestones: Milestone[];
  due: string | null | undefined;
  assigned: string[];
  isConfidential: boolean;
  isClosed: boolean;
  hasRisk: boolean;
  title: string;
}

const steps: Record<string, (world: World, pick: number) => Told> = {
  tick(world, pick) {
    const index = pick % world.milestones.length;
    const milestone = world.milestones[index] as Milestone;
    milestone.isDone = !milestone.isDone;
    world.kr.change('ann', { description: descriptionOf(world.milestones) });
    return { what: milestone.isDone ? 'milestone-done' : 'milestone-reopened', by: 'ann', milestone: index };
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
      const milestones = texts.map((text) => ({ text, isDone: false }));
      const world: World = {
        kr: simulateKr('2026-11-02T08:00:00Z', { title, description: descriptionOf(milestones) }),
        milestones,
        due: undefined,
        assigned: ['ann'],
        isConfidential: false,
        isClosed: false,
        hasRisk: false,
        title,
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
      entries.forEach((entry, index) => expect(entry).toMatchObject(expected[index] ?? {}));
      expect(updates).toEqual([]);
    }),
    { numRuns: runs },
  );
});
