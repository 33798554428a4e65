import type { Root, Text } from 'mdast';
import type { Extension as MdastExtension } from 'mdast-util-from-markdown';
import { markdownLineEnding } from 'micromark-util-character';
import { codes } from 'micromark-util-symbol';
import type { Construct, Extension, State, TokenizeContext, Tokenizer } from 'micromark-util-types';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    collapseLine: 'collapseLine';
  }
}

declare module 'mdast' {
  interface TextData {
    /** Written as `\@` or `&commat;`. */
    escaped?: boolean;
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

/** One text node for each token, so that every character's place in the source is known exactly. */
const exactText: MdastExtension = {
  enter: {
    collapseLine(token) {
      this.enter({ type: 'html', value: '' }, token);
    },
    data(token) {
      openText(this, token, false);
    },
    characterEscape(token) {
      openText(this, token, true);
    },
    characterReference(token) {
      openText(this, token, true);
    },
  },
  exit: {
    collapseLine(token) {
      (this.stack.at(-1) as { value: string }).value = this.sliceSerialize(token);
      this.exit(token);
    },
    data(token) {
      closeText(this, token, this.sliceSerialize(token));
    },
    characterEscape(token) {
      const node = this.stack.at(-1);
      if (node?.type === 'text') closeText(this, token, '');
    },
    characterEscapeValue(token) {
      (this.stack.at(-1) as Text).value = this.sliceSerialize(token);
    },
    lineEnding(token) {
      const context = this.stack.at(-1);
      const { data } = this;
      if (data.atHardBreak === true) {
        data.atHardBreak = undefined;
        return;
      }
      const slurp = data.setextHeadingSlurpLineEnding === true;
      if (!slurp && context !== undefined && this.config.canContainEols.includes(context.type)) {
        openText(this, token, false);
        closeText(this, token, '\n');
      }
    },
  },
};

type Context = ThisParameterType<NonNullable<NonNullable<MdastExtension['enter']>['data']>>;
type Token = Parameters<NonNullable<NonNullable<MdastExtension['enter']>['data']>>[0];

function openText(context: Context, token: Token, escaped: boolean): void {
  const parent = context.stack.at(-1) as { children: Text[] };
  const { line, column, offset } = token.start;
  const node: Text = {
    type: 'text',
    value: '',
    position: { start: { line, column, offset }, end: { line, column, offset } },
  };
  if (escaped) node.data = { escaped };
  parent.children.push(node);
  context.stack.push(node);
}

function closeText(context: Context, token: Token, value: string): void {
  const node = context.stack.pop() as Text;
  node.value += value;
  const { line, column, offset } = token.end;
  if (node.position !== undefined) node.position.end = { line, column, offset };
}

/** GitLab's dialect on top of GFM. */
function remarkGitlab(this: { data(): object }): void {
  const data = this.data() as { micromarkExtensions: Extension[]; fromMarkdownExtensions: unknown[] };
  data.micromarkExtensions.push(gitlabMicromark);
  // The transform that looks for further links after parsing is not linear, and finds nothing that is read here.
  data.fromMarkdownExtensions = (data.fromMarkdownExtensions.flat(3) as MdastExtension[]).map(
    (extension) => ({
      ...extension,
      transforms: [],
    }),
  );
  data.fromMarkdownExtensions.push(exactText);
}

const processor = unified()
  .use(remarkParse)
  .use(remarkGfm, { singleTilde: false })
  .use(remarkGitlab)
  .freeze();

/** Markdown as GitLab reads it, as a tree. Offsets count from the beginning of `text`, which has no byte order mark. */
export function parseMarkdown(text: string): Root {
  return processor.parse(text);
}
