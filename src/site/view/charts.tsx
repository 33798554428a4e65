import { scaleLinear, scaleUtc } from 'd3-scale';
import { stack, symbol, symbolCircle, symbolDiamond, symbolTriangle } from 'd3-shape';
import { addDays } from '../../model/days.ts';
import type { Standing } from '../../records/standing.ts';
import type { Board, Kr, Milestone } from '../data/types.ts';
import { shortDay } from './format.ts';

/** The shares of a whole as one bar. The numbers are in the text next to it. */
export function ShareBar({ counts }: { counts: readonly (readonly [name: string, value: number])[] }) {
  const total = counts.reduce((sum, [, value]) => sum + value, 0);
  const x = scaleLinear([0, Math.max(1, total)], [0, 1000]);
  let from = 0;
  return (
    <svg class="share" viewBox="0 0 1000 20" preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" width="1000" height="20" />
      {counts.map(([name, value]) => {
        const left = x(from);
        from += value;
        return value === 0 ? null : (
          <rect
            class={`fill ${name}`}
            x={round(left)}
            width={round(Math.max(0, x(from) - left - 3))}
            height="20"
          />
        );
      })}
    </svg>
  );
}

const diamond = symbol(symbolDiamond, 60)() ?? '';

/** Three marks on one bar: the claim as a bar, milestones done as a diamond, expected by now as a line. */
export function ProgressBar({ progress, standing }: Pick<Kr, 'progress' | 'standing'>) {
  const x = scaleLinear([0, 100], [6, 154]).clamp(true);
  const { claimed, milestones, expected } = progress;
  return (
    <svg class="progress" viewBox="0 0 160 18" aria-hidden="true">
      <rect class="track" x="6" y="6" width="148" height="6" rx="3" />
      {claimed === null ? null : (
        <rect class={`fill ${standing}`} x="6" y="6" width={round(x(claimed) - 6)} height="6" rx="3" />
      )}
      {expected === null ? null : (
        <line class="expected" x1={round(x(expected))} x2={round(x(expected))} y1="1" y2="17" />
      )}
      {milestones === null ? null : (
        <path class="milestones" d={diamond} transform={`translate(${round(x(milestones))} 9)`} />
      )}
    </svg>
  );
}

const said = ['on-track', 'at-risk', 'off-track', 'none'] as const;

export interface WeekCounts extends Record<(typeof said)[number], number> {
  week: string;
}

/** How many KRs said what in each week up to now; `none`: nothing. */
export function weekCounts(krs: readonly Kr[]): WeekCounts[] {
  const weeks = new Map<string, WeekCounts>();
  for (const kr of krs) {
    for (const { week, status, when } of kr.weeks) {
      if (when === 'coming') continue;
      const counts = weeks.get(week) ?? { week, 'on-track': 0, 'at-risk': 0, 'off-track': 0, none: 0 };
      counts[status ?? 'none'] += 1;
      weeks.set(week, counts);
    }
  }
  return [...weeks.values()];
}

/** A bar a week, stacked. */
export function WeekChart({ weeks, total }: { weeks: readonly WeekCounts[]; total: number }) {
  const y = scaleLinear([0, Math.max(1, total)], [120, 0]);
  const series = stack<WeekCounts>().keys(said)([...weeks]);
  return (
    <svg class="weeks-chart" viewBox={`0 0 ${13 * 40} 140`} aria-hidden="true">
      {series.map((layer) =>
        layer.map(([from, to], index) =>
          to === from ? null : (
            <rect
              class={`fill ${layer.key}`}
              x={index * 40 + 4}
              y={round(y(to))}
              width="32"
              height={round(Math.max(0, y(from) - y(to) - 1))}
            />
          ),
        ),
      )}
      {weeks.map(({ week }, index) => (
        <text x={index * 40 + 20} y="135" text-anchor="middle">
          {shortDay(week, week)}
        </text>
      ))}
    </svg>
  );
}

const shapes = {
  done: symbol(symbolCircle, 70)() ?? '',
  open: symbol(symbolDiamond, 80)() ?? '',
  overdue: symbol(symbolTriangle, 80)() ?? '',
};

/** At most so many are drawn above one another. */
const highest = 12;

/** The milestones of a quarter by the week they are due in, with today. The table next to it says what they are. */
export function MilestoneChart({
  board,
  milestones,
  today,
}: {
  board: Pick<Board, 'start' | 'end'>;
  milestones: readonly Milestone[];
  today: string;
}) {
  const x = scaleUtc([time(board.start), time(addDays(board.end, 1))], [40, 730]);
  const columns = new Map<number, number>();
  const marks = milestones.flatMap(({ dueDate, state, overdue }) => {
    if (dueDate === null || dueDate < board.start || dueDate > board.end || state === 'inapplicable')
      return [];
    const column = Math.round(x(time(dueDate)) / 14);
    const row = columns.get(column) ?? 0;
    columns.set(column, row + 1);
    if (row >= highest) return [];
    const kind = overdue ? 'overdue' : state === 'done' ? 'done' : 'open';
    return [{ kind, at: `translate(${column * 14} ${round(-(row * 15))})` } as const];
  });
  const rows = Math.min(highest, Math.max(1, ...columns.values()));
  const base = rows * 15 + 8;
  return (
    <svg class="timeline" viewBox={`0 0 780 ${base + 26}`} aria-hidden="true">
      <line class="axis" x1="40" x2="730" y1={base} y2={base} />
      {x.ticks(6).map((tick) => (
        <g transform={`translate(${round(x(tick))} ${base})`}>
          <line class="axis" y2="5" />
          <text y="20" text-anchor="middle">
            {shortDay(tick.toISOString().slice(0, 10), board.start)}
          </text>
        </g>
      ))}
      {today < board.start || today > board.end ? null : (
        <line class="today" x1={round(x(time(today)))} x2={round(x(time(today)))} y1="0" y2={base + 6} />
      )}
      <g transform={`translate(0 ${base - 10})`}>
        {marks.map(({ kind, at }) => (
          <path class={`dot ${kind}`} d={shapes[kind]} transform={at} />
        ))}
      </g>
    </svg>
  );
}

/** Pairs for `ShareBar`, in the order of the words. */
export function shares(counts: Record<Standing, number>): [Standing, number][] {
  return (['on-track', 'at-risk', 'off-track', 'silent', 'closed'] as const).map((name) => [
    name,
    counts[name],
  ]);
}

function time(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
