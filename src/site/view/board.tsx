import type { Child } from 'hono/jsx';
import { daysBetween } from '../../model/days.ts';
import { countsOf } from '../data/objectives.ts';
import type { Board, Kr, Objective, SiteData } from '../data/types.ts';
import { Answer, Confidential, krsOf, Weeks } from './answer.tsx';
import { Items } from './bounded.tsx';
import { SinceLastWeek } from './changes.tsx';
import { ShareBar, shares } from './charts.tsx';
import { count, percent, quarterTitle, shortDay } from './format.ts';
import { HygieneSection, type WhereOnSite } from './hygiene.tsx';
import { KrTable } from './kr-table.tsx';
import { Milestones, PerPerson } from './milestones.tsx';
import { DataOf, Footer, Page, Quarters } from './page.tsx';
import { KrName, Source, StandingMark, standingShapes, standingWords, type Where } from './parts.tsx';
import { Table } from './table.tsx';

/** Rows beyond which a board has a page for each objective. */
export const manyRows = 300;
/** Objectives on a board; no one reads further. */
const mostListed = 1_000;

export interface BoardPage {
  data: SiteData;
  board: Board;
  /** From this page to the root, and to the folder of the board. */
  root: string;
  folder: string;
  /** Where KRs of any board are. */
  whereOnSite: WhereOnSite;
  where: Where;
}

/** One quarter: the answer, what changed, objectives with their KRs, milestones, people; hygiene on the current one. */
export function BoardPageView({ data, board, root, folder, whereOnSite, where }: BoardPage) {
  const krs = krsOf(board);
  const isCurrent = board.name === data.current;
  return (
    <Page title={`Key Results, ${quarterTitle(board.name)}`} data={data} root={root}>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header>
        <p class="kicker">Key Results</p>
        <h1>{quarterTitle(board.name)}</h1>
        <p class="sub">
          <Span board={board} today={data.today} /> · <DataOf data={data} />
        </p>
        <Quarters data={data} root={root} here={board.name} />
      </header>
      <main id="main">
        <Answer board={board} previous={data.previous} where={where} />
        <SinceLastWeek board={board} today={data.today} where={where} />
        {krs.length === 0 ? null : (
          <section aria-labelledby="krs" class="all">
            <h2 id="krs">Objectives and Key Results</h2>
            <Objectives board={board} today={data.today} folder={folder}>
              <div class="tools" id="tools" hidden></div>
              <Legend />
            </Objectives>
          </section>
        )}
        <Weeks board={board} today={data.today} />
        <Milestones board={board} today={data.today} where={where} />
        <PerPerson board={board} today={data.today} where={where} />
        {isCurrent ? <Unplaced data={data} /> : null}
        {isCurrent ? <HygieneSection data={data} where={whereOnSite} /> : null}
      </main>
      <Footer data={data} root={root} />
    </Page>
  );
}

/** The KRs of one objective, where a board is too long for one page. */
export function ObjectivePage({
  data,
  board,
  objective,
}: {
  data: SiteData;
  board: Board;
  objective: Objective;
}) {
  return (
    <Page title={`${objective.title}, ${quarterTitle(board.name)}`} data={data} root="../">
      <header>
        <p class="kicker">
          <a href="index.html">{quarterTitle(board.name)}</a>
        </p>
        <h1>{objective.title}</h1>
        <p class="sub">
          <DataOf data={data} />
        </p>
      </header>
      <main id="main">
        <div class="tools" id="tools" hidden></div>
        <Legend />
        <KrTable objectives={[objective]} caption={`Key Results of ${objective.title}`} today={data.today} />
      </main>
      <Footer data={data} root="../" />
    </Page>
  );
}

/** The KRs of a board by objective, below what `children` are; of very many the objectives alone. */
function Objectives({
  board,
  today,
  folder,
  children,
}: {
  board: Board;
  today: string;
  folder: string;
  children?: Child;
}) {
  if (krsOf(board).length > manyRows) return <ObjectiveTable board={board} folder={folder} />;
  const caption = 'Key Results by objective, the weakest first';
  return (
    <>
      {children}
      <KrTable objectives={board.objectives} caption={caption} today={today} />
    </>
  );
}

