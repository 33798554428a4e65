import { addDays, isDay } from '../model/days.ts';
import type { Answer } from '../model/timeline.ts';

/** A command as it is written, before it is checked who wrote it; refused where it is not understood or out of range. */
export type Command = Pick<Answer, 'command' | 'until' | 'because' | 'rule' | 'refused'>;

export interface CommandWords {
  /** The word before the colon: `kr`. */
  prefix: string;
  /** The bot's user name without `@`; null: not known. */
  bot: string | null;
}

/** Beyond a year no one knows why any more. */
const longest = 366;
/** Of a reason this much is kept. */
const reasonLength = 300;

/**
 * The command on a line of a comment, which begins with the prefix or with a mention of the bot; null: none. A line
 * that is addressed to the bot by mention and holds no command is talk.
 * @param writtenOn day on which the comment was written: `2w` counts from it
 */
export function readCommand(line: string, words: CommandWords, writtenOn: string): Command | null {
  const addressed = addressedPart(line, words);
  if (addressed === null) return null;
  const { text, byMention } = addressed;
  const verb = /^[a-z]+/i.exec(text)?.[0].toLowerCase() ?? '';
  const rest = text.slice(verb.length).trim();
  switch (verb) {
    case 'snooze':
      return snooze(rest, writtenOn);
    case 'waive':
      return waive(rest, writtenOn);
    case 'unwaive':
      return { ...nothing, command: 'unwaive', ...ruleOf(rest) };
    case 'recheck':
      return { ...nothing, command: 'recheck' };
    case 'help':
      return { ...nothing, command: 'help' };
    default:
      if (byMention) return null;
      return {
        ...nothing,
        command: 'help',
        refused: `“${shown(verb === '' ? text : verb)}” is not a command`,
      };
  }
}

const nothing = { until: null, because: null, rule: null, refused: null };

function addressedPart(
  line: string,
  { prefix, bot }: CommandWords,
): { text: string; byMention: boolean } | null {
  const trimmed = line.replace(/^ {0,3}/, '');
  const lower = trimmed.toLowerCase();
  const word = `${prefix.toLowerCase()}:`;
  if (lower.startsWith(word)) return { text: trimmed.slice(word.length).trim(), byMention: false };
  const mention = bot === null ? null : `@${bot.toLowerCase()}`;
  if (mention === null || !lower.startsWith(mention)) return null;
  const rest = trimmed.slice(mention.length);
  return /^[:,]?\s/.test(rest) ? { text: rest.replace(/^[:,]?\s+/, '').trim(), byMention: true } : null;
}

function snooze(rest: string, writtenOn: string): Command {
  const { text, because } = splitReason(rest);
  const until = untilOf(text, writtenOn) ?? afterDuration(text, writtenOn);
  const refused =
    until === null
      ? `how long is not understood: “${shown(text)}”; write for example \`2w\` or \`until 2026-12-01\``
      : outOfRange(until, writtenOn);
  return { ...nothing, command: 'snooze', until, because, refused };
}

function waive(rest: string, writtenOn: string): Command {
  const { text, because } = splitReason(rest);
  const [name = '', ...more] = text.split(/\s+/);
  const time = more.join(' ');
  const until = time === '' ? null : untilOf(time, writtenOn);
  const { rule, refused } = ruleOf(name);
  const misread = time !== '' && until === null ? `until when is not understood: “${shown(time)}”` : null;
  const range = until === null ? null : outOfRange(until, writtenOn);
  return { command: 'waive', until, because, rule, refused: refused ?? misread ?? range };
}

function ruleOf(text: string): { rule: string | null; refused: string | null } {
  const name = text.replace(/^`|`$/g, '').toLowerCase();
  return /^[a-z]+(?:-[a-z0-9]+)*$/.test(name) && name.length <= 100
    ? { rule: name, refused: null }
    : {
        rule: null,
        refused: name === '' ? 'no rule is named' : `“${shown(name)}” is not the name of a rule`,
      };
}

function splitReason(rest: string): { text: string; because: string | null } {
  const found = /(?:^|\s)because\b[:,]?/i.exec(rest);
  if (found === null) return { text: rest.replace(/[.!]+$/, '').trim(), because: null };
  const because = rest
    .slice(found.index + found[0].length)
    .trim()
    .slice(0, reasonLength);
  return { text: rest.slice(0, found.index).trim(), because: because === '' ? null : because };
}

function untilOf(text: string, writtenOn: string): string | null {
  const found = /^until\s+(\d{4}-\d{2}-\d{2})$/i.exec(text)?.[1];
  if (found === undefined) return /^until\s+tomorrow$/i.test(text) ? addDays(writtenOn, 1) : null;
  return isDay(found) ? found : null;
}

const unitDays: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30 };

function afterDuration(text: string, writtenOn: string): string | null {
  const found = /^(?:for\s+)?(\d{1,3})\s*(d|days?|w|weeks?|m|months?)$/i.exec(text);
  const unit = unitDays[found?.[2]?.charAt(0).toLowerCase() ?? ''];
  return found === null || unit === undefined ? null : addDays(writtenOn, Number(found[1]) * unit);
}

function outOfRange(until: string, writtenOn: string): string | null {
  if (until <= writtenOn) return `${until} is not after the day it was written`;
  return until > addDays(writtenOn, longest) ? `${until} is more than a year away` : null;
}

const shown = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 40);
