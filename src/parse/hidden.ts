import type { HiddenText } from '../model/document.ts';
import { commentWords, normalPhrase } from './phrases.ts';
import { type Reading, sectionsOf } from './reading.ts';
import { hasWord } from './signs.ts';

/** More than a person writes; what is beyond is not looked at, so that the time stays linear. */
const most = { comments: 100, sections: 20, length: 20_000 };

/**
 * Text of a section that no one sees, because it is in a comment: below its heading, or together with the heading,
 * which happens where a comment is never closed. Comments of the template are not text of the writer's.
 */
export function hiddenText(reading: Reading, id: string): HiddenText | null {
  const sections = sectionsOf(reading, id).slice(0, most.sections);
  for (const { start, end } of reading.comments.slice(0, most.comments)) {
    const text = reading.source.slice(start, Math.min(end, start + most.length));
    const inner = commentWords(text);
    if (!hasWord(inner) || reading.kind.templateComments.has(normalPhrase(inner))) continue;
    const isBelow = sections.some((section) => section.start <= start && start < section.end);
    if (isBelow || bearsName(reading, id, inner))
      return { place: reading.placer.at(start, end), closed: reading.source.startsWith('-->', end - 3) };
  }
  return null;
}

const bearsName = (reading: Reading, id: string, text: string): boolean =>
  text.split('\n').some((line) => line.trimStart().startsWith('#') && reading.kind.names.idOf(line) === id);
