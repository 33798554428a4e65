import type { Child } from 'hono/jsx';
import type { SiteData } from '../data/types.ts';
import { moreWords } from './bounded.tsx';
import { longTime, quarterTitle } from './format.ts';

/** Nothing is loaded from elsewhere, nothing runs but our own file, nothing can be sent. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

export interface PageOptions {
  title: string;
  data: SiteData;
  /** From the page to the root of the site: `` or `../`. */
  root: string;
  /** An embed has no navigation and no script. */
  embed?: boolean;
  children?: Child;
}

/** The frame of every page: head, banner, time of the data. */
export function Page({ title, data, root, embed = false, children }: PageOptions) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="generator" content="kr-hygiene" />
        <title>{title}</title>
        <link rel="stylesheet" href={`${root}style.css`} />
        {embed ? <base target="_top" /> : <script defer src={`${root}site.js`}></script>}
      </head>
      <body class={embed ? 'embed' : 'page'}>
        <Banner missing={data.missing} />
        {children}
      </body>
    </html>
  );
}

/** What is missing is said on every page. */
function Banner({ missing }: { missing: readonly string[] }) {
  if (missing.length === 0) return null;
  return (
    <aside class="banner" aria-label="Incomplete data">
      <p>
        <b>Incomplete.</b> Not everything could be read or written this time; what is missing may be worse
        than what is shown.
      </p>
      <ul>
        {missing.map((what) => (
          <li>{what}</li>
        ))}
      </ul>
    </aside>
  );
}

export function DataOf({ data }: { data: SiteData }) {
  return (
    <span class="data-of">
      data of <time datetime={data.generatedAt}>{longTime(data.generatedAt)}</time>
    </span>
  );
}

/** Quarters in the navigation: those near the current one, and the page's own. */
const mostQuarters = 16;

/** Previous, current and next quarter by the fiscal calendar, then all others. */
export function Quarters({ data, root, here }: { data: SiteData; root: string; here: string }) {
  const all = data.quarters.map(({ name }) => name);
  const near = all.indexOf(data.current);
  const shown = all.slice(Math.max(0, near - 4), near + mostQuarters - 4);
  const names = shown.includes(here) ? shown : [...shown, here];
  return (
    <nav aria-label="Quarters">
      <ul>
        {names.toReversed().map((name) => (
          <li>
            <a
              href={`${root}${name.toLowerCase()}/index.html`}
              {...(name === here ? { 'aria-current': 'page' as const } : {})}
            >
              {quarterTitle(name)}
            </a>
            {name === data.current ? <span class="quiet"> current</span> : null}
            {name === data.previous ? <span class="quiet"> previous</span> : null}
            {name === data.next ? <span class="quiet"> next</span> : null}
          </li>
        ))}
        {all.length > names.length ? <li class="quiet">{moreWords(all.length, names.length)}</li> : null}
      </ul>
    </nav>
  );
}

export function Footer({ data, root }: { data: SiteData; root: string }) {
  return (
    <footer>
      <p>
        Made by kr-hygiene from GitLab issues; <DataOf data={data} />. Every figure links to the comment or
        issue it was read from. As data: <a href={`${root}data.json`}>data.json</a>,{' '}
        <a href={`${root}metrics.txt`}>metrics.txt</a>. As pictures:{' '}
        <a href={`${root}current.svg`}>current.svg</a>, <a href={`${root}previous.svg`}>previous.svg</a>.
      </p>
    </footer>
  );
}
