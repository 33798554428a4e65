import { RE2JS } from 're2js';
import { blankedOut, marks, type Span, segmentsIn, within } from '../../markdown/rich-text.ts';
import { memo } from '../../text/memo.ts';

/** A web address in a span. */
export interface FoundLink {
  url: string;
  /** The link's text, or the bare address. */
  span: Span;
}

const bare = /https?:\/\/[^\s<>"'`|（）「」『』【】、。，；]+/giu;

/**
 * Links of a span in order: `[text](url)`, `<url>`, bare addresses; not those in code.
 * @param relative also those without a host: `../page.md`, `#heading`
 */
export function findLinks(span: Span, relative = false): FoundLink[] {
  const links: FoundLink[] = [];
  for (const segment of segmentsIn(span)) {
    if ((segment.marks & (marks.code | marks.struck)) !== 0) continue;
    if (segment.url !== null) {
      const last = links.at(-1);
      const part = within(span, Math.max(segment.at, span.start), Math.min(segment.end, span.end));
      if (last?.url === segment.url && last.span.end === part.start)
        last.span = within(span, last.span.start, part.end);
      else if (/^https?:/i.test(segment.url) || (relative && !/^[a-z]+:/i.test(segment.url)))
        links.push({ url: withoutBracket(segment.url, segment.marks), span: part });
    } else {
      const text = span.rich.text.slice(segment.at, segment.end);
      if (!text.includes('://')) continue;
      for (const match of text.matchAll(bare)) {
        const url = match[0].replace(/[.,;:!?)\]}*_'"]+$/, '');
        const at = segment.at + match.index;
        if (at >= span.start && at < span.end) links.push({ url, span: within(span, at, at + url.length) });
      }
    }
  }
  return links;
}

/** `https://…（note）`, Slack's `<https://…|note>`: these signs end an address that became a link by itself. */
const withoutBracket = (url: string, own: number): string =>
  (own & marks.literal) === 0 ? url : url.replace(/(?:[|（「『【、。，；]|%EF%BC%88|%7C)[\s\S]*$/u, '');

/** Which addresses are OKR records. */
export interface RecordPages {
  isRecord(url: string): boolean;
  /** A page of GitLab itself, an epic or issue: a record only where the OKR link is asked for. */
  isGitLab(url: string): boolean;
}

/** @param patterns in RE2 syntax; one that does not compile never matches (the policy reports it) */
export function compileRecordPages(patterns: { records: string[]; notRecords: string[] }): RecordPages {
  const records = patterns.records.map(compile);
  const notRecords = patterns.notRecords.map(compile);
  return {
    isRecord: memo((url) => records.some((one) => one(url)) && !notRecords.some((one) => one(url))),
    isGitLab: (url) => /^https?:\/\/[^/?#]+\/[^?#]{1,500}\/-\//i.test(url),
  };
}

function compile(pattern: string): (url: string) => boolean {
  try {
    const compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
    return (url) => url.length < 3000 && compiled.test(url);
  } catch {
    return () => false;
  }
}

/** GitLab's own references to epics, issues and work items: `acme&12`, `[epic:12]`, `group/okrs#12+s`. */
const reference =
  /(?<![\p{L}\p{N}_/.&#-])(?:(?:[a-z0-9_][a-z0-9_.-]{0,100}\/){0,20}(?:[a-z0-9_][a-z0-9_.-]{0,100})?[&#]\d{1,10}(?:\+s?)?|\[(?:epic|issue|work_item):[a-z0-9_./-]{0,200}?\d{1,10}\])(?![\p{L}\p{N};])/giu;

/** References in a span, in order; not those in code, links or struck text. */
export function findReferences(span: Span): FoundLink[] {
  const hidden = marks.code | marks.struck | marks.link | marks.escaped;
  const text = blankedOut(span.rich, hidden).slice(span.start, span.end);
  return [...text.matchAll(reference)].map(({ 0: url, index }) => ({
    url,
    span: within(span, span.start + index, span.start + index + url.length),
  }));
}
