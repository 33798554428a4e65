/** Where the settings at the head of a file are, as offsets in it. */
export interface FrontMatterSpan {
  /** `---` is YAML, `+++` TOML, `;;;` JSON, as GitLab takes them. */
  marker: '---' | '+++' | ';;;';
  /** Of the settings themselves, without the lines around them. */
  start: number;
  end: number;
  /** Where the text of the file begins. */
  textStart: number;
}

/** Longer front matter does not count: nothing would be left to read. */
const longest = 100_000;

/** The front matter of a file (in an issue a leading `---` is a rule); null when there is none. */
export function findFrontMatter(source: string): FrontMatterSpan | null {
  const fence = /^\uFEFF?(---|\+\+\+|;;;)[^\S\r\n]*\r?\n/.exec(source);
  if (fence === null) return null;
  const marker = fence[1] as FrontMatterSpan['marker'];
  const start = fence[0].length;
  const rest = source.slice(start, longest);
  const close = (marker === '---' ? closeYaml : marker === '+++' ? closeToml : closeJson).exec(rest);
  if (close === null) return null;
  const end = start + close.index;
  return { marker, start, end, textStart: end + close[0].length };
}

const closeYaml = /^(?:---|\.\.\.)[^\S\r\n]*(?:\r?$)/m;
const closeToml = /^\+\+\+[^\S\r\n]*(?:\r?$)/m;
const closeJson = /^;;;[^\S\r\n]*(?:\r?$)/m;

/** The text with everything before an offset blanked out: same length, same lines, so that places stay true. */
export function blankUntil(source: string, offset: number): string {
  return source.slice(0, offset).replace(/[^\r\n]/g, ' ') + source.slice(offset);
}
