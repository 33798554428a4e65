import type { Root } from 'mdast';
import { markdownLineEnding } from 'micromark-util-character';
import { codes } from 'micromark-util-symbol';
import type { Construct, Extension, State, TokenizeContext, Tokenizer } from 'micromark-util-types';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { type Processor, unified } from 'unified';
import { onePerToken } from './exact-text.ts';

const byteOrderMark = '\uFEFF';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    collapseLine: 'collapseLine';
  }
}

/**
 * A line that opens or closes a collapsed section (`<details>`, `<summary>`). CommonMark lets such a line swallow
 * all that follows up to a blank line as raw HTML; people do not leave that blank line and mean Markdown.
 */
const collapseLine: Construct = {
  name: 'collapseLine',
  tokenize: tokenizeCollapseLine,
  concrete: true,
};

const collapseNames = new Set(['details', 'summary']);

function tokenizeCollapseLine(
  this: TokenizeContext,
  effects: Parameters<Tokenizer>[0],
  ok: State,
  nok: State,
): State {
  let name = '';

  return function start(code) {
    effects.enter('collapseLine');
    effects.consume(code);
    return slash;
  };

  function slash(code: number | null): State | undefined {
    if (code !== codes.slash) return tagName(code);
    effects.consume(code);
    return tagName;
  }

  function tagName(code: number | null): State | undefined {
    const letter = code === null || code < 0 ? '' : String.fromCharCode(code).toLowerCase();
    if (letter >= 'a' && letter <= 'z' && name.length < 7) {
      name += letter;
      effects.consume(code);
      return tagName;
    }
    const ends =
      code === codes.greaterThan || code === codes.slash || code === codes.space || markdownLineEnding(code);
    return ends && collapseNames.has(name) ? rest(code) : nok(code);
  }

  function rest(code: number | null): State | undefined {
    if (code === codes.eof || markdownLineEnding(code)) {
      effects.exit('collapseLine');
      return ok(code);
    }
    effects.consume(code);
    return rest;
  }
}

/**
 * `##Milestones`: without the space CommonMark sees a paragraph, but anyone who typed two hashes meant a heading. One
 * hash alone may begin a reference.
 */
const unspacedHeading: Construct = { name: 'unspacedHeading', tokenize: tokenizeUnspacedHeading };

function tokenizeUnspacedHeading(effects: Parameters<Tokenizer>[0], ok: State, nok: State): State {
  let size = 0;

  return function start(code) {
    effects.enter('atxHeading');
    effects.enter('atxHeadingSequence');
    return sequence(code);
  };

  function sequence(code: number | null): State | undefined {
    if (code === codes.numberSign && size < 7) {
      size += 1;
      effects.consume(code);
      return sequence;
    }
    const blank = code === null || code <= codes.space;
    if (size < 2 || size > 6 || blank || (code >= codes.digit0 && code <= codes.digit9)) return nok(code);
    effects.exit('atxHeadingSequence');
    effects.enter('atxHeadingText');
    effects.enter('chunkText', { contentType: 'text' });
    return text(code);
  }

  function text(code: number | null): State | undefined {
    if (code === codes.eof || markdownLineEnding(code)) {
      effects.exit('chunkText');
      effects.exit('atxHeadingText');
      effects.exit('atxHeading');
      return ok(code);
    }
    effects.consume(code);
    return text;
  }
}

const gitlabMicromark: Extension = {
  flow: { [codes.lessThan]: collapseLine, [codes.numberSign]: unspacedHeading },
};

/** GitLab's dialect, on top of GFM, as a remark plugin. */
function remarkGitlab(this: Processor): void {
  const data = this.data();
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), gitlabMicromark];
  const extensions = (data.fromMarkdownExtensions ?? []).flat();
  // The transform of GFM looks for links once more in the finished tree: not in linear time, and without places.
  data.fromMarkdownExtensions = [...extensions.map((one) => ({ ...one, transforms: [] })), onePerToken];
}

/**
 * What GFM tries at every line or at every letter, and a sign without which no text has any of it. Trying them is a third
 * of what a tree costs, and most texts have neither tables nor e-mail addresses.
 */
const costly: Readonly<Record<string, RegExp>> = {
  emailAutolink: /[\w.+-]@/,
  protocolAutolink: /https?:\/\//i,
  wwwAutolink: /www\./i,
  // Of a delimiter row: a dash next to a bar or a colon.
  table: /-[ \t]*[|:]|[|:][ \t]*-/,
};

type Constructs = Extension['text'];

/** Leaves constructs out, by their names. */
function remarkWithout(this: Processor, names: readonly string[]): void {
  const kept = (constructs: Constructs): Constructs =>
    Object.fromEntries(
      Object.entries(constructs ?? {}).flatMap(([code, value]) => {
        const wanted = [value ?? []].flat().filter(({ name = '' }) => !names.includes(name));
        return wanted.length === 0 ? [] : [[code, wanted]];
      }),
    );
  const data = this.data();
  data.micromarkExtensions = (data.micromarkExtensions ?? []).map((extension) => ({
    ...extension,
    flow: kept(extension.flow),
    text: kept(extension.text),
  }));
}

const whole = unified().use(remarkParse).use(remarkGfm, { singleTilde: false }).use(remarkGitlab).freeze();

/** One for each set of constructs that texts may do without. */
const processors = new Map<string, typeof whole>();

function processorFor(text: string): typeof whole {
  const unneeded = Object.keys(costly).filter((name) => costly[name]?.test(text) === false);
  const key = unneeded.join(' ');
  const known = processors.get(key) ?? whole().use(remarkWithout, unneeded).freeze();
  processors.set(key, known);
  return known;
}

/** Markdown as GitLab reads it, as mdast. Offsets count from the beginning of `text`, which has no byte order mark. */
export function parseMarkdown(text: string): Root {
  // micromark drops a byte order mark and counts without it.
  const plain = (text.startsWith(byteOrderMark) ? ` ${text.slice(1)}` : text).replaceAll('\0', '\uFFFD');
  return processorFor(plain).parse(plain);
}
