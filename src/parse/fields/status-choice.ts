import type { List } from '../../markdown/block.ts';
import { type Span, textOf } from '../../markdown/rich-text.ts';
import type { StatusField } from '../../model/document.ts';
import { headOf, isLive, liveText, noteLeftover, type Reading, sectionsOf, spansOf } from '../reading.ts';
import { stateOfBox } from '../values/states.ts';
import { statusField } from './status-field.ts';

/** A status that is chosen from a list: the ticked item, or the one that was left. `null`: there is no such list. */
export function chosenStatus(reading: Reading, id: string): StatusField | null {
  for (const section of sectionsOf(reading, id)) {
    if (section.value !== null && isLive(section.value)) return null;
    const list = section.blocks.find((block) => [...spansOf([block])].some(isLive));
    if (list?.type !== 'list') continue;
    const choices = choicesOf(reading, list);
    return choices.length < 2 ? null : choose(reading, choices);
  }
  return null;
}

interface Choice {
  head: Span;
  box: string | null;
}

function choicesOf(reading: Reading, list: List): Choice[] {
  return list.items.flatMap((item) => {
    const head = headOf(item);
    const live = head !== null && isLive(head) && reading.kind.statuses.isStatus(liveText(head));
    return live ? [{ head, box: item.box }] : [];
  });
}

function choose(reading: Reading, choices: readonly Choice[]): StatusField {
  const ticked = choices.filter(({ box }) => stateOfBox(box) === 'done');
  const left = ticked.length > 0 ? ticked : choices.filter(({ box }) => stateOfBox(box) !== 'inapplicable');
  const [first] = left;
  if (first === undefined || left.length === 1) return statusField(reading, first?.head ?? null);
  const { value, problem } = reading.kind.statuses.read(left.map(({ head }) => liveText(head)).join(' / '));
  if (problem === 'placeholder') for (const { head } of left) noteLeftover(reading, head);
  return {
    raw: left.map(({ head }) => textOf(head)).join('\n'),
    value,
    problem,
    place: reading.placer.of(first.head),
  };
}
