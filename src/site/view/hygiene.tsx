import type { Kr, SiteData } from '../data/types.ts';
import { count } from './format.ts';
import { Day, People, Source } from './parts.tsx';

/** Links to KRs of any board. */
export type WhereOnSite = (board: string | null, krId: string) => string;

/** For the one who looks after the process: what the rules found, what was accepted, who waits for a reminder. */
export function HygieneSection({
  data,
  krs,
  where,
}: {
  data: SiteData;
  krs: readonly Kr[];
  where: WhereOnSite;
}) {
  const { rules, confidential } = data.hygiene;
  return (
    <section aria-labelledby="hygiene" class="hygiene">
      <h2 id="hygiene">Hygiene</h2>
      {rules.length === 0 ? (
        <p class="quiet">The rules found nothing.</p>
      ) : (
        <RuleTable rules={rules} where={where} />
      )}
      {confidential === 0 ? null : (
        <p class="quiet">{count(confidential, 'confidential KR')} with findings not listed here.</p>
      )}
      <Accepted krs={krs} today={data.today} />
      <Reminders krs={krs} today={data.today} />
    </section>
  );
}

function RuleTable({ rules, where }: { rules: SiteData['hygiene']['rules']; where: WhereOnSite }) {
  return (
    <table class="plain stack" role="table">
      <caption>Open findings by rule, the most serious first</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">
            Rule
          </th>
          <th scope="col" role="columnheader">
            Severity
          </th>
          <th scope="col" role="columnheader">
            Findings and their KRs
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rules.map(({ rule, severity, count: number, krs }) => (
          <tr role="row">
            <th scope="row" role="rowheader">
              <code>{rule}</code>
            </th>
            <td role="cell">
              <span class={`severity ${severity}`}>{severity}</span>
            </td>
            <td role="cell">
              <details>
                <summary>
                  {number} in {count(krs.length, 'KR')}
                </summary>
                <ul>
                  {krs.slice(0, 100).map(({ id, name, board }) => (
                    <li>
                      <a href={where(board, id)}>{name}</a>
                    </li>
                  ))}
                  {krs.length > 100 ? <li>and {krs.length - 100} more</li> : null}
                </ul>
              </details>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Waived findings and snoozed KRs, with reason and end. */
function Accepted({ krs, today }: { krs: readonly Kr[]; today: string }) {
  const rows = krs.flatMap((kr) => [
    ...kr.waived.map((waived) => ({ kr, what: waived.rule, ...waived })),
    ...(kr.snoozed === null ? [] : [{ kr, what: 'reminders', ...kr.snoozed }]),
  ]);
  if (rows.length === 0) return null;
  return (
    <table class="plain stack" role="table">
      <caption>Accepted for now</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">
            Key Result
          </th>
          <th scope="col" role="columnheader">
            What
          </th>
          <th scope="col" role="columnheader">
            Until
          </th>
          <th scope="col" role="columnheader">
            Who, and why
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map(({ kr, what, by, until, because, url }) => (
          <tr role="row">
            <th scope="row" role="rowheader">
              <Source url={kr.url}>{kr.name}</Source>
            </th>
            <td role="cell">{what}</td>
            <td role="cell">
              <Source url={url}>{until === null ? 'without end' : <Day on={until} near={today} />}</Source>
            </td>
            <td role="cell">
              {by}
              {because === null ? null : `: ${because}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Reminders({ krs, today }: { krs: readonly Kr[]; today: string }) {
  const rows = krs.filter(({ nextPing }) => nextPing !== null);
  if (rows.length === 0) return null;
  return (
    <table class="plain stack" role="table">
      <caption>Reminders to come</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">
            On
          </th>
          <th scope="col" role="columnheader">
            Whom
          </th>
          <th scope="col" role="columnheader">
            Key Result
          </th>
          <th scope="col" role="columnheader">
            Why
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((kr) => (
          <tr role="row">
            <td role="cell">
              <Day on={kr.nextPing?.on ?? ''} near={today} />
            </td>
            <td role="cell">
              <People names={kr.nextPing?.whom ?? []} />
            </td>
            <th scope="row" role="rowheader">
              <Source url={kr.url}>{kr.name}</Source>
            </th>
            <td role="cell">{kr.nextPing?.because}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
