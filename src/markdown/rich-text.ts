/** Mark-up that covers a stretch of text, as bits. */
export const marks = {
  strong: 1,
  emphasis: 2,
  struck: 4,
  code: 8,
  link: 16,
  /** A URL or an e-mail address that became a link by itself. */
  literal: 32,
  /** A character reference or an escaped character: `\@`, `&amp;`. */
  escaped: 64,
} as const;

/** A stretch of text with the same mark-up, and where it is in the source. */
export interface Segment {
  /** First character in `RichText.text`, and the one behind the last. */
  at: number;
  end: number;
  source: number;
  sourceEnd: number;
  /** The same with the mark-up that begins or ends here: `**`, back-ticks, brackets. */
  outer: number;
  outerEnd: number;
  marks: number;
  url: string | null;
}

/** The visible text of a paragraph, heading or cell, without mark-up; line breaks are `\n`. */
export interface RichText {
  text: string;
  segments: Segment[];
  /** `text` by the marks that were blanked out in it. */
  blanked: Map<number, string>;
}

/** Part of a rich text: `rich.text.slice(start, end)`. */
export interface Span {
  rich: RichText;
  start: number;
  end: number;
}

export const wholeOf = (rich: RichText): Span => ({ rich, start: 0, end: rich.text.length });

export const textOf = (span: Span): string => span.rich.text.slice(span.start, span.end);

export const within = (span: Span, start: number, end: number): Span => ({ rich: span.rich, start, end });

/** The span without white space at its ends. */
export function trimmed(span: Span): Span {
  let { start, end } = span;
  const { text } = span.rich;
  while (start < end && isSpace(text.charCodeAt(start))) start += 1;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return within(span, start, end);
}

const isSpace = (code: number): boolean =>
  code === 32 || (code >= 9 && code <= 13) || code === 160 || code === 0x20_2f || code === 0x20_0b;

/** The lines of a span, each without white space at its ends. */
export function* linesIn(span: Span): Generator<Span> {
  let from = span.start;
  for (const line of textOf(span).split('\n')) {
    yield trimmed(within(span, from, from + line.length));
    from += line.length + 1;
  }
}

/** `４５％` as `45%`: signs of East Asian keyboards that stand for ASCII's, one for one. */
export const halfWidth = (text: string): string =>
  /[！-～]/.test(text)
    ? text.replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfe_e0))
    : text;

/** What stands in for text that is blanked out: neither a letter nor white space nor punctuation of ours. */
export const blank = '￼';

/**
 * The text in which everything that carries one of `mask`'s marks is blanked out, character by character,
 * so that places stay the same. Struck text becomes spaces: what is before and after it is one text.
 */
export function blankedOut(rich: RichText, mask: number): string {
  const known = rich.blanked.get(mask);
  if (known !== undefined) return known;
  let result = '';
  let touched = false;
  for (const segment of rich.segments) {
    const hit = segment.marks & mask;
    if (hit === 0) result += rich.text.slice(segment.at, segment.end);
    else {
      touched = true;
      result += (hit & marks.struck ? ' ' : blank).repeat(segment.end - segment.at);
    }
  }
  const blanked = touched ? result : rich.text;
  rich.blanked.set(mask, blanked);
  return blanked;
}

/** The segment that holds position `at`; the last one for the end of the text. */
export function segmentAt(rich: RichText, at: number): Segment | undefined {
  return rich.segments[segmentIndex(rich, at)];
}

/** Index of the segment that holds position `at`. */
export function segmentIndex(rich: RichText, at: number): number {
  let low = 0;
  let high = rich.segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((rich.segments[middle] as Segment).at <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

const isLiteral = (segment: Segment): boolean =>
  segment.sourceEnd - segment.source === segment.end - segment.at;

/** Offsets in the source of a span, mark-up at its ends left out. */
export function sourceOf(span: Span): { start: number; end: number } {
  const first = segmentAt(span.rich, span.start);
  if (first === undefined) return { start: 0, end: 0 };
  const start = isLiteral(first) ? first.source + (span.start - first.at) : first.source;
  if (span.end <= span.start) return { start, end: start };
  const last = segmentAt(span.rich, span.end - 1) as Segment;
  const end = isLiteral(last) ? last.source + (span.end - last.at) : last.sourceEnd;
  return { start, end: Math.max(start, end) };
}

/** Offsets in the source of a span, with the mark-up that begins at its start and ends at its end. */
export function outerSourceOf(span: Span): { start: number; end: number } {
  const inner = sourceOf(span);
  if (span.end <= span.start) return inner;
  const first = segmentAt(span.rich, span.start) as Segment;
  const last = segmentAt(span.rich, span.end - 1) as Segment;
  return {
    start: first.at === span.start ? Math.min(inner.start, first.outer) : inner.start,
    end: last.end === span.end ? Math.max(inner.end, last.outerEnd) : inner.end,
  };
}

/** Remembers what a function of a span gave, as long as the text lives: a stretch is asked about more than once. */
export function perSpan<T>(compute: (span: Span) => T): (span: Span) => T {
  const known = new WeakMap<RichText, Map<number, T>>();
  return (span) => {
    const key = span.start * 2 ** 26 + span.end;
    const ofText = known.get(span.rich) ?? new Map<number, T>();
    if (ofText.has(key)) return ofText.get(key) as T;
    const value = compute(span);
    known.set(span.rich, ofText.set(key, value));
    return value;
  };
}

/** The segments that overlap a span. */
export function* segmentsIn(span: Span): Generator<Segment> {
  for (let index = segmentIndex(span.rich, span.start); index < span.rich.segments.length; index += 1) {
    const segment = span.rich.segments[index] as Segment;
    if (segment.at >= span.end) return;
    if (segment.end > span.start) yield segment;
  }
}

/** Whether every visible character of the span carries one of the marks. */
export function isAll(span: Span, mask: number): boolean {
  let any = false;
  for (const segment of segmentsIn(span)) {
    if ((segment.marks & mask) !== 0) any = true;
    else {
      const from = Math.max(segment.at, span.start);
      const to = Math.min(segment.end, span.end);
      if (span.rich.text.slice(from, to).trim() !== '') return false;
    }
  }
  return any;
}
