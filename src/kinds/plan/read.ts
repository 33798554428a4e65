import { blankedOut, marks, type Span, textOf, within } from '../../markdown/rich-text.ts';
import type { EpicReference, TextField } from '../../model/document.ts';
import type { FrontMatter } from '../../parse/front-matter.ts';
import { type Reading, spansOfSection } from '../../parse/reading.ts';
import { findLinks } from '../../parse/values/links.ts';
import type { FieldsOf } from '../kind.ts';

interface Heading {
  level: number;
  span: Span;
}

/** Everything in a plan except what all kinds have. */
export function readPlan(reading: Reading, front: FrontMatter | null): FieldsOf<'plan'> {
  const headings = headingsOf(reading);
  const [first] = headings;
  const titled = front?.title ?? null;
  return {
    title: titled === null ? headingTitle(reading, first) : frontTitle(reading, titled),
    epics: epicsOf(reading, front),
    sections: headings
      .filter((one) => titled !== null || one !== first)
      .map(({ level, span }) => ({ title: textOf(span), level, place: reading.placer.of(span) })),
    links: allSpans(reading).flatMap((span) =>
      findLinks(span, true).map((link) => ({
        url: link.url,
        text: textOf(link.span),
        place: reading.placer.of(link.span),
      })),
    ),
  };
}

function headingsOf(reading: Reading): Heading[] {
  const headings: Heading[] = [];
  for (const { name, level, blocks } of reading.sections) {
    if (name !== null && level <= 7) headings.push({ level: Math.min(6, level), span: name });
    for (const block of blocks) {
      if (block.type === 'heading') headings.push({ level: Math.min(6, block.level), span: block.text });
    }
  }
  return headings.filter(({ span }) => span.start < span.end);
}

function headingTitle(reading: Reading, first: Heading | undefined): TextField {
  if (first === undefined) return { text: '', problem: 'missing', place: null };
  const text = textOf(first.span);
  const open = reading.kind.placeholders.isPlaceholder(text);
  return { text, problem: open ? 'placeholder' : null, place: reading.placer.of(first.span) };
}

function frontTitle(reading: Reading, title: NonNullable<FrontMatter['title']>): TextField {
  const place = reading.placer.at(title.start, title.end);
  if (title.text.trim() === '') return { text: '', problem: 'empty', place };
  const open = reading.kind.placeholders.isPlaceholder(title.text);
  return { text: title.text, problem: open ? 'placeholder' : null, place };
}

function allSpans(reading: Reading): Span[] {
  return reading.sections.flatMap((section) => [
    ...(section.name === null ? [] : [section.name]),
    ...spansOfSection(section),
  ]);
}

/** An epic's address; newer versions of GitLab show it as a work item of its group. */
const epicUrl =
  /^(https?:\/\/[^\s?#]+)\/-\/epics\/(\d+)|^(https?:\/\/[^\s?#]+\/groups\/[^\s?#]+)\/-\/work_items\/(\d+)/i;
/** GitLab's pattern for epics: `&12`, `group/subgroup&12`, `[epic:12]`, `[epic:group/12]`. */
const reference =
  /(?<![\p{L}\p{N}_/.&-])((?:[a-z0-9_][a-z0-9_.-]{0,100}\/){0,20}[a-z0-9_][a-z0-9_.-]{0,100})?&\d{1,10}(?![\p{L}\p{N};])|\[epic:[a-z0-9_./-]{0,200}?\d{1,10}\]/giu;

function epicsOf(reading: Reading, front: FrontMatter | null): EpicReference[] {
  const found: { key: string; epic: EpicReference }[] = [];
  for (const { text, start, end } of front?.epics ?? []) {
    const place = reading.placer.at(start, end);
    found.push({ key: keyOf(text), epic: epicUrl.test(text) ? { url: text, place } : { ref: text, place } });
  }
  for (const span of allSpans(reading)) {
    const here: { at: number; key: string; epic: EpicReference }[] = [];
    for (const link of findLinks(span)) {
      if (epicUrl.test(link.url)) {
        here.push({
          at: link.span.start,
          key: keyOf(link.url),
          epic: { url: link.url, place: reading.placer.of(link.span) },
        });
      }
    }
    const text = blankedOut(span.rich, marks.code | marks.struck | marks.link | marks.escaped).slice(
      span.start,
      span.end,
    );
    if (text.includes('&') || text.includes('[epic:')) {
      for (const match of text.matchAll(reference)) {
        const part = within(span, span.start + match.index, span.start + match.index + match[0].length);
        here.push({ at: part.start, key: match[0], epic: { ref: match[0], place: reading.placer.of(part) } });
      }
    }
    found.push(...here.toSorted((a, b) => a.at - b.at));
  }
  const seen = new Set<string>();
  return found.filter(({ key }) => !seen.has(key) && seen.add(key)).map(({ epic }) => epic);
}

/** Both addresses of an epic, and those of its comments, are one epic: the number is the same. */
function keyOf(written: string): string {
  const found = epicUrl.exec(written);
  return found === null ? written : `${found[1] ?? found[3]}&${found[2] ?? found[4]}`.toLowerCase();
}
