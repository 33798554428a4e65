import type { KindGrammar, Language } from '../../model/policy.ts';
import { anyOf } from '../pattern.ts';

/** What the parts of a KR's title look like; each finds its part at the head of what is left of the title. */
export interface TitleWords {
  /** What may be before everything else: `Draft:`, `[KR]`, `#12`, `3.`, signs. */
  prefix: RegExp;
  /** `SEC-1204 FY27 …`, `AppSec: FY27 …`: what is before the year is a prefix. */
  beforeYear: RegExp;
  /** The year is its only group that matched. */
  year: RegExp;
  /** The calendar's year, half a year or a month: not a fiscal year or quarter, and no statement either. */
  otherTime: RegExp;
  /** At the very head, and behind other parts, where words of all languages count. */
  quarter: { first: RegExp; later: RegExp };
  /** A second quarter behind the first ("Q3/Q4": neither is the quarter), or what leads to the year ("Q4 of FY27"). */
  behindQuarter: { second: RegExp; of: RegExp };
  number: { first: RegExp; later: RegExp };
  /** What goes on behind the number: "KR1 of 3", "KR1 & KR2", which are two. */
  behindNumber: { second: RegExp; count: RegExp };
  /** Without a number, or with a sign that waits for one: `KR?`, `KR#`. */
  bare: RegExp;
  /** The objective a KR belongs to: its number is not the KR's. */
  objective: RegExp;
}

/** The parts of `FY27 Q4 KR1` are read whatever languages a policy names. */
const always: Readonly<Record<string, readonly string[]>> = {
  'fiscal-year': ['FY'],
  quarter: ['Q'],
  'key-result': ['KR'],
};

type WithLanguages = Pick<KindGrammar, 'languages'>;

const compiled = new WeakMap<WithLanguages, TitleWords>();

/** The words for the parts of a title in the languages of a grammar; compiled once. */
export function titleWordsOf(grammar: WithLanguages): TitleWords {
  const known = compiled.get(grammar);
  if (known !== undefined) return known;
  const made = compileTitleWords(grammar.languages ?? []);
  compiled.set(grammar, made);
  return made;
}

function compileTitleWords(languages: readonly Language[]): TitleWords {
  const listed = (id: string, of: readonly Language[]): string[] => [
    ...(always[id] ?? []),
    ...of.flatMap(({ titles }) => titles[id] ?? []),
  ];
  const all = (id: string): string => anyOf(listed(id, languages));
  // "RC2 is live" is a statement: at the very head a short word counts only in the first language.
  const first = (id: string): string =>
    anyOf([...listed(id, languages.slice(0, 1)), ...listed(id, languages).filter((word) => word.length > 3)]);
  const small = (...ids: string[]): string =>
    anyOf(languages.flatMap(({ dates }) => ids.flatMap((id) => dates[id] ?? [])));

  const [years, quarters, results] = [all('fiscal-year'), all('quarter'), all('key-result')];
  const calendar = all('calendar-year');
  const months = String.raw`\p{L}{3,12}\.?\s+(?:19|20)\d{2}(?=\W+(?:${quarters}\s?[1-4]|${results}))`;
  const part = String.raw`[[(（【]|${years}[\s'’-]{0,2}\d|${quarters}\s?[1-4](?!\w)|${results}\s?[#\d]`;
  const signs = String.raw`\p{Extended_Pictographic}|\p{Regional_Indicator}|\u200D|\uFE0F|:[a-z0-9_+-]{1,60}:`;
  const drafts = all('draft');
  return {
    prefix: pattern(
      String.raw`(?:\s*[[(]${drafts}[\])]\s*:?\s*|\s*${drafts}\s*[:：]\s*|\s*${drafts}\s+(?=${part})`,
      String.raw`|\s*\[${results}\](?=\s)|\s*${results}\s+\p{L}{2,4}\s+(?=${years}|${quarters}\s?[1-4])`,
      String.raw`|\s*#\d{1,9}(?=\s)|\s*\d{1,3}[.)](?=\s)(?!\s+${quarters}(?!\p{L}))|${signs}|\s)+`,
    ),
    // With cases: a prefix is a name or a ticket.
    beforeYear: new RegExp(
      String.raw`^(?:[\p{L}\p{N}][\p{L}\p{N} ._-]{0,30}:|[A-Z]{2,10}-\d{1,6})\s+(?=[[(]?(?:${years}|${calendar})\s?['’]?\d)`,
      'u',
    ),
    year: pattern(
      String.raw`${years}[\s'’-]{0,2}(?:(?:\d{4}|\d{2})\/)?(\d{4}|\d{2})(?!\d)|((?:19|20)\d{2})${years}(?!\p{L})`,
    ),
    otherTime: pattern(
      String.raw`(?:${calendar}\s?['’]?(?:\d{4}|\d{2})(?!\d)|(?:19|20)\d{2}(?=[\s\-–—:/_]*(?:${quarters}\s?[1-4]|${results}|\())`,
      String.raw`|${all('half-year')}[12](?!\w)|['’]\d{2}(?!\d)|${months})`,
    ),
    quarter: { first: quarterPattern(first('quarter')), later: quarterPattern(quarters) },
    behindQuarter: {
      second: pattern(String.raw`\s*(?:[/&+–-]|${small('and', 'to')})\s*${quarters}\s?\d{1,2}(?!\d)`),
      of: pattern(String.raw`\s+${small('of')}(?=\s+(?:${years}|${calendar}|\d{4}))`),
    },
    number: { first: numberPattern(first('key-result')), later: numberPattern(results) },
    behindNumber: {
      second: pattern(String.raw`\s*(?:[&+/,]|${small('and')})\s*${results}\s?\d{1,3}(?!\d)`),
      count: pattern(String.raw`\s*${small('of')}\s+\d{1,3}(?!\d)`),
    },
    bare: pattern(String.raw`${results}(?:\s?(?:[#?]{1,3}|X{1,2}))?(?![\p{L}\p{N}])`),
    objective: pattern(
      String.raw`${all('objective')}[\s#.-]?\d{1,2}(?=[\s.,:;–—-]*(?:${results})|[\s:–—-]+\()`,
    ),
  };
}

const pattern = (...sources: string[]): RegExp => new RegExp(`^(?:${sources.join('')})`, 'iu');

/** `Q4`, `4Q`, `4. Quartal`, `第4四半期`. A letter that is not Q needs a number that is a quarter: T34 is a tank. */
function quarterPattern(words: string): RegExp {
  const behind = String.raw`(?:${words}(?!\p{L}))`;
  return pattern(
    String.raw`(?:Q\s?(\d{1,2})(?!\d)|${words}\s?(\d)(?:${behind}|(?![\p{L}\p{N}]))`,
    String.raw`|([1-4])(?:Q(?!\w)|(?:\.|º|°|er|ère|e|ème|o)?\s?(?=\p{L}{4}|四)${behind}))`,
  );
}

/** `KR1`, `KR #1`, `KR no. 1`; `KR1.2` and `KR1-3` have a second number. */
const numberPattern = (words: string): RegExp =>
  pattern(String.raw`${words}(?:\s*[#№:-]?\s*|\s+no\.?\s*)(\d{1,3})(?:[.-](\d{1,3}))?(?![\d%])(?!\p{L})`);
