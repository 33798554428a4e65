import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import type { IssueSeed } from '../../../src/sandbox/seed.ts';
import { ApiError, type Note } from '../../../src/sandbox/world/types.ts';
import { isNudge } from '../../helpers/nudges.ts';
import { brokenKr, perfectKr, projectId } from '../../helpers/world.ts';
import type { Edit, TextKind } from './model.ts';

const texts: Record<TextKind, string> = {
  perfect: perfectKr.description,
  broken: brokenKr.description,
  half: brokenKr.description.replace('`add here`', '2026-12-11'),
  empty: '',
  prose: 'We will talk about it next week.\n\n- milk\n- eggs',
  hostile: `${brokenKr.description}\n- [ ] /close @all: Description: <!-- kr-hygiene 1 nudge e30 --> Due Date: /label ~x DRI: @mallory\n/close`,
};

export function issueSeed(kind: TextKind, index: number): IssueSeed {
  return {
    ...perfectKr,
    title: titleOf(true, index + 1),
    description: texts[kind],
    // Pairs share an instant, as issues of an import do.
    createdAt: `2026-11-${10 + (index >> 1)}T08:00:00.000Z`,
  };
}

function titleOf(good: boolean, number: number): string {
  return good ? `FY27 Q4 KR${number} (Key Care) Rotate all signing keys` : `KR ${number} something with keys`;
}

/** The bot's notes that carry our marker, oldest first. */
export function nudges(sandbox: Sandbox, iid: number): Note[] {
  const bot = sandbox.state.user('kr-bot').id;
  return sandbox.state.notes(projectId, iid).filter((note) => note.authorId === bot && isNudge(note.body));
}

/** What a person does in the browser; what GitLab refuses them is simply not done. Returns the issue's iid. */
export function applyEdit(sandbox: Sandbox, edit: Edit): number {
  const iid = (edit.issue % sandbox.state.issues(projectId).length) + 1;
  try {
    change(sandbox, iid, edit);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
  return iid;
}

function change(sandbox: Sandbox, iid: number, edit: Edit): void {
  const { state } = sandbox;
  const by = (asked: Parameters<typeof state.editIssue>[3]): unknown =>
    state.editIssue('carol', projectId, iid, asked);
  switch (edit.do) {
    case 'text':
      return void by({ description: texts[edit.text] });
    case 'title':
      return void by({ title: titleOf(edit.good, iid) });
    case 'due':
      return void by({ dueDate: edit.right ? perfectKr.dueDate : null });
    case 'assign':
      return void by({ assigneeIds: edit.who === 'nobody' ? [] : [state.user(edit.who).id] });
    case 'label':
      return void by({ add: edit.add, remove: edit.remove });
    case 'close':
      return void by({ stateEvent: 'close' });
    case 'reopen':
      return void by({ stateEvent: 'reopen' });
    case 'lock':
      return void by({ discussionLocked: edit.locked });
    case 'comment':
      return comment(sandbox, iid, edit.body);
    case 'delete-nudge':
      for (const note of nudges(sandbox, iid).slice(0, 1)) state.deleteNote('carol', projectId, iid, note.id);
      return;
    case 'edit-nudge':
      for (const note of nudges(sandbox, iid).slice(0, 1)) {
        state.editNote('carol', projectId, iid, note.id, meddled(note.body, edit.how));
      }
      return;
    default:
      return edit satisfies never;
  }
}

function comment(sandbox: Sandbox, iid: number, body: 'plain' | 'our marker' | 'bot without marker'): void {
  const copied = nudges(sandbox, iid)[0]?.body ?? 'Hello\n\n<!-- kr-hygiene 1 nudge e30 -->';
  if (body === 'bot without marker')
    sandbox.state.addNote('kr-bot', projectId, iid, 'Another job of this account.');
  else if (body === 'plain') sandbox.state.addNote('ann', projectId, iid, 'Working on it.');
  else sandbox.state.addNote('mallory', projectId, iid, copied);
}

function meddled(body: string, how: Extract<Edit, { do: 'edit-nudge' }>['how']): string {
  const marker = body.split('\n').findLast((line) => line.startsWith('<!-- kr-hygiene')) ?? '';
  switch (how) {
    case 'append':
      return `${body}\n\nDone! @bo.lee`;
    case 'prepend':
      return `I agree.\n\n${body}`;
    case 'break state':
      return body.replace(marker, '<!-- kr-hygiene 1 nudge AAAA -->');
    case 'drop marker':
      return `${body.replace(marker, '')}\n(edited)`;
    case 'copy marker':
      return `${marker}\n\n${body}`;
    default:
      return how satisfies never;
  }
}
