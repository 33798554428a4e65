import type { Board, Change } from '../data/types.ts';
import { Items } from './bounded.tsx';
import { count } from './format.ts';
import { Day, Source, type Where } from './parts.tsx';

const titles: Record<Change['what'], string> = {
  status: 'Status changed',
  date: 'Dates moved',
  'milestone-done': 'Milestones done',
  'milestone-reopened': 'Milestones reopened',
  silent: 'Gone silent',
  new: 'New',
  closed: 'Closed',
  reopened: 'Reopened',
  people: 'People changed',
};

const order = Object.keys(titles) as Change['what'][];
/** So many of each sort are spelled out. */
const maxShown = 8;

/** What happened in the seven days before the data, from the past of each KR. */
export function SinceLastWeek({ board, today, where }: { board: Board; today: string; where: Where }) {
  const isEmpty = board.changes.length === 0 && board.objectives.length === 0;
  if (board.phase !== 'running' || isEmpty) return null;
  return (
    <section aria-labelledby="since" class="since-last-week">
      <h2 id="since">Since last week</h2>
      {board.changes.length === 0 ? <p class="quiet">Nothing changed.</p> : null}
      <div class="columns">
        {order.map((what) => {
          const changes = board.changes.filter((change) => change.what === what);
          return changes.length === 0 ? null : (
            <Group what={what} changes={changes} today={today} where={where} />
          );
        })}
      </div>
    </section>
  );
}

function Group({
  what,
  changes,
  today,
  where,
}: {
  what: Change['what'];
  changes: readonly Change[];
  today: string;
  where: Where;
}) {
  const item = ({ kr, name, on, text, by, url }: Change) => (
    <li>
      <span class="what">
        <Source url={url}>{text}</Source>{' '}
        <span class="quiet">
          <Day on={on} near={today} />
          {by === null ? null : `, ${by}`}
        </span>
      </span>
      <a href={where(kr)} class="kr-link">
        {name}
      </a>
    </li>
  );
  return (
    <div class="group">
      <h3>
        {titles[what]} <span class="quiet">{changes.length}</span>
      </h3>
      <ul>{changes.slice(0, maxShown).map(item)}</ul>
      {changes.length <= maxShown ? null : (
        <details>
          <summary>{count(changes.length - maxShown, 'more', 'more')}</summary>
          <ul>
            <Items of={changes.slice(maxShown)} item={item} />
          </ul>
        </details>
      )}
    </div>
  );
}
