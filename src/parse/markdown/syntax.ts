import type { Root } from 'mdast';
import { parse, postprocess, preprocess } from 'micromark';
import { gfm } from 'micromark-extension-gfm';
import { markdownLineEnding } from 'micromark-util-character';
import { codes } from 'micromark-util-symbol';
import type { Construct, Extension, State, TokenizeContext, Tokenizer } from 'micromark-util-types';
import { toTree } from './tree.ts';

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
 * `##Milestones`: without the space CommonMark sees a paragraph, but whoever typed two hashes meant a heading. One
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

type Parser = ReturnType<typeof parse>;

/**
 * Constructs that cannot occur in a text without some sign of them are left out for it: micromark tries each at every
 * letter or line.
 */
const gated: Readonly<Record<string, number>> = {
  emailAutolink: 1,
  wwwAutolink: 2,
  protocolAutolink: 2,
  gfmFootnoteDefinition: 4,
  gfmFootnoteCall: 4,
  gfmPotentialFootnoteCall: 4,
  table: 8,
  strikethrough: 16,
};

function gatesOf(text: string): number {
  return (
    (/[\w.+-]@[\w.-]/.test(text) ? 1 : 0) |
    (/https?:|www\./i.test(text) ? 2 : 0) |
    (text.includes('[^') ? 4 : 0) |
    (text.includes('|') ? 8 : 0) |
    (text.includes('~~') ? 16 : 0)
  );
}

function withoutClosed(extension: Extension, gates: number): Extension {
  const result: Extension = { ...extension };
  for (const field of ['document', 'flow', 'text'] as const) {
    const kept: Record<string, Construct[]> = {};
    for (const [code, value] of Object.entries(extension[field] ?? {})) {
      const constructs = (Array.isArray(value) ? value : [value as Construct]).filter(({ name }) => {
        const gate = name === undefined ? undefined : gated[name];
        return gate === undefined || (gates & gate) !== 0;
      });
      if (constructs.length > 0) kept[code] = constructs;
    }
    result[field] = kept;
  }
  return result;
}

const gfmExtension = gfm({ singleTilde: false });
const parsers = new Map<number, Parser>();

/** A parser is kept for each set of constructs: putting one together costs as much as a short text. */
function parserFor(gates: number): Parser {
  const known = parsers.get(gates);
  if (known !== undefined) {
    known.defined = [];
    known.lazy = {};
    delete known.gfmFootnotes;
    return known;
  }
  const made = parse({ extensions: [withoutClosed(gfmExtension, gates), gitlabMicromark] });
  parsers.set(gates, made);
  return made;
}

/**
 * Markdown as GitLab reads it, as a tree. Offsets count from the beginning of `text`, which has no byte order mark.
 * @param gates which constructs to look for, as bits; those that the text may hold
 */
export function parseMarkdown(text: string, gates = gatesOf(text)): Root {
  // micromark drops a byte order mark and counts without it.
  const source = (text.startsWith(byteOrderMark) ? ` ${text.slice(1)}` : text).replaceAll('\0', '\uFFFD');
  const events = postprocess(
    parserFor(gates)
      .document()
      .write(preprocess()(source, undefined, true)),
  );
  return toTree(events, source);
}
