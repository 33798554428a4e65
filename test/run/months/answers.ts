import { expect } from '@jest/globals';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { projectId, type RunResult } from '../../helpers/world.ts';
import type { Bots } from './bots.ts';

export interface AnswerBook {
  /** After a night in which all went well. */
  check(day: string, iid: number, result: RunResult): void;
  /** Commands that were acknowledged so far, waivers aside. */
  acknowledged(): number;
}

/** Said by whom, on which issue; its comment is linked where it is acknowledged. */
interface Command {
  id: number;
  by: number;
  word: string;
}

/**
 * Every command over its whole life: acknowledged on the first night on which its issue is looked after, in one comment
 * and on one line, as long as it is in force or the last word of its writer, and never again after that.
 */
export function createAnswerBook(sandbox: Sandbox, bots: Bots): AnswerBook {
  /** Comments with a command, and whether they are acknowledged now or were. */
  const lives = new Map<number, 'shown' | 'over'>();
  const commandsOn = (iid: number): Command[] =>
    sandbox.state.notes(projectId, iid).flatMap(({ id, body, authorId, system }) => {
      const [, word] = /^kr: (\w+)/.exec(body) ?? [];
      return system || word === undefined ? [] : [{ id, by: authorId, word }];
    });
  return {
    acknowledged: () => lives.size,
    check(day, iid, { subjects }) {
      const subject = subjects.find((one) => one.iid === iid);
      const isLookedAfter = subject?.restraint === null && ['findings', 'clean'].includes(subject.status);
      if (!isLookedAfter) return;
      const waits = subject.actions.some(({ outcome }) => outcome === 'waiting');
      const texts = [...bots.nudges(iid), ...bots.pings(iid)].map(({ body }) => body).join('\n');
      const said = [...texts.matchAll(/#note_(\d+)\)/g)].map(([, id]) => Number(id));
      const all = commandsOn(iid);
      const answers = subject.record != null && 'answers' in subject.record ? subject.record.answers : [];
      const inForce = new Set(answers.filter((answer) => answer.inForce).map(({ noteId }) => noteId));
      for (const [index, { id, by, word }] of all.entries()) {
        const times = said.filter((one) => one === id).length;
        const isLast = !all.slice(index + 1).some((later) => later.by === by);
        const asks = isLast && ['snooze', 'unwaive', 'recheck', 'dance'].includes(word);
        const before = lives.get(id);
        expect([day, iid, id, word, times <= 1]).toEqual([day, iid, id, word, true]);
        // A snooze may have ended by now, and another person's may have taken its place.
        if (asks && word !== 'snooze' && !waits)
          expect([day, iid, id, word, times]).toEqual([day, iid, id, word, 1]);
        if (word === 'snooze' && asks && inForce.has(id) && !waits)
          expect([day, iid, id, word, times]).toEqual([day, iid, id, word, 1]);
        if (times > 0) expect([day, iid, id, word, before]).not.toEqual([day, iid, id, word, 'over']);
        if (times > 0) lives.set(id, 'shown');
        else if (before === 'shown' && bots.nudges(iid).length > 0) lives.set(id, 'over');
      }
    },
  };
}
