import type { Child } from 'hono/jsx';
import type { Standing } from '../../records/standing.ts';
import type { Board, Kr, KrOutcome } from '../data/types.ts';
import { ShareBar, shares, WeekChart, weekCounts } from './charts.tsx';
import { count, percent, shortDay } from './format.ts';
import { KrLinks, OutcomeMark, StandingMark, type Where } from './parts.tsx';

/** The answer first: how many KRs stand how, each number with the list it counts. */
export function Answer({ board, previous, where }: { board: Board; previous: string; where: Where }) {
  const krs = krsOf(board);
  const { claimed, milestones, expected } = board.progress;
  if (krs.length === 0) return <Nothing board={board} />;
  return (
    <section aria-labelledby="answer" class="answer">
      <h2 id="answer" class="unseen">
        Where we are
      </h2>
      {board.phase === 'ended' ? (
        <Outcomes krs={krs} where={where} isOld={board.name !== previous} />
      ) : (
        <>
          <ShareBar counts={shares(board.counts)} />
          <div class="tiles">
            {shares(board.counts).map(([standing]) => (
              <Tile
                name={standing}
                mark={<StandingMark of={standing} />}
                krs={krs.filter((kr) => kr.standing === standing)}
                where={where}
              />
            ))}
          </div>
        </>
      )}
      <p class="pace">
        {claimed === null ? 'No progress claimed yet' : <b>{percent(claimed)} claimed</b>}
        {milestones === null ? null : <> · {percent(milestones)} of milestones done</>}
        {expected === null ? null : (
          <>
            {' '}
            · {percent(expected)} expected {board.phase === 'ended' ? 'at the end' : 'by now'}
          </>
        )}{' '}
        <span class="quiet">
          (means over <a href="#krs">the KRs below</a>
          {board.phase === 'ended'
            ? ''
            : '; expected is the share of the quarter’s business days that have passed'}
          )
        </span>
      </p>
      <Confidential number={board.confidential} />
    </section>
  );
}

export function Confidential({ number }: { number: number }) {
  if (number === 0) return null;
  return (
    <p class="quiet">
      {count(number, 'confidential KR')} {number === 1 ? 'is' : 'are'} counted here and shown nowhere.
    </p>
  );
}

function Nothing({ board }: { board: Board }) {
  return (
    <section class="answer">
      <p class="empty">No Key Results {board.phase === 'ended' ? 'are known of' : 'yet in'} this quarter.</p>
      <Confidential number={board.confidential} />
    </section>
  );
}

function Tile({
  name,
  mark,
  krs,
  where,
}: {
  name: Standing | KrOutcome;
  mark: Child;
  krs: readonly Kr[];
  where: Where;
}) {
  const head = (
    <>
      <b class="big">{krs.length}</b> {mark}
    </>
  );
  if (krs.length === 0) return <div class={`tile none ${name}`}>{head}</div>;
  return (
    <details class={`tile ${name}`}>
      <summary>{head}</summary>
      <ul>
        <KrLinks krs={krs} where={where} />
      </ul>
    </details>
  );
}

const outcomes = ['done', 'partly', 'missed', 'carried-over'] as const;

function Outcomes({ krs, where, isOld }: { krs: readonly Kr[]; where: Where; isOld: boolean }) {
  const of = (outcome: KrOutcome): Kr[] => krs.filter((kr) => kr.outcome === outcome);
  return (
    <>
      <p class="final">
        This quarter has ended: the board is final, as it was on its last day.
        {isOld ? ' Of a quarter before the last one only what is still open may be known here.' : ''}
      </p>
      <ShareBar counts={outcomes.map((outcome) => [outcome, of(outcome).length] as const)} />
      <div class="tiles">
        {outcomes.map((outcome) => (
          <Tile name={outcome} mark={<OutcomeMark of={outcome} />} krs={of(outcome)} where={where} />
        ))}
      </div>
    </>
  );
}

/** What was said week by week: a chart, and the table it is drawn from. */
export function Weeks({ board, today }: { board: Board; today: string }) {
  const krs = krsOf(board);
  const weeks = weekCounts(krs);
  if (weeks.length === 0 || krs.length === 0) return null;
  return (
    <section aria-labelledby="weeks">
      <h2 id="weeks">Week by week</h2>
      <div class="scroll" tabindex={0} role="region" aria-label="What was said week by week, as a chart">
        <WeekChart weeks={weeks} total={krs.length} />
      </div>
      <details>
        <summary>The numbers</summary>
        <table class="plain">
          <caption>How many KRs reported which status, by week. The links are in each KR’s own row.</caption>
          <thead>
            <tr>
              <th scope="col">Week of</th>
              <th scope="col">● on track</th>
              <th scope="col">▲ at risk</th>
              <th scope="col">■ off track</th>
              <th scope="col">no update</th>
            </tr>
          </thead>
          <tbody>
            {weeks.map((week) => (
              <tr>
                <th scope="row">
                  <time datetime={week.week}>{shortDay(week.week, today)}</time>
                </th>
                <td>{week['on-track']}</td>
                <td>{week['at-risk']}</td>
                <td>{week['off-track']}</td>
                <td>{week.none}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}

export function krsOf(board: Board): Kr[] {
  return board.objectives.flatMap(({ krs }) => krs);
}
