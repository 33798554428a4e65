import type { Finding } from '../../model/finding.ts';
import type { Answer } from '../../model/timeline.ts';
import { code, prose } from '../../text/markdown-escape.ts';
import type { Voice } from './voice.ts';

/** How many answers in force are spelled out. */
const SHOWN = 4;

/** What a text of a person may take up here. */
const REASON = 100;

/** A refusal for those who may not answer at all: they get silence. */
const NOT_ALLOWED = 'not allowed';

/** The bot looks once in this time, so that each answer is acknowledged before another one takes its place. */
const DAY_MS = 86_400_000;

/** Answers that the comment speaks of, oldest first. */
export function answersToShow(answers: readonly Answer[]): Answer[] {
  const heard = answers.filter(({ refused }) => refused !== NOT_ALLOWED);
  return heard.filter(
    (answer) =>
      answer.inForce ||
      // What leaves nothing in force is acknowledged until the same person says something else.
      ((answer.refused !== null || ['recheck', 'unwaive'].includes(answer.command)) &&
        isLastWord(answer, heard)),
  );
}

/** Whether someone who may ask asked for help, and said nothing since. */
export function wantsHelp(answers: readonly Answer[]): boolean {
  const heard = answers.filter(({ refused }) => refused !== NOT_ALLOWED);
  return heard.some(
    (answer) => answer.command === 'help' && answer.refused === null && isLastWord(answer, heard),
  );
}

/**
 * Whether nothing that its writer said later takes the place of an answer: the same command, anything after a word that
 * is no command, or anything a day later.
 */
function isLastWord(answer: Answer, heard: readonly Answer[]): boolean {
  const { by, noteId, command, refused, at } = answer;
  const isMistyped = command === 'help' && refused !== null;
  return !heard
    .slice(heard.indexOf(answer) + 1)
    .some(
      (later) =>
        later.by === by &&
        later.noteId !== noteId &&
        (isMistyped || later.command === command || Date.parse(later.at) - Date.parse(at) >= DAY_MS),
    );
}

/** What one comment could not have its way with is said on one line. */
function withOneRefusalEach(answers: readonly Answer[]): Answer[] {
  const first = new Map<number, Answer>();
  for (const answer of answers) {
    if (answer.refused === null) continue;
    const before = first.get(answer.noteId);
    first.set(
      answer.noteId,
      before === undefined ? answer : { ...before, refused: `${before.refused}; ${answer.refused}` },
    );
  }
  const said = new Set<number>();
  return answers.flatMap((answer) => {
    if (answer.refused === null) return [answer];
    if (said.has(answer.noteId)) return [];
    said.add(answer.noteId);
    return [first.get(answer.noteId) ?? answer];
  });
}

/** What people told the bot and what came of it, a line each: in force with who, why, until when and how to undo. */
export function answerLines(answers: readonly Answer[], voice: Voice, prefix: string): string[] {
  const shown = withOneRefusalEach(answersToShow(answers));
  const lines = shown.slice(-SHOWN).map((answer) => answerLine(answer, voice, prefix));
  const more = shown.length - lines.length;
  const all = [...lines, ...(more > 0 ? [voice.say('and-more-answers', { count: more })] : [])];
  return all.length === 0 ? [] : [all.join('\\\n')];
}

function answerLine(answer: Answer, voice: Voice, prefix: string): string {
  const { command, until, because, rule, refused, noteId } = answer;
  const who = code(answer.by, 80) || '?';
  const comment = `[${voice.say('that-comment')}](#note_${noteId})`;
  // The word of the command belongs to such a reason: "because of the freeze".
  const given = because !== null && /^of\b/i.test(because) ? `because ${because}` : (because ?? '');
  const reason = prose(given, REASON);
  const values = {
    who,
    comment,
    because: reason === '' ? '' : voice.say('because', { reason: reason.replace(/[.!]+$/, '') }),
  };
  if (refused !== null)
    return voice.say('refused', { ...values, reason: prose(refused, 240), command: code(`${prefix}: help`) });
  if (command === 'snooze' || command === 'seen')
    return voice.say('snoozed', { ...values, until: until ?? '' });
  if (command === 'waive')
    return voice.say('waived', {
      ...values,
      rule: code(rule ?? '', 80),
      until: until === null ? voice.say('waived-always') : voice.say('waived-until', { until }),
      command: code(`${prefix}: unwaive ${rule ?? ''}`, 120),
    });
  if (command === 'unwaive') return voice.say('unwaived', { ...values, rule: code(rule ?? '', 80) });
  return voice.say('rechecked', values);
}

/** How to answer the bot, with the rules that could be waived here. */
export function answerHelp(findings: readonly Finding[], voice: Voice, prefix: string): string[] {
  const rules = [...new Set(findings.map(({ rule }) => rule))].map((rule) => code(rule, 80)).filter(Boolean);
  const first = findings[0]?.rule;
  const lines = [
    voice.say('answer-snooze', { command: code(`${prefix}: snooze 2w because …`) }),
    ...(first === undefined
      ? []
      : [voice.say('answer-waive', { command: code(`${prefix}: waive ${first} because …`, 120) })]),
    voice.say('answer-recheck', { command: code(`${prefix}: recheck`) }),
  ];
  return [
    voice.say('answers-intro'),
    lines.map((line) => `- ${line}`).join('\n'),
    ...(rules.length > 1 ? [voice.say('answer-rules', { rules: rules.slice(0, 8).join(', ') })] : []),
    voice.say('answer-reaction'),
  ];
}
