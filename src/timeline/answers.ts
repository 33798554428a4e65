import type { Reaction } from '../model/activity.ts';
import { addDays, dayIn } from '../model/days.ts';
import type { Note, User } from '../model/issue.ts';
import type { Answer } from '../model/timeline.ts';
import { type CommandWords, readCommand } from './commands.ts';

export interface AnswersInput {
  /** Comments of people, oldest first. */
  comments: readonly Note[];
  /** The lines of a comment that are neither in code nor in quotes, as they are written. */
  liveLines: (note: Note) => readonly string[];
  words: CommandWords;
  /** Whether the policy lets this person answer. */
  mayAnswer: (user: User) => boolean;
  /** Names of rules that can be waived; null: any. */
  ruleIds: Pick<ReadonlySet<string>, 'has'> | null;
  timeZone: string;
  /** `YYYY-MM-DD` */
  today: string;
}

/** What people told the bot in comments, as they stand now: a command that was edited away was never given. */
export function findAnswers(input: AnswersInput): Answer[] {
  const answers: Answer[] = [];
  for (const note of input.comments) {
    const writtenOn = dayIn(note.createdAt, input.timeZone);
    for (const line of input.liveLines(note)) {
      const command = readCommand(line, input.words, writtenOn);
      if (command === null) continue;
      answers.push({
        ...command,
        refused: refusal(command, note.author, input),
        by: note.author.username,
        noteId: note.id,
        at: note.createdAt,
        inForce: false,
      });
    }
  }
  return withForce(withoutEffect(answers, input.timeZone), input.today);
}

/** Where nothing is waived, there is nothing to take back. */
function withoutEffect(answers: readonly Answer[], timeZone: string): Answer[] {
  const waived = new Map<string, string | null>();
  return answers.map((answer) => {
    const { command, rule, until, refused, at } = answer;
    if (refused !== null || rule === null) return answer;
    if (command === 'waive') waived.set(rule, until);
    if (command !== 'unwaive') return answer;
    const end = waived.get(rule);
    waived.delete(rule);
    const isWaived = end !== undefined && (end === null || end > dayIn(at, timeZone));
    return isWaived ? answer : { ...answer, refused: `${rule} was not waived` };
  });
}

function refusal(
  { refused, rule }: Pick<Answer, 'refused' | 'rule'>,
  author: User,
  { mayAnswer, ruleIds }: AnswersInput,
): string | null {
  if (!mayAnswer(author)) return 'not allowed';
  if (refused !== null) return refused;
  return rule !== null && ruleIds !== null && !ruleIds.has(rule) ? `there is no rule “${rule}”` : null;
}

/** The last snooze counts, and the last word on each rule; a day that has come ends them. */
export function withForce(answers: readonly Answer[], today: string): Answer[] {
  const last = new Map<string, Answer>();
  for (const answer of answers) {
    if (answer.refused !== null) continue;
    const { command, rule } = answer;
    if (command === 'snooze' || command === 'seen') last.set('snooze', answer);
    else if (rule !== null) last.set(`waive ${rule}`, answer);
  }
  const standing = new Set(
    [...last.values()].filter(({ command }) => command === 'snooze' || command === 'waive'),
  );
  return answers.map((answer) => ({
    ...answer,
    inForce: standing.has(answer) && (answer.until === null || answer.until > today),
  }));
}

/**
 * What reactions to our note say: `zzz` is a week's rest, `eyes` means seen. They are asked for only before a ping.
 * @param noteId the note they are on
 */
export function reactionAnswers(
  reactions: readonly Reaction[],
  noteId: number,
  { mayAnswer, timeZone, today }: Pick<AnswersInput, 'mayAnswer' | 'timeZone' | 'today'>,
): Answer[] {
  return reactions.flatMap((reaction): Answer[] => {
    const { name, user, createdAt: at } = reaction;
    if ((name !== 'zzz' && name !== 'eyes') || !mayAnswer(user)) return [];
    const until = name === 'zzz' ? addDays(dayIn(at, timeZone), 7) : null;
    const command = name === 'zzz' ? 'snooze' : 'seen';
    const inForce = until !== null && until > today;
    const base = { because: null, rule: null, refused: null };
    return [{ command, by: user.username, until, noteId, at, inForce, ...base }];
  });
}
