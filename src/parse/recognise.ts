import type { Block, Heading, Table, TextBlock } from '../markdown/block.ts';
import { type Span, sourceOf, textOf } from '../markdown/rich-text.ts';
import type { KrMilestone } from '../model/document.ts';
import { headOf, paragraphs, type Reading, sectionsOf } from './reading.ts';
import { headingNode } from './recognisers/heading.ts';
import { blockNodes, lineNodes, namedLineNodes, piecesOfText, typedTable } from './recognisers/lines.ts';
import { listNodes, onOneLine, runTogether } from './recognisers/list.ts';
import { type Item, type Node, weighed } from './recognisers/node.ts';
import { hasOwnFields, isBareValue, isField, isNamed, plainItem } from './recognisers/shapes.ts';
import { columnNodes } from './recognisers/sideways.ts';
import { asksForMilestones, rowNodes } from './recognisers/table.ts';
import { inheriting, mean, type Part, partOf, weighNodes } from './recognisers/weigh.ts';

/**
 * How a milestone is recognised.
 *
 * Nothing in a section is a milestone because of one pattern. Every stretch of it is read in each form it may have,
 * all items of a reading are weighed, and the reading that is borne out best is taken:
 *
 * | form | an item is | recogniser |
 * |---|---|---|
 * | list | a bullet, its fields on its lines or in bullets below; or it is a group and the bullets below are items | `recognisers/list.ts` |
 * | heading | a heading or bold line with its fields below; or it is a group, and what is below are items | `recognisers/heading.ts` |
 * | rows | a row of a table, columns by name or by what is in them | `recognisers/table.ts` |
 * | columns | a column of a table whose first column names fields; one table for each milestone | `recognisers/sideways.ts` |
 * | named lines | a line that begins with `Milestone 1`, and the lines below it | `recognisers/lines.ts` |
 * | lines, paragraphs, pieces, typed table | text without marks, where most of it has a date and people | `recognisers/lines.ts` |
 *
 * 1. A recogniser cuts blocks into *nodes*: what each would be as an item, and what is in it if it is a group.
 * 2. `weighed` (`recognisers/node.ts`) reads the fields of an item and adds up what speaks for it: the name of an
 *    item, a date, people, a box, words that describe it.
 * 3. `weighNodes` (`recognisers/weigh.ts`) decides between items and groups for nodes side by side, so that task boxes
 *    below a dated heading are its steps, while dated bullets below a plain heading are the milestones.
 * 4. `chosen` (below) compares the parts of a section: next to a list of milestones, a table of metrics, a log or notes
 *    have little that speaks for them and drop out by themselves.
 *
 * How far a reading is ahead of the next one makes a milestone certain or not (`KrMilestone.certain`).
 * To add a form: a function from blocks to nodes in `recognisers/`, its line in this table and one call below.
 */
export function recogniseMilestones(reading: Reading): KrMilestone[] {
  const parts: Part[] = [];
  for (const section of sectionsOf(reading, 'milestones')) {
    if (section.name !== null && reading.kind.archived?.test(textOf(section.name)) === true) continue;
    const { value } = section;
    if (value !== null && isNamed(reading, value))
      parts.push(
        partOf(
          'named lines',
          runTogether(reading, value).map((one) => weighed(reading, onOneLine(one))),
        ),
      );
    else if (value !== null)
      parts.push(
        ...withoutWeakTexts(textParts(reading, { type: 'text', lines: [value], ...sourceOf(value) }, false)),
      );
    parts.push(...partsOf(reading, section.blocks));
  }
  const found = chosen(parts);
  if (found.length > 0) return found;
  const others = reading.sections.filter(({ id }) => id !== 'milestones');
  const named = others
    .flatMap((section) => partsOf(reading, section.blocks, (item) => item.milestone.label !== null))
    .filter(({ items }) => items.length > 0);
  if (named.length > 0) return chosen(named);
  const unnamed = others.filter(({ id }) => id === null || id === 'objective');
  const best = unnamed
    .map((section) => partsOf(reading, section.blocks).filter(isBorneOut))
    .reduce((one, other) => (strongest(other) > strongest(one) ? other : one), []);
  return chosen(best).map((milestone) => ({ ...milestone, certain: false }));
}

const strongest = (parts: readonly Part[]): number => Math.max(0, ...parts.map(({ evidence }) => evidence));

/** Under a heading of the writer's own only what can hardly be anything else: dated, owned, and boxes or columns for it. */
function isBorneOut({ items, evidence, form }: Part): boolean {
  if (evidence < leastOfText) return false;
  const [first] = items;
  const asks = (id: string): boolean => first?.raw.columns?.some((column) => column.id === id) === true;
  return form === 'rows' ? asks('due-date') && asks('dri') : items.every(({ raw }) => raw.state !== null);
}

/** Whether a block in another section is one of milestones: no text of that section. */
export function isOfMilestones(reading: Reading, block: Block): boolean {
  const table = block.type === 'text' ? typedTable(block) : block;
  if (table?.type === 'table') return asksForMilestones(reading, table);
  if (block.type !== 'list') return false;
  return block.items.every((item) => {
    const head = headOf(item);
    return head !== null && isNamed(reading, head);
  });
}

