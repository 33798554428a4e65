import type { Block } from '../../markdown/block.ts';
import { type Span, trimmed } from '../../markdown/rich-text.ts';
import type { ListField, TextField, TextProblem } from '../../model/document.ts';
import { hiddenText } from '../hidden.ts';
import {
  headOf,
  isLive,
  liveText,
  ownParts,
  type Reading,
  sectionsOf,
  spansOf,
  spansOfSection,
} from '../reading.ts';
import type { Section } from '../section.ts';

interface OwnText {
  parts: Span[];
  text: string;
  problem: TextProblem | null;
}

/** What a person wrote in some spans, template text left out. */
function ownText(reading: Reading, spans: Iterable<Span>): OwnText {
  const parts: Span[] = [];
  const said: Span[] = [];
  for (const span of spans) {
    if (!isLive(span)) continue;
    said.push(span);
    parts.push(...ownParts(reading, span).map(trimmed));
  }
  const text = parts.map(liveText).join('\n').trim();
  if (said.length === 0) return { parts: [], text: '', problem: 'empty' };
  if (parts.length === 0 || reading.kind.placeholders.isPlaceholder(text)) {
    return { parts: said, text: said.map(liveText).join('\n'), problem: 'placeholder' };
  }
  return { parts, text, problem: null };
}

/**
 * A section that is free text.
 * @param isOther blocks in it that belong to another field
 */
export function readText(
  reading: Reading,
  id: string,
  isOther: (block: Block) => boolean = () => false,
): TextField {
  const hidden = (): Pick<TextField, 'hidden'> => {
    const found = hiddenText(reading, id);
    return found === null ? {} : { hidden: found };
  };
  const sections = sectionsOf(reading, id).map((section) => ({
    ...section,
    blocks: section.blocks.filter((block) => !isOther(block)),
  }));
  if (sections.length === 0) return { text: '', problem: 'missing', place: null, ...hidden() };
  const { parts, text, problem } = ownText(
    reading,
    sections.flatMap((section) => [...spansOfSection(section)]),
  );
  const [first] = parts;
  const last = parts.at(-1);
  const name = sections[0]?.name ?? null;
  if (first === undefined || last === undefined) {
    return { text, problem, place: name === null ? null : reading.placer.of(name), ...hidden() };
  }
  const start = reading.placer.of(first).start;
  const { end } = reading.placer.of(last);
  return {
    text,
    problem,
    place: { start, end: end.offset < start.offset ? reading.placer.of(first).end : end },
  };
}

/** A section that is a list of what was or will be done; a paragraph counts as one item. */
export function readList(reading: Reading, id: string): ListField {
  const sections = sectionsOf(reading, id);
  const { text, problem, place } = readText(reading, id);
  if (problem !== null) return { items: 0, text, problem, place };
  return { items: Math.max(1, countItems(reading, sections)), text, problem, place };
}

function countItems(reading: Reading, sections: readonly Section[]): number {
  let count = 0;
  const isOwn = (span: Span): boolean => isLive(span) && ownParts(reading, span).length > 0;
  for (const section of sections) {
    if (section.value !== null && isOwn(section.value)) count += 1;
    for (const block of section.blocks) count += itemsIn(block, isOwn);
  }
  return count;
}

function itemsIn(block: Block, isOwn: (span: Span) => boolean): number {
  if (block.type === 'list') {
    return block.items.filter((item) => {
      const head = headOf(item);
      return head === null ? [...spansOf(item.blocks)].some(isOwn) : isOwn(head);
    }).length;
  }
  if (block.type === 'table') return Math.max(0, block.rows.length - 1);
  return block.type === 'text' && [...spansOf([block])].some(isOwn) ? 1 : 0;
}
