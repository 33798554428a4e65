import { addDays } from '../../model/days.ts';
import type { Board, Kr, Milestone } from '../data/types.ts';
import { krsOf } from './answer.tsx';
import { MilestoneChart } from './charts.tsx';
import { count } from './format.ts';
import { Day, KrLinks, People, Source, type Where } from './parts.tsx';
import { Table } from './table.tsx';

interface Row {
  kr: Kr;
  milestone: Milestone;
}

/** Rows beyond which only what is overdue or soon due is listed. */
const manyRows = 300;

/** The milestones of the quarter on a time line with today, overdue ones first; the table is what it is drawn from. */
export function Milestones({ board, today, where }: { board: Board; today: string; where: Where }) {
  const all: Row[] = krsOf(board).flatMap((kr) => kr.milestones.map((milestone) => ({ kr, milestone })));
  if (all.length === 0) return null;
  const dated = all
    .filter(({ kr, milestone }) => milestone.state === 'open' && kr.state === 'opened')
    .sort((a, b) => rank(a).localeCompare(rank(b)));
  const settled =
    all.length > manyRows
      ? []
      : all
          .filter(({ milestone }) => milestone.state !== 'open')
          .sort((a, b) => rank(a).localeCompare(rank(b)));
  const shown = dated.length > manyRows ? dated.filter(({ milestone }) => isSoon(milestone, today)) : dated;
  return (
    <section aria-labelledby="milestones">
      <h2 id="milestones">Milestones</h2>
      <div class="scroll" tabindex={0} role="region" aria-label="Milestones by due date, as a chart">
        <MilestoneChart board={board} milestones={all.map(({ milestone }) => milestone)} today={today} />
      </div>
      <p class="legend quiet">
        <span class="dot-key done" aria-hidden="true">
          ●
        </span>{' '}
        done{' '}
        <span class="dot-key open" aria-hidden="true">
          ◆
        </span>{' '}
        open{' '}
        <span class="dot-key overdue" aria-hidden="true">
          ▲
        </span>{' '}
        overdue · the line is the day of the data
      </p>
      {shown.length === 0 ? (
        <p class="quiet">No milestone is open.</p>
      ) : (
        <details open={shown.length <= 12}>
          <summary>{count(shown.length, 'open milestone')}, overdue ones first</summary>
          <MilestoneTable caption="Open milestones, by due date" rows={shown} today={today} where={where} />
        </details>
      )}
      {settled.length === 0 ? null : (
        <details>
          <summary>{count(settled.length, 'milestone')} done or no longer needed</summary>
          <MilestoneTable
            caption="Milestones that are not open any more, by due date"
            rows={settled}
            today={today}
            where={where}
          />
        </details>
      )}
      {shown.length === dated.length ? null : (
        <p class="quiet">
          {dated.length - shown.length} more are due later; the pages of the objectives list them.
        </p>
      )}
    </section>
  );
}

function MilestoneTable({
  caption,
  rows,
  today,
  where,
}: {
  caption: string;
  rows: readonly Row[];
  today: string;
  where: Where;
}) {
  return (
    <Table
      caption={caption}
      header={1}
      heads={['Due', 'Milestone', 'DRI', 'Key Result']}
      of={rows}
      row={({ kr, milestone }) => [
        <DueDay milestone={milestone} today={today} />,
        <>
          <Source url={kr.url}>{milestone.description || milestone.label || 'milestone'}</Source>
          <Settled milestone={milestone} today={today} />
        </>,
        <People names={milestone.dris} />,
        <a href={where(kr.id)}>{kr.name}</a>,
      ]}
    />
  );
}

/** When a milestone was done, with the note GitLab left of it. */
function Settled({ milestone: { state, doneOn, url }, today }: { milestone: Milestone; today: string }) {
  if (state === 'open') return null;
  if (state === 'inapplicable') return <span class="quiet"> no longer needed</span>;
  if (doneOn === null) return <span class="quiet"> done, it is not known when</span>;
  return (
    <>
      {' '}
      <Source url={url} class="quiet">
        done on <Day on={doneOn} near={today} />
      </Source>
    </>
  );
}

function DueDay({ milestone, today }: { milestone: Milestone; today: string }) {
  if (milestone.dueDate === null) return <span class="quiet">no date</span>;
  return (
    <span class={milestone.overdue ? 'overdue' : 'due'}>
      <Day on={milestone.dueDate} near={today} />
      {milestone.overdue ? ' overdue' : ''}
    </span>
  );
}

/** Who has what: per person, open milestones by date, and the KRs they answer for. */
export function PerPerson({ board, today, where }: { board: Board; today: string; where: Where }) {
  const people = new Map<string, { krs: Kr[]; rows: Row[] }>();
  const of = (name: string) => {
    const known = people.get(name) ?? { krs: [], rows: [] };
    people.set(name, known);
    return known;
  };
  for (const kr of krsOf(board)) {
    if (kr.state === 'closed') continue;
    for (const name of kr.assignees) of(name).krs.push(kr);
    for (const milestone of kr.milestones) {
      if (milestone.state !== 'open') continue;
      for (const name of milestone.dris) of(name).rows.push({ kr, milestone });
    }
  }
  if (people.size === 0) return null;
  const rows = [...people].sort(([a], [b]) => a.localeCompare(b, 'en'));
  const isLarge = rows.reduce((sum, [, { krs, rows: own }]) => sum + krs.length + own.length, 0) > manyRows;
  return (
    <section aria-labelledby="people">
      <h2 id="people">Who has what</h2>
      <Table
        caption="Open work by person; the earliest date first"
        heads={['Person', 'Answers for', 'Open milestones']}
        of={rows}
        row={([name, { krs, rows: own }]) => [
          name,
          isLarge ? count(krs.length, 'KR') : <OwnKrs krs={krs} where={where} />,
          <OwnMilestones rows={own} today={today} where={where} brief={isLarge} />,
        ]}
      />
    </section>
  );
}

function OwnKrs({ krs, where }: { krs: readonly Kr[]; where: Where }) {
  if (krs.length === 0) return <span class="quiet">–</span>;
  return (
    <ul class="bare">
      <KrLinks krs={krs} where={where} />
    </ul>
  );
}

function OwnMilestones({
  rows,
  today,
  where,
  brief,
}: {
  rows: readonly Row[];
  today: string;
  where: Where;
  brief: boolean;
}) {
  const late = rows.filter(({ milestone }) => milestone.overdue).length;
  if (rows.length === 0) return <span class="quiet">–</span>;
  if (brief)
    return (
      <>
        {rows.length} open{late > 0 ? <span class="overdue">, {late} overdue</span> : null}
      </>
    );
  return (
    <ul class="bare">
      {rows
        .toSorted((a, b) => rank(a).localeCompare(rank(b)))
        .map(({ kr, milestone }) => (
          <li>
            <DueDay milestone={milestone} today={today} />{' '}
            <a href={where(kr.id)}>{milestone.description || milestone.label || kr.name}</a>
          </li>
        ))}
    </ul>
  );
}

/** Sorts by date; what has none comes last. */
function rank({ milestone, kr }: Row): string {
  return `${milestone.dueDate ?? '9999'} ${kr.ref}`;
}

function isSoon({ overdue, dueDate }: Milestone, today: string): boolean {
  return overdue || (dueDate !== null && dueDate <= addDays(today, 14));
}