/** Which of the items read count; elsewhere than in their own section only those with a name. */
type Wanted = (item: Item) => boolean;

/** All that may be milestones in some blocks, part by part. */
function partsOf(reading: Reading, blocks: readonly Block[], wanted?: Wanted): Part[] {
  const readGroup = (inner: readonly Block[]): Part[] => partsOf(reading, inner, wanted);
  const first = blocks.findIndex((block) => block.type === 'heading');
  const parts = leafParts(reading, first === -1 ? blocks : blocks.slice(0, first), readGroup);
  if (first !== -1) {
    const nodes: Node[] = [];
    for (let at = first; at < blocks.length; ) {
      const end = headingEnd(blocks, at);
      nodes.push(headingNode(reading, blocks[at] as Heading, blocks.slice(at + 1, end)));
      at = end;
    }
    parts.push(...weighNodes(reading, nodes, readGroup).map(withoutBareHeadings));
  }
  const kept =
    wanted === undefined ? parts : parts.map((part) => ({ ...part, items: part.items.filter(wanted) }));
  return kept.filter(({ items }) => items.length > 0);
}

/** The index behind the blocks that belong to the heading at `at`. */
function headingEnd(blocks: readonly Block[], at: number): number {
  const { level } = blocks[at] as Heading;
  const end = blocks.findIndex((block, i) => i > at && block.type === 'heading' && block.level <= level);
  return end === -1 ? blocks.length : end;
}

/** Headings with nothing but text below are milestones only next to some that have fields. */
function withoutBareHeadings(part: Part): Part {
  if (part.form !== 'heading' || part.items.some(({ evidence }) => evidence >= 1.5)) return part;
  return { ...part, items: [] };
}

/** Parts of blocks that have no headings among them. */
function leafParts(
  reading: Reading,
  all: readonly Block[],
  readGroup: (inner: readonly Block[]) => Part[],
): Part[] {
  const parts: Part[] = [];
  const blocks = joined(reading, all);
  let ruled = 0;
  for (let at = 0; at < blocks.length; at += 1) {
    const block = blocks[at] as Block;
    if (block.type === 'rule') ruled = parts.length;
    const before = blocks[at - 1];
    const next = blocks[at + 1];
    if (block.type === 'table') parts.push(tablePart(reading, block));
    else if (block.type === 'list') {
      const found = weighNodes(reading, listNodes(reading, block), readGroup);
      parts.push(...found.map((part) => underLine(reading, part, before)));
    } else if (block.type === 'text') {
      const last = block.lines.at(-1);
      if (before?.type === 'list' && completesLast(reading, block, parts)) continue;
      if (next?.type === 'list' && last !== undefined && isNamed(reading, last)) {
        parts.push(...textParts(reading, { ...block, lines: block.lines.slice(0, -1) }, false));
        const { start, end } = block;
        const heading: Heading = { type: 'heading', level: 7, setext: false, text: last, start, end };
        parts.push(...weighNodes(reading, [headingNode(reading, heading, [next])], readGroup));
        at += 1;
      } else parts.push(...textParts(reading, block, next?.type === 'list'));
    }
  }
  return withoutWeakTexts(parts)
    .map((part, index): Part => (ruled > 0 && index >= ruled ? { ...part, intro: 'rule' } : part))
    .filter(({ items }) => items.length > 0);
}

/** A paragraph that begins with a field goes on with the one above it. */
function joined(reading: Reading, blocks: readonly Block[]): Block[] {
  const result: Block[] = [];
  let lines: Span[] = [];
  for (const block of blocks) {
    const above = result.at(-1);
    const [first] = block.type === 'text' ? block.lines : [];
    if (block.type === 'text' && above?.type === 'text' && first !== undefined && isField(reading, first)) {
      // One list of lines for all that is joined: copies of it would not be linear.
      if (above.lines !== lines) lines = [...above.lines];
      lines.push(...block.lines);
      result.splice(-1, 1, { ...above, lines, end: block.end });
    } else result.push(block);
  }
  return result;
}

/** `@ann:` right above a list names the person for all its items. */
function underLine(reading: Reading, part: Part, before: Block | undefined): Part {
  const line = before?.type === 'text' ? before.lines.at(-1) : undefined;
  if (line === undefined) return part;
  if (!isBareValue(reading, line)) return { ...part, intro: 'line' };
  const head = weighed(reading, plainItem([line])).milestone;
  return { ...part, items: part.items.map((item) => inheriting(item, head)) };
}

/** Lines of fields right below a list belong to its last item, though they are not indented. */
function completesLast(reading: Reading, block: TextBlock, parts: Part[]): boolean {
  const part = parts.at(-1);
  const last = part?.items.at(-1);
  const [first] = block.lines;
  if (part === undefined || last === undefined || first === undefined || !isField(reading, first))
    return false;
  const beneath = [...last.raw.beneath, ...paragraphs(block.lines)];
  const whole = weighed(reading, { ...last.raw, beneath, end: Math.max(last.raw.end, block.end) });
  part.items.splice(-1, 1, whole);
  part.evidence = mean(part.items);
  return true;
}

