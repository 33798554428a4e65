import { nameToEmoji } from 'gemoji';
import type { Element, ElementContent, Root, Text } from 'hast';
import rehypeRaw from 'rehype-raw';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { SKIP, visit } from 'unist-util-visit';

/** What a reference in the text stands for; null: it is just text. */
export interface References {
  /** A user or group name after `@`: what to show on hovering. */
  mention: (name: string) => string | null;
  /** `#12` or `group/project#12`: where it leads. */
  issue: (path: string | null, iid: number) => string | null;
}

const schema: typeof defaultSchema = {
  ...defaultSchema,
  // The text of these is not for people.
  strip: [...(defaultSchema.strip ?? []), 'style', 'template', 'title', 'textarea', 'noscript'],
  protocols: { ...defaultSchema.protocols, href: ['http', 'https', 'mailto'] },
};

/**
 * Markdown of strangers as HTML that is safe to show: everything goes through a sanitiser, images are named but not
 * loaded, links tell no one where they were followed from. Only after that are mentions and references marked.
 */
export function renderMarkdown(text: string, references: References): string {
  const file = unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(remarkRehype, { allowDangerousHtml: true })
    .use(rehypeRaw)
    .use(rehypeSanitize, schema)
    .use(() => (tree: Root) => {
      finish(tree, references);
    })
    .use(rehypeStringify)
    .processSync(text);
  return String(file);
}

function finish(tree: Root, references: References): void {
  visit(tree, (node, index, parent) => {
    if (node.type === 'element') {
      if (node.tagName === 'a') node.properties['rel'] = ['noreferrer', 'noopener', 'nofollow'];
      if (node.tagName === 'img' && parent && index !== undefined) {
        parent.children[index] = unloadedImage(node);
        return SKIP;
      }
      return ['a', 'code', 'pre'].includes(node.tagName) ? SKIP : undefined;
    }
    if (node.type !== 'text' || !parent || index === undefined) return undefined;
    const pieces = marked(node.value, references);
    if (pieces.length === 1 && pieces[0]?.type === 'text') {
      node.value = pieces[0].value;
      return undefined;
    }
    parent.children.splice(index, 1, ...pieces);
    return [SKIP, index + pieces.length];
  });
}

function unloadedImage(image: Element): Element {
  const alt = image.properties['alt'];
  const name = typeof alt === 'string' && alt !== '' ? alt : 'no description';
  return element('span', { className: ['image'] }, [{ type: 'text', value: `Image: ${name}` }]);
}

function element(tagName: string, properties: Element['properties'], children: ElementContent[]): Element {
  return { type: 'element', tagName, properties, children };
}

const reference =
  /(?<!\w)@([a-zA-Z0-9_][\w./-]*)|(?<![\w&/])((?:[\w.-]+\/)+[\w.-]+)?#(\d{1,9})(?!\w)|:([a-z0-9_+-]+):/g;

function marked(text: string, references: References): (Text | Element)[] {
  const pieces: (Text | Element)[] = [];
  let from = 0;
  for (const match of text.matchAll(reference)) {
    const piece = markedPiece(match, references);
    if (!piece) continue;
    if (match.index > from) pieces.push({ type: 'text', value: text.slice(from, match.index) });
    pieces.push(piece.node);
    from = match.index + piece.length;
  }
  if (from < text.length) pieces.push({ type: 'text', value: text.slice(from) });
  return pieces;
}

function markedPiece(
  match: RegExpExecArray,
  references: References,
): { node: Text | Element; length: number } | null {
  const [whole, mentioned, path, iid, emoji] = match;
  if (mentioned !== undefined) {
    const name = mentioned.replace(/[./-]+$/, '');
    const title = references.mention(name);
    if (title === null) return null;
    const children: Text[] = [{ type: 'text', value: `@${name}` }];
    return { node: element('span', { className: ['mention'], title }, children), length: name.length + 1 };
  }
  if (iid !== undefined) {
    const href = references.issue(path ?? null, Number(iid));
    if (href === null) return null;
    return { node: element('a', { href }, [{ type: 'text', value: whole }]), length: whole.length };
  }
  const picture = emoji === undefined ? undefined : nameToEmoji[emoji];
  return picture === undefined ? null : { node: { type: 'text', value: picture }, length: whole.length };
}