function ObjectiveTable({ board, folder }: { board: Board; folder: string }) {
  return (
    <Table
      caption="Objectives, the weakest first; each has a page with its Key Results"
      heads={['Objective', 'Key Results', 'Weakest']}
      of={board.objectives}
      most={mostListed}
      row={(objective) => [
        <a href={`${folder}${objective.id}.html`}>{objective.title}</a>,
        <>
          <ShareBar counts={shares(countsOf(objective.krs))} />
          <span class="quiet">{countWords(objective.krs)}</span>
        </>,
        <StandingMark of={objective.standing} />,
      ]}
    />
  );
}

function countWords(krs: readonly Kr[]): string {
  return shares(countsOf(krs))
    .filter(([, number]) => number > 0)
    .map(([standing, number]) => `${number} ${standingWords[standing]}`)
    .join(', ');
}

function Legend() {
  return (
    <p class="legend quiet">
      Bar: claimed · <span aria-hidden="true">◆</span> milestones done · <span aria-hidden="true">|</span>{' '}
      expected by now (share of the quarter’s business days). Weeks: {standingShapes['on-track']} on track,{' '}
      {standingShapes['at-risk']} at risk, {standingShapes['off-track']} off track, – no update.
    </p>
  );
}

function Span({ board, today }: { board: Board; today: string }) {
  const weeks = Math.round(daysBetween(board.start, board.end) / 7);
  const week = Math.min(weeks, Math.floor(daysBetween(board.start, today) / 7) + 1);
  const phase =
    board.phase === 'running' ? ` · week ${week} of ${weeks}` : board.phase === 'ended' ? ' · ended' : '';
  return (
    <>
      <time datetime={board.start}>{shortDay(board.start, board.end)}</time> –{' '}
      <time datetime={board.end}>{shortDay(board.end)}</time>
      {phase}
    </>
  );
}

/** What is on no board: titles without a quarter, and what could not be read. */
function Unplaced({ data }: { data: SiteData }) {
  const { unplaced, unplacedConfidential, failed } = data;
  if (unplaced.length + unplacedConfidential + failed.length === 0) return null;
  return (
    <section aria-labelledby="unplaced">
      <h2 id="unplaced">On no board</h2>
      {unplaced.length === 0 ? null : (
        <>
          <p>{count(unplaced.length, 'KR')} whose title names no quarter that can be read:</p>
          <ul class="bare">
            <Items
              of={unplaced}
              item={(kr) => (
                <li id={kr.id}>
                  <KrName kr={kr} /> <StandingMark of={kr.standing} />{' '}
                  {kr.progress.claimed === null ? null : (
                    <Source url={kr.claim?.url ?? kr.url} class="quiet">
                      {percent(kr.progress.claimed)} claimed
                    </Source>
                  )}
                </li>
              )}
            />
          </ul>
        </>
      )}
      <Confidential number={unplacedConfidential} />
      {failed.length === 0 ? null : (
        <>
          <p>{count(failed.length, 'KR')} of which nothing is known this time:</p>
          <ul class="bare">
            <Items
              of={failed}
              item={({ name, url, error }) => (
                <li>
                  <Source url={url}>{name}</Source> <span class="quiet">{error}</span>
                </li>
              )}
            />
          </ul>
        </>
      )}
    </section>
  );
}

/** Objectives with their roll-ups for a frame in another page; no script is needed. */
export function EmbedView({ data, board }: { data: SiteData; board: Board }) {
  const full = `../${board.folder}/index.html`;
  const krs = krsOf(board);
  const where: Where = (id) => (krs.length > manyRows ? full : `${full}#${id}`);
  return (
    <Page title={`Key Results, ${quarterTitle(board.name)}`} data={data} root="../" embed>
      <main id="main">
        <header>
          <h1>Key Results, {quarterTitle(board.name)}</h1>
          <p class="sub">
            <DataOf data={data} /> · <a href={full}>the whole board</a>
          </p>
        </header>
        <Answer board={board} previous={data.previous} where={where} />
        {krs.length === 0 ? null : (
          <div id="krs">
            <Objectives board={board} today={data.today} folder={`../${board.folder}/`} />
          </div>
        )}
      </main>
    </Page>
  );
}
