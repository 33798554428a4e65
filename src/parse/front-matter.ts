import { parse } from 'yaml';
import { blankUntil, findFrontMatter } from '../text/front-matter.ts';

interface Piece {
  text: string;
  /** Offsets in the source. */
  start: number;
  end: number;
}

/** What the block of settings at the head of a page says. */
export interface FrontMatter {
  title: Piece | null;
  /** Epics named in it. */
  epics: Piece[];
  /** Where the text of the page begins. */
  end: number;
}

/** The front matter of a page (files only: in an issue a leading `---` is a rule); null when there is none. */
export function readFrontMatter(source: string): FrontMatter | null {
  const span = findFrontMatter(source);
  if (span === null) return null;
  const from = span.start;
  const body = source.slice(from, span.end);
  return {
    title: titleIn(body, from),
    epics: [
      ...body.matchAll(
        /https?:\/\/[^\s"'<>]+\/-\/epics\/\d+|https?:\/\/[^\s"'<>]+\/groups\/[^\s"'<>]+\/-\/work_items\/\d+|(?<=^epic:[^\S\n]*["']?)[a-z0-9_./-]*&\d+/gimu,
      ),
    ].map((match) => ({
      text: match[0],
      start: from + match.index,
      end: from + match.index + match[0].length,
    })),
    end: span.textStart,
  };
}

function titleIn(body: string, from: number): Piece | null {
  const line = /^title[^\S\n]*[:=][^\S\n]*(.*)$/imu.exec(body);
  if (line === null) return null;
  const written = (line[1] as string).trimEnd();
  const start = from + line.index + line[0].indexOf(written, line[0].search(/[:=]/) + 1);
  const end = start + written.length;
  const text = titleOf(body) ?? unquoted(written);
  const quoted = /^["'].*["']$/.test(written) ? 1 : 0;
  return { text, start: start + quoted, end: end - quoted };
}

function titleOf(body: string): string | null {
  try {
    const value: unknown = parse(body, { maxAliasCount: 10, logLevel: 'error' });
    if (typeof value !== 'object' || value === null || !('title' in value)) return null;
    return typeof value.title === 'string' || typeof value.title === 'number' ? String(value.title) : null;
  } catch {
    return null;
  }
}

const unquoted = (text: string): string => text.replace(/^["']|["']$/g, '');

/** The source with its front matter blanked out, so that offsets stay. */
export function withoutFrontMatter(source: string, front: FrontMatter | null): string {
  return front === null ? source : blankUntil(source, front.end);
}
