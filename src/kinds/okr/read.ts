import type { Block, Item } from '../../markdown/block.ts';
import { type Span, textOf, trimmed, within } from '../../markdown/rich-text.ts';
import type { Dependency } from '../../model/document.ts';
import { readText } from '../../parse/fields/text-field.ts';
import { headOf, isLive, liveText, ownParts, type Reading, sectionsOf } from '../../parse/reading.ts';
import { findMentions } from '../../parse/values/people.ts';
import { stateOfBox } from '../../parse/values/states.ts';
import type { FieldsOf } from '../kind.ts';

/** Everything in an OKR except what all kinds have. */
export function readOkr(reading: Reading): FieldsOf<'okr'> {
  return {
    objective: readText(reading, 'objective'),
    roadmapItem: readText(reading, 'roadmap-item'),
    dependencies: sectionsOf(reading, 'dependencies').flatMap((section) =>
      section.blocks.flatMap((block) => inBlock(reading, block)),
    ),
    budget: readText(reading, 'budget'),
  };
}

function inBlock(reading: Reading, block: Block): Dependency[] {
  if (block.type === 'list') return block.items.flatMap((item) => inItem(reading, item));
  if (block.type !== 'table') return [];
  const [header, ...rows] = block.rows;
  const ids = (header?.cells ?? []).map((cell) => reading.kind.columns.idOf(textOf(cell)));
  const described = Math.max(0, ids.indexOf('description'));
  return rows
    .filter((row) => row.cells.some(isLive))
    .map((row) => {
      const state = row.cells[ids.indexOf('state')];
      const description = row.cells[described];
      return {
        description: description === undefined ? '' : liveText(description),
        stakeholders: names(reading, row.cells),
        state: state === undefined ? 'open' : reading.kind.states.of(textOf(state)),
        place: reading.placer.at(row.start, row.end),
      };
    });
}

function inItem(reading: Reading, item: Item): Dependency[] {
  const head = headOf(item);
  if (head === null || !isLive(head)) return [];
  const described = withoutStakeholders(reading, head);
  return [
    {
      description: ownParts(reading, described).map(liveText).join(' '),
      stakeholders: names(reading, [head]),
      state: stateOfBox(item.box),
      place: reading.placer.at(item.start, item.end),
    },
  ];
}

const names = (reading: Reading, spans: readonly Span[]): string[] => {
  const mentions = spans.flatMap((span) => findMentions(span, reading.groups));
  return [...new Set(mentions.filter((one) => !one.group).map((one) => one.name))];
};

/** A dependency without the bracket at its end that names people. */
function withoutStakeholders(reading: Reading, head: Span): Span {
  const text = textOf(head);
  const bracket = /[([][^()[\]]{1,300}[)\]][\s.]*$/.exec(text);
  if (bracket === null) return head;
  const inner = within(head, head.start + bracket.index, head.end);
  const people = findMentions(inner, reading.groups).length > 0 || reading.kind.phrases.isPhrase(bracket[0]);
  if (people) ownParts(reading, inner);
  return people ? trimmed(within(head, head.start, inner.start)) : head;
}
