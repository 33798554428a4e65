import { expect } from '@jest/globals';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import type { Notice } from '../../../src/sandbox/world/types.ts';
import { isNudge } from '../../helpers/nudges.ts';
import { projectId, type RunResult } from '../../helpers/world.ts';
import { type Bots, isPing } from './bots.ts';

type What = 'first comment' | 'reminder' | 'call for help' | 'answer';

/** A comment of the bot as it was when GitLab told people of it. */
interface Told {
  iid: number;
  what: What;
}

export interface MailBook {
  /** To be called at each request: every comment is seen before it is edited or deleted. */
  look(): void;
  /** Before a run. */
  open(): void;
  /** After it: every mail and to-do that came of it is explained, and within the budgets. */
  close(day: string, result: RunResult | null): void;
  /** Someone deleted every comment of the bot on an issue. */
  forget(iid: number): void;
  /** Comments so far. */
  count(what: What): number;
}

export interface Budgets {
  newComments: { perRun: number; perPersonPerWeek: number };
  pingsPerRun: number;
  escalateTo: readonly string[];
}

const dayMs = 86_400_000;

/** Who was told what by the bot, read from the mails and to-dos of the server alone. */
export function createMailBook(sandbox: Sandbox, bots: Bots, budgets: Budgets): MailBook {
  const { state } = sandbox;
  const told = new Map<number, Told>();
  /** In which comments; by week, kind and person. */
  const mentions = new Map<string, number[]>();
  /** Comments that nothing in GitLab tells of any more. */
  const forgotten = new Set<number>();
  let since = { mails: 0, todos: 0, told: 0 };
  const look = (): void => {
    for (const { iid } of state.issues(projectId))
      for (const { id, body } of bots.written(iid))
        if (!told.has(id)) told.set(id, { iid, what: whatIs(body) });
  };
  const nameOf = (id: number): string => state.world.users.get(id)?.username ?? '';
  // GitLab is the only memory: what people delete counts no more, also where a new comment comes after it.
  const isRemembered = (id: number): boolean => !forgotten.has(id);
  const explain = (day: string, result: RunResult | null, notice: Notice): void => {
    const note = told.get(notice.noteId ?? -1);
    const who = nameOf(notice.userId);
    // A run makes GitLab tell of nothing but comments of the bot.
    expect([day, notice.what, note !== undefined, who]).toEqual([day, 'note', true, who]);
    if (note === undefined || notice.reason !== 'mentioned') return;
    const { iid, what } = note;
    expect([day, iid, what, who, mayBeAsked(sandbox, iid, what, budgets).includes(who)]).toEqual([
      day,
      iid,
      what,
      who,
      true,
    ]);
    if (result !== null)
      expect([day, iid, what, who, why(result, note, who)]).toEqual([day, iid, what, who, true]);
  };
  return {
    look,
    forget(of) {
      for (const [id, { iid }] of told) if (iid === of) forgotten.add(id);
    },
    count: (what) => [...told.values()].filter((one) => one.what === what).length,
    open() {
      look();
      const { mails, todos } = state.world;
      since = { mails: mails.length, todos: todos.length, told: told.size };
    },
    close(day, result) {
      look();
      const mails = state.world.mails.slice(since.mails);
      for (const notice of [...mails, ...state.world.todos.slice(since.todos)]) explain(day, result, notice);
      const fresh = [...told.values()].slice(since.told);
      const count = (what: What): number => fresh.filter((one) => one.what === what).length;
      expect([day, count('first comment') <= budgets.newComments.perRun]).toEqual([day, true]);
      expect([day, count('reminder') + count('call for help') <= budgets.pingsPerRun]).toEqual([day, true]);
      for (const { noteId, userId, reason } of mails) {
        const note = told.get(noteId ?? -1);
        if (note === undefined || note.what === 'answer' || reason !== 'mentioned') continue;
        const about = note.what === 'call for help' ? ` on ${note.iid}` : '';
        const key = `${mondayOf(day)}: ${note.what}${about} to ${nameOf(userId)}`;
        mentions.set(key, [...(mentions.get(key) ?? []), noteId ?? -1]);
        const remembered = (mentions.get(key) ?? []).filter(isRemembered).length;
        const most = note.what === 'first comment' ? budgets.newComments.perPersonPerWeek : 1;
        expect([key, remembered <= most]).toEqual([key, true]);
      }
    },
  };
}

function whatIs(body: string): What {
  if (isNudge(body)) return 'first comment';
  if (!isPing(body)) return 'answer';
  return body.startsWith('⏰') ? 'reminder' : 'call for help';
}

/** The policy: assignees and DRIs, the author where there are none; the others only if they asked. */
function mayBeAsked(sandbox: Sandbox, iid: number, what: What, { escalateTo }: Budgets): readonly string[] {
  const { world } = sandbox.state;
  const issue = sandbox.state.issue(projectId, iid);
  const nameOf = (id: number): string => world.users.get(id)?.username ?? '';
  if (what === 'call for help') return escalateTo;
  if (what === 'answer')
    return issue.notes.filter(({ body }) => body.includes('kr:')).map((note) => nameOf(note.authorId));
  const dris = [...(issue.description ?? '').matchAll(/DRI: @([\w.-]*\w)/g)].map(([, name]) => name ?? '');
  // Where no one of them has an account any more, the next who is responsible is asked.
  const assignees = issue.assigneeIds.filter((id) => world.users.get(id)?.state === 'active').map(nameOf);
  return [...assignees, ...dris, ...(assignees.length === 0 ? [nameOf(issue.authorId)] : [])];
}

/** What the report of the run says of it. */
function why({ subjects, summary }: RunResult, { iid, what }: Told, who: string): boolean {
  const subject = subjects.find((one) => one.iid === iid);
  if (what === 'answer') return true;
  const isOpen = subject?.findings.some(
    ({ waived, severity }) => waived === undefined && severity !== 'info',
  );
  if (what === 'first comment') return isOpen === true;
  const row = (summary.pings ?? []).find(({ ref, outcome }) => ref === subject?.ref && outcome === 'applied');
  return isOpen === true && row?.whom.includes(who) === true;
}

function mondayOf(day: string): string {
  const at = Date.parse(day);
  return new Date(at - ((new Date(at).getUTCDay() + 6) % 7) * dayMs).toISOString().slice(0, 10);
}