const noGroups = (): Part[] => [];

function bestOf(reading: Reading, readings: readonly (readonly Node[])[]): Part {
  const parts = readings
    .flatMap((nodes) => weighNodes(reading, nodes, noGroups))
    .toSorted((a, b) => b.evidence - a.evidence);
  const [best, second] = parts;
  if (best === undefined) return partOf('', []);
  return { ...best, lead: Math.min(best.lead, best.evidence - (second?.evidence ?? 0)) };
}

const tablePart = (reading: Reading, table: Table): Part =>
  bestOf(reading, [rowNodes(reading, table), columnNodes(reading, table)]);

/** What text without marks must show on average to be taken for milestones: a date and a person. */
const leastOfText = 4;

function textParts(reading: Reading, block: TextBlock, beforeList: boolean): Part[] {
  if (block.lines.length === 0) return [];
  const named = namedLineNodes(reading, block, beforeList);
  const inPieces = piecesOfText(reading, block);
  // A line that says all of one milestone may say all of several: then each piece has fields of its own.
  const whole = inPieces.filter(({ items: [item] }) => item?.own.some((one) => hasOwnFields(reading, one)));
  const isOne = named.some((node) => node.named) || whole.length <= named.length;
  if (named.length > 0 && isOne) return weighNodes(reading, named, noGroups);
  if (beforeList) return [];
  const table = typedTable(block);
  const part = bestOf(reading, [
    ...(table === null ? [] : [rowNodes(reading, table), columnNodes(reading, table)]),
    ...(block.lines.length > 1 ? [lineNodes(block)] : []),
    inPieces,
    blockNodes(reading, block),
  ]);
  const last = block.lines.at(-1);
  // One sentence is no list.
  const isSentence = part.items.length === 1 && last !== undefined && /[.!?]$/.test(textOf(last));
  return isSentence ? [] : [part];
}

/** Text is taken for milestones only where it is borne out; next to some that are, also one whose fields are still open. */
function withoutWeakTexts(parts: readonly Part[]): Part[] {
  const isText = ({ form }: Part): boolean => textForms.has(form);
  const isAny = parts.some((part) => isText(part) && part.evidence >= leastOfText);
  const hasFields = ({ items }: Part): boolean => items.every(({ raw }) => raw.beneath.length > 0);
  return parts.filter(
    (part) => !isText(part) || part.evidence >= (isAny && hasFields(part) ? leastOfText - 1 : leastOfText),
  );
}

/** How much of the evidence of the best part another one must have to count too. */
const shares = { sameShape: 0.3, otherShape: 0.75 } as const;

const textForms: ReadonlySet<string> = new Set(['lines', 'paragraphs', 'pieces']);

/** A sentence next to a list says something about it: text is read as milestones only where nothing else is. */
function withoutSentences(parts: readonly Part[]): readonly Part[] {
  const marked = parts.filter(({ form }) => !textForms.has(form));
  const texts = parts.filter(({ form }) => textForms.has(form));
  const count = texts.reduce((sum, { items }) => sum + items.length, 0);
  const best = Math.max(0, ...texts.map(({ evidence }) => evidence));
  const outweighs = ({ items, evidence }: Part): boolean =>
    evidence >= best / 2 || items.length > count || items.some(({ raw }) => raw.state !== null);
  return marked.some(outweighs) ? marked : parts;
}

/** The parts that are borne out, as milestones in the order of the text. */
function chosen(all: readonly Part[]): KrMilestone[] {
  const parts = withoutSentences(all);
  const best = parts.reduce<Part | null>((a, b) => (a === null || b.evidence > a.evidence ? b : a), null);
  if (best === null) return [];
  const kept = parts.filter((part) => part.evidence >= best.evidence * shareFor(part, best));
  return kept
    .flatMap((part) => part.items.map((item) => ({ ...item, isCertain: isCertain(item, part, best) })))
    .toSorted((a, b) => a.raw.start - b.raw.start)
    .map(({ milestone, isCertain: sure }) => (sure ? milestone : { ...milestone, certain: false }));
}

function shareFor(part: Part, best: Part): number {
  if (best.evidence <= 0 || part === best) return Number.NEGATIVE_INFINITY;
  const same = shapeOf(part) === shapeOf(best);
  if (part.intro === 'rule') return same ? shares.otherShape : Number.POSITIVE_INFINITY;
  return same && (part.intro === best.intro || part.intro === 'none') ? shares.sameShape : shares.otherShape;
}

/** What can be seen of a part from afar: boxes, names, columns. */
function shapeOf({ form, items }: Part): string {
  const boxed = items.some(({ raw }) => raw.state !== null);
  const named = items.some(({ milestone }) => milestone.label !== null);
  const columns = items[0]?.raw.columns?.map(({ id }) => id) ?? [];
  return [form, boxed, named, ...columns].join(' ');
}

function isCertain({ evidence }: Item, part: Part, best: Part): boolean {
  if (part.lead < 1 || part.evidence < best.evidence * 0.5) return false;
  if (textForms.has(part.form)) return evidence >= 4.5;
  return evidence >= 1 || part.evidence < leastOfText;
}
