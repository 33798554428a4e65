import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { ApiError } from '../../../src/sandbox/world/types.ts';
import { brokenKr, perfectKr, projectId } from '../../helpers/world.ts';
import type { Bots } from './bots.ts';
import type { MailBook } from './mails.ts';

/** Numbers from 0 to 1. */
export type Random = () => number;

export const pickOf =
  (random: Random) =>
  <T>(list: readonly T[]): T =>
    list[Math.floor(random() * list.length)] as T;

const texts = [
  perfectKr.description,
  brokenKr.description,
  brokenKr.description.replace('`add here`', '2026-12-04'),
  perfectKr.description.replace('2027-01-22', '2026-12-01'),
  '',
];

/** What people do on a day; what GitLab refuses them is not done. */
export function liveOneDay(
  sandbox: Sandbox,
  { bots, book, random }: { bots: Bots; book: Pick<MailBook, 'forget'>; random: Random },
): void {
  const { state } = sandbox;
  const pick = pickOf(random);
  for (let deeds = Math.floor(random() * 4); deeds > 0; deeds -= 1) {
    sandbox.clock.advance(600_000);
    const { iid } = pick(state.issues(projectId));
    const change = (what: Parameters<typeof state.editIssue>[3]): unknown =>
      state.editIssue('carol', projectId, iid, what);
    const say = (who: string, what: string): unknown => state.addNote(who, projectId, iid, what);
    const acts: (() => unknown)[] = [
      () => change({ description: pick(texts) }),
      () =>
        change({ description: perfectKr.description, title: perfectKr.title, dueDate: perfectKr.dueDate }),
      () => change({ assigneeIds: random() < 0.5 ? [] : [state.user(pick(['ann', 'bo.lee'])).id] }),
      () => say('ann', `kr: snooze ${pick(['3d', '1w', '2w'])} because of things`),
      () => say('ann', pick(['kr: waive require-okr-link', 'kr: unwaive require-okr-link'])),
      () => say(pick(['ann', 'mallory']), pick(['On it.', 'kr: recheck', 'kr: dance', 'kr: help'])),
      () => {
        for (const { id } of bots.written(iid)) state.deleteNote('carol', projectId, iid, id);
        book.forget(iid);
      },
      () => change({ stateEvent: pick(['close', 'reopen'] as const) }),
      () => change(random() < 0.5 ? { remove: ['KR'] } : { add: ['KR'] }),
      () => change({ discussionLocked: random() < 0.5 }),
    ];
    try {
      pick(acts)();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }
}
