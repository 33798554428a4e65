import type { Child } from 'hono/jsx';
import type { Standing } from '../../records/standing.ts';
import type { Kr, KrOutcome } from '../data/types.ts';
import { Items, moreWords } from './bounded.tsx';
import { shortDay } from './format.ts';

export const standingWords: Record<Standing, string> = {
  'on-track': 'on track',
  'at-risk': 'at risk',
  'off-track': 'off track',
  silent: 'silent',
  closed: 'closed',
};

/** Shapes, so that nothing depends on colour. */
export const standingShapes: Record<Standing, string> = {
  'on-track': '●',
  'at-risk': '▲',
  'off-track': '■',
  silent: '○',
  closed: '✓',
};

export const outcomeWords: Record<KrOutcome, string> = {
  done: 'done',
  partly: 'partly done',
  missed: 'missed',
  'carried-over': 'carried over',
};

const outcomeShapes: Record<KrOutcome, string> = {
  done: '✓',
  partly: '◐',
  missed: '■',
  'carried-over': '→',
};

export function StandingMark({ of }: { of: Standing }) {
  return (
    <span class={`mark ${of}`}>
      <span aria-hidden="true">{standingShapes[of]}</span> {standingWords[of]}
    </span>
  );
}

export function OutcomeMark({ of }: { of: KrOutcome }) {
  return (
    <span class={`mark ${of}`}>
      <span aria-hidden="true">{outcomeShapes[of]}</span> {outcomeWords[of]}
    </span>
  );
}

/** A link where there is an address that may be linked, else the text alone. */
export function Source({
  url,
  class: name,
  children,
}: {
  url: string | null;
  class?: string;
  children?: Child;
}) {
  const named = name === undefined ? {} : { class: name };
  if (url === null) return <span {...named}>{children}</span>;
  return (
    <a href={url} {...named}>
      {children}
    </a>
  );
}

export function Day({ on, near }: { on: string; near: string }) {
  return <time datetime={on}>{shortDay(on, near)}</time>;
}

/** `KR2 Cut false alarms`, linked to its issue. */
export function KrName({ kr }: { kr: Pick<Kr, 'number' | 'name' | 'url'> }) {
  return (
    <Source url={kr.url} class="name">
      {kr.number === null ? null : <span class="number">KR{kr.number}</span>} {kr.name}
    </Source>
  );
}

/** So many people can answer for something; the rest is counted. */
const mostNames = 20;

/** Names of people: never a mention, never a link. */
export function People({ names }: { names: readonly string[] }) {
  if (names.length === 0) return <span class="quiet">no one</span>;
  const more = names.length > mostNames ? ` ${moreWords(names.length, mostNames)}` : '';
  return (
    <span class="people">
      {names.slice(0, mostNames).join(', ')}
      {more}
    </span>
  );
}

/** Where on the site a KR is shown: an anchor on this page, or on that of its objective. */
export type Where = (krId: string) => string;

/** An item for each KR, which leads to its row. */
export function KrLinks({ krs, where }: { krs: readonly Kr[]; where: Where }) {
  return (
    <Items
      of={krs}
      item={(kr) => (
        <li>
          <a href={where(kr.id)}>{kr.name}</a>
        </li>
      )}
    />
  );
}
