import { type Span, textOf, trimmed, within } from '../../markdown/rich-text.ts';
import { paragraphs, type Reading, sectionsOf } from '../reading.ts';
import { levels, type Section } from '../section.ts';
import { beginsSmall } from '../signs.ts';

/** More words than a name has. */
const mostWords = 4;

/**
 * Sections that are dictated rather than typed: "objective is to …" as a paragraph in lower case, "… done: scales next:
 * menu" on one line, "Last week we weighed the scales." Looked for only where the text has no section of that name.
 */
export function addSpoken(reading: Reading, ids: readonly string[]): void {
  const wanted = ids.filter((id) => sectionsOf(reading, id).length === 0);
  if (wanted.length === 0) return;
  const hosts = reading.sections.filter(({ id }) => id === null || id === 'week-of' || id === 'okr-link');
  for (const { blocks, name, value } of hosts) {
    const spans = blocks.flatMap((block) => (block.type === 'text' ? [...paragraphs(block.lines)] : []));
    for (const span of [...(name === null ? [] : [name]), ...(value === null ? [] : [value]), ...spans])
      reading.sections.push(...spokenIn(reading, span, wanted));
  }
}

interface Said {
  id: string;
  name: Span;
  from: number;
}

function spokenIn(reading: Reading, span: Span, wanted: readonly string[]): Section[] {
  const text = textOf(span);
  if (text.length > 2000) return [];
  const said: Said[] = [];
  const add = (start: number, end: number, from: number): boolean => {
    const id = reading.kind.names.idOf(text.slice(start, end));
    if (id === null || !wanted.includes(id) || text.slice(from).trim() === '') return false;
    said.push({ id, name: within(span, span.start + start, span.start + end), from: span.start + from });
    return true;
  };
  for (const { index } of text.matchAll(/[:：](?=\s)/g)) {
    const words = [...text.slice(0, index).matchAll(/\S+/g)].slice(-mostWords);
    words.some((word) => add(word.index, index, index + 1));
  }
  if (said.length === 0 && beginsSmall(text)) {
    const words = [...text.slice(0, 80).matchAll(/\S+/g)].slice(0, mostWords);
    words.toReversed().some(({ 0: word, index }) => add(0, index + word.length, index + word.length));
  }
  if (said.length === 0) {
    for (const { index: from } of text.matchAll(/(?<=^|\n|[.!?]\s)\S/g)) {
      const words = [...text.slice(from, from + 80).matchAll(/\S+/g)].slice(0, 2 * mostWords);
      words.some(({ 0: word, index }, at) => {
        const end = from + index + word.length;
        if (reading.kind.cues.behind(text.slice(end, end + 40), ['self', 'is']) === null) return false;
        return words
          .slice(Math.max(0, at + 1 - mostWords), at + 1)
          .some((first) => add(from + first.index, end, end));
      });
    }
  }
  return said.map(({ id, name, from }, index) => ({
    id,
    level: levels.line,
    name,
    value: trimmed(within(span, from, said[index + 1]?.name.start ?? span.end)),
    blocks: [],
    start: reading.placer.of(name).start.offset,
    end: reading.placer.of(span).end.offset,
  }));
}
