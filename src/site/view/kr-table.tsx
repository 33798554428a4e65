import type { Kr, Objective, Week } from '../data/types.ts';
import { ProgressBar } from './charts.tsx';
import { count, percent, shortDay } from './format.ts';
import { Day, KrName, OutcomeMark, People, Source, StandingMark, standingWords } from './parts.tsx';
import { Heads, MoreRow } from './table.tsx';

/** KRs of one objective on a page: an objective with more than this is not one. */
const mostKrs = 1_000;

/** Objectives with their KRs: one table, a body for each objective. */
export function KrTable({
  objectives,
  caption,
  today,
}: {
  objectives: readonly Objective[];
  caption: string;
  today: string;
}) {
  const hasEnded = objectives.some(({ krs }) => krs.some(({ outcome }) => outcome !== null));
  return (
    <table class="krs" role="table">
      <caption>{caption}</caption>
      <Heads
        of={[
          'Key Result and DRI',
          hasEnded ? 'Outcome' : 'Status claimed',
          'Progress',
          'Week by week',
          hasEnded ? 'Left open' : 'Next milestone',
        ]}
      />
      {objectives.map((objective) => (
        <tbody id={objective.id} role="rowgroup">
          <tr class="objective" role="row">
            <th scope="rowgroup" colspan={5} role="rowheader">
              <ObjectiveHead objective={objective} />
            </th>
          </tr>
          {objective.krs.slice(0, mostKrs).map((kr) => (
            <KrRow kr={kr} today={today} />
          ))}
          <MoreRow all={objective.krs.length} shown={mostKrs} columns={5} />
        </tbody>
      ))}
    </table>
  );
}

export function ObjectiveHead({ objective }: { objective: Objective }) {
  const { title, okrUrl, standing, krs, weakest } = objective;
  const weak = krs.find(({ id }) => id === weakest);
  const by = weak?.number == null ? '' : `, KR${weak.number}`;
  return (
    <>
      <Source url={okrUrl} class="objective-title">
        {title}
      </Source>{' '}
      <span class="rollup">
        {count(krs.length, 'KR')} · weakest: <StandingMark of={standing} />
        {krs.length > 1 ? by : ''}
      </span>
    </>
  );
}

function KrRow({ kr, today }: { kr: Kr; today: string }) {
  const due = kr.dueDate ?? '';
  const text = `${kr.standing} ${kr.outcome ?? ''}`;
  return (
    <tr
      id={kr.id}
      class="kr"
      role="row"
      data-status={kr.standing}
      data-claimed={kr.progress.claimed ?? ''}
      data-due={due}
      data-text={text.trim()}
    >
      <th scope="row" role="rowheader">
        <KrName kr={kr} />
        <p class="who">
          <People names={kr.assignees} />
        </p>
        {kr.contradictions.map((words) => (
          <p class="odd">
            <span aria-hidden="true">≠ </span>
            {words}
          </p>
        ))}
      </th>
      <td role="cell" class="status">
        <Claim kr={kr} today={today} />
      </td>
      <td role="cell" class="numbers">
        <Progress kr={kr} />
      </td>
      <td role="cell">
        <WeekStrip weeks={kr.weeks} today={today} />
      </td>
      <td role="cell" class="next">
        <NextMilestone kr={kr} today={today} />
      </td>
    </tr>
  );
}

function Claim({ kr, today }: { kr: Kr; today: string }) {
  const { claim, standing, outcome } = kr;
  const since =
    claim?.week == null ? (
      <span class="quiet">never reported</span>
    ) : (
      <Source url={claim.url} class="quiet">
        {standing === 'silent' ? 'not reported since the' : ''} week of <Day on={claim.week} near={today} />
      </Source>
    );
  return (
    <>
      {outcome === null ? <StandingMark of={standing} /> : <OutcomeMark of={outcome} />}
      <p class="since">
        {standing === 'silent' || standing === 'closed' || outcome !== null ? <LastClaim kr={kr} /> : null}
        {since}
      </p>
    </>
  );
}

function LastClaim({ kr }: { kr: Kr }) {
  const status = kr.claim?.status;
  return status == null ? null : <>last said {standingWords[status]}, </>;
}

/** Three numbers, each with where it comes from; what is not known is said, never 0. */
function Progress({ kr }: { kr: Kr }) {
  const { claimed, milestones, expected } = kr.progress;
  const done = kr.milestones.filter(({ state }) => state === 'done').length;
  const all = kr.milestones.filter(({ state }) => state !== 'inapplicable').length;
  return (
    <>
      <ProgressBar progress={kr.progress} standing={kr.standing} />
      <ul class="figures">
        <li class="claimed">
          {claimed === null ? (
            'claim not reported'
          ) : (
            <Source url={kr.claim?.url ?? kr.url}>{percent(claimed)} claimed</Source>
          )}
        </li>
        <li class="milestones">
          {milestones === null ? (
            'no milestones'
          ) : (
            <Source url={kr.url}>
              {percent(milestones)} milestones ({done}/{all})
            </Source>
          )}
        </li>
        {expected === null ? null : <li class="expected">{percent(expected)} expected</li>}
      </ul>
    </>
  );
}

const cells = { 'on-track': '●', 'at-risk': '▲', 'off-track': '■' } as const;

/** A cell for each week of the quarter; those with an update link to it. */
export function WeekStrip({ weeks, today }: { weeks: readonly Week[]; today: string }) {
  if (weeks.length === 0) return <span class="quiet">no quarter</span>;
  return (
    <ol class="weeks">
      {weeks.map(({ week, status, percent: claimed, url, when }) => {
        const words = status === null ? (when === 'coming' ? 'to come' : 'no update') : standingWords[status];
        const figure = claimed === null ? '' : `, ${percent(claimed)}`;
        const label = `${shortDay(week, today)}: ${url !== null && status === null ? 'update without status' : words}${figure}`;
        const shape =
          status === null ? (url === null ? (when === 'coming' ? '·' : '–') : '?') : cells[status];
        const name = `${status ?? 'none'}${when === 'current' ? ' now' : ''}`;
        return (
          <li class={name} title={label}>
            {url === null ? (
              <>
                <span aria-hidden="true">{shape}</span>
                <span class="unseen">{label}</span>
              </>
            ) : (
              <a href={url} aria-label={label}>
                {shape}
              </a>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function NextMilestone({ kr, today }: { kr: Kr; today: string }) {
  const open = kr.milestones.filter(({ state }) => state === 'open');
  if (kr.milestones.length === 0) return <span class="quiet">no milestones</span>;
  const [next] = open.toSorted((a, b) => ((a.dueDate ?? '9') < (b.dueDate ?? '9') ? -1 : 1));
  if (next === undefined) return <span class="quiet">all done</span>;
  return (
    <Source url={kr.url}>
      {next.dueDate === null ? (
        <span class="quiet">no date</span>
      ) : (
        <span class={next.overdue ? 'overdue' : 'due'}>
          {next.overdue ? 'overdue since ' : ''}
          <Day on={next.dueDate} near={today} />
        </span>
      )}{' '}
      {next.description || next.label || 'milestone'}
    </Source>
  );
}
