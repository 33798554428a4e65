/** `style.css`: light and dark by the system, one column at 320 px, links spelled out on paper. */
export const style = `:root {
  color-scheme: light dark;
  --bg: #ffffff; --soft: #f5f7f9; --line: #d5dbe1; --text: #1b2127; --quiet: #56606b; --link: #0b57b7;
  --on-track: #1a7f4b; --at-risk: #a65200; --off-track: #c02626; --silent: #646e78; --closed: #3b57c4;
  --focus: #0b57b7; --banner: #fff4e0; --banner-line: #a65200; --track: #e2e7ec; --now: #e8f0fe;
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #0f1317; --soft: #171c22; --line: #303841; --text: #e4eaf0; --quiet: #9ba6b2; --link: #86b7ff;
    --on-track: #45c084; --at-risk: #e8a04a; --off-track: #ff8080; --silent: #9ba6b2; --closed: #93a9ff;
    --focus: #86b7ff; --banner: #2c2213; --banner-line: #e8a04a; --track: #2a3139; --now: #1b2a3f;
  }
}
* { box-sizing: border-box; }
html { font: 100%/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif; scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--bg); color: var(--text); font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
body > header, body > main, body > footer, body > .banner { max-width: 78rem; margin-inline: auto; padding-inline: clamp(0.9rem, 3vw, 2.5rem); }
a { color: var(--link); text-underline-offset: 0.15em; text-decoration-thickness: 0.06em; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
.unseen, .skip:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip:focus { position: absolute; left: 1rem; top: 0.5rem; background: var(--bg); padding: 0.3rem 0.6rem; z-index: 1; }
.quiet { color: var(--quiet); }

header { padding-block: 1.75rem 0.5rem; }
.kicker { margin: 0; color: var(--quiet); font-size: 0.8rem; font-weight: 600; letter-spacing: 0.08em; text-transform: uppercase; }
h1 { margin: 0; font-size: clamp(1.9rem, 5vw, 2.8rem); line-height: 1.1; letter-spacing: -0.02em; }
.sub { margin: 0.35rem 0 0; color: var(--quiet); }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 0.9rem 0 0; padding: 0 0 0.5rem; list-style: none; border-bottom: 1px solid var(--line); }
nav a[aria-current] { color: var(--text); font-weight: 650; text-decoration: none; border-bottom: 3px solid currentColor; padding-bottom: 0.35rem; }
h2 { margin: 2.75rem 0 0.75rem; font-size: 1.35rem; letter-spacing: -0.01em; line-height: 1.2; }
h3 { margin: 0 0 0.3rem; font-size: 0.95rem; }
.banner { background: var(--banner); border-left: 5px solid var(--banner-line); padding-block: 0.75rem; }
.banner p, .banner ul { margin: 0; } .banner ul { padding-left: 1.2rem; }

.answer { margin-top: 1.5rem; }
.share { display: block; width: 100%; height: 1.4rem; border-radius: 0.35rem; }
td .share { height: 0.6rem; min-width: 8rem; margin-block: 0.4rem 0.2rem; border-radius: 0.2rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 0.5rem; margin-top: 0.6rem; align-items: start; }
.tile .mark { font-size: 0.93rem; } .tile { background: var(--soft); border-top: 3px solid var(--line); padding: 0.5rem 0.6rem; border-radius: 0 0 0.4rem 0.4rem; }
.tile summary { cursor: pointer; }
.tile ul { margin: 0.4rem 0 0.2rem; padding-left: 1.1rem; font-size: 0.9rem; }
.tile.none { padding-left: 0.6rem; } .tile.none .big, .tile.none .mark { color: var(--quiet); font-weight: 400; }
.big { font-size: 1.8rem; line-height: 1.2; margin-right: 0.1rem; }
.pace { margin: 0.9rem 0 0; } .final { margin: 0 0 0.5rem; color: var(--quiet); } .empty { font-size: 1.15rem; }
.mark { font-weight: 600; white-space: nowrap; }
.on-track, .done { --tone: var(--on-track); } .at-risk, .partly { --tone: var(--at-risk); } .off-track, .missed { --tone: var(--off-track); }
.silent, .none { --tone: var(--silent); } .closed, .carried-over { --tone: var(--closed); }
.mark { color: var(--tone); } .tile { border-top-color: var(--tone, var(--line)); } .fill { fill: var(--tone); } .fill.none { fill: var(--track); }
.track { fill: var(--track); }

.columns { columns: 20rem; column-gap: 2rem; } .group { break-inside: avoid; padding-bottom: 1rem; }
.group ul, .bare { margin: 0; padding: 0; list-style: none; } td > .bare > li:first-child { padding-top: 0; } .group li, .bare li { padding: 0.2rem 0; }
.group li { border-top: 1px solid var(--line); padding-block: 0.35rem; line-height: 1.35; } .group .what { display: block; } .group .kr-link { color: var(--quiet); font-size: 0.87rem; }
.plain a, .bare a, .tile a { text-decoration-color: var(--line); } .plain a:hover, .bare a:hover, .tile a:hover { text-decoration-color: currentColor; }

table { width: 100%; border-collapse: collapse; }
caption { text-align: left; color: var(--quiet); font-size: 0.9rem; padding-bottom: 0.4rem; }
th { text-align: left; font-weight: inherit; } thead th { font-size: 0.8rem; color: var(--quiet); font-weight: 600; border-bottom: 1px solid var(--line); vertical-align: bottom; }
th, td { padding: 0.55rem 0.9rem 0.55rem 0; vertical-align: top; }
tbody tr { border-bottom: 1px solid var(--line); }
.plain tbody th { font-weight: 500; } thead th, .severity { overflow-wrap: normal; } time { white-space: nowrap; }
@media (min-width: 40.01rem) { .plain th, .plain td { min-width: 4.5rem; } }
.objective th { padding-top: 1.6rem; } .objective { border-bottom: 2px solid var(--text); }
.objective-title { font-size: 1.08rem; font-weight: 700; color: inherit; }
.rollup { color: var(--quiet); font-size: 0.9rem; margin-left: 0.4rem; }
@media (min-width: 62.01rem) { .krs { table-layout: fixed; } .krs thead th:nth-child(2) { width: 9.5rem; } .krs thead th:nth-child(3) { width: 11.5rem; } .krs thead th:nth-child(4) { width: 16.5rem; } .krs thead th:nth-child(5) { width: 21%; } } .kr:focus { outline: 3px solid var(--focus); }
.kr:target, li:target { background: var(--now); }
.name { font-weight: 600; color: inherit; text-decoration-color: var(--line); } .name:hover { text-decoration-color: currentColor; }
.number { color: var(--quiet); font-weight: 600; margin-right: 0.2rem; }
.who, .since, .odd { margin: 0.15rem 0 0; font-size: 0.87rem; } .who { color: var(--quiet); }
.odd { color: var(--at-risk); font-weight: 500; }
.since a, .figures a, .next a { color: inherit; text-decoration-color: var(--line); } .since { color: var(--quiet); }
.progress { display: block; width: 10rem; height: 1.125rem; max-width: 100%; }
.expected { stroke: var(--text); stroke-width: 2; } .progress .milestones { fill: var(--bg); stroke: var(--text); stroke-width: 1.8; }
.figures { margin: 0.15rem 0 0; padding: 0; list-style: none; font-size: 0.82rem; line-height: 1.4; color: var(--quiet); } .figures li { white-space: nowrap; } .figures .claimed { color: var(--text); font-weight: 600; }
.weeks { display: flex; flex-wrap: wrap; gap: 1px; margin: 0; padding: 0; list-style: none; }
.weeks li { width: 1.12rem; height: 1.5rem; font-size: 0.7rem; text-align: center; line-height: 1.5rem; color: var(--tone); background: var(--soft); border-radius: 3px; }
.weeks a { display: block; color: inherit; text-decoration: none; } .weeks .now { box-shadow: inset 0 -2px var(--text); }
.next { font-size: 0.9rem; min-width: 9rem; } .overdue { color: var(--off-track); font-weight: 600; } .due { color: var(--quiet); }
.severity { font-weight: 600; } .severity.error { color: var(--off-track); } .severity.warning { color: var(--at-risk); } .severity.info { color: var(--quiet); }
code { font-family: var(--mono); font-size: 0.9em; } details > summary { cursor: pointer; } summary + table, summary + ul { margin-top: 0.5rem; }
.date { white-space: nowrap; } .hygiene table { margin-top: 1rem; }

.scroll { overflow-x: auto; } .timeline { display: block; width: 100%; min-width: 36rem; max-height: 16rem; } .weeks-chart { display: block; width: 100%; max-width: 40rem; min-width: 20rem; }
.axis { stroke: var(--line); } .timeline text, .weeks-chart text { fill: var(--quiet); font-size: 11px; } .weeks-chart text { font-size: 9.5px; } .today { stroke: var(--text); stroke-width: 1.5; stroke-dasharray: 4 3; }
.dot.done { fill: var(--on-track); } .dot.open { fill: var(--bg); stroke: var(--quiet); stroke-width: 1.5; } .dot.overdue { fill: var(--off-track); }
.dot-key.done { color: var(--on-track); } .dot-key.overdue { color: var(--off-track); } .dot-key.open { color: var(--quiet); }
.legend { font-size: 0.85rem; margin: 0 0 0.75rem; }
.tools { display: flex; flex-wrap: wrap; gap: 0.5rem 1.25rem; align-items: center; margin: 0.5rem 0 1rem; } .tools[hidden] { display: none; }
input, select { font: inherit; color: inherit; background: var(--bg); border: 1px solid var(--quiet); border-radius: 0.3rem; padding: 0.25rem 0.5rem; max-width: 100%; }
footer { margin-top: 3rem; padding-block: 1rem 2rem; font-size: 0.87rem; color: var(--quiet); border-top: 1px solid var(--line); }
.embed header { padding-top: 0.75rem; } .embed h1 { font-size: 1.4rem; } .embed #krs { margin-top: 1.25rem; }

@media (max-width: 62rem) {
  table.krs, table.krs > thead, table.krs > tbody, .krs caption { display: block; } table.krs > thead { position: absolute; clip-path: inset(50%); height: 1px; width: 1px; overflow: hidden; }
  .krs tr { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); gap: 0.4rem 1.5rem; padding-block: 0.8rem; }
  .krs tr[hidden], .krs tbody[hidden] { display: none; }
  .krs tr > th { grid-column: 1 / -1; width: auto; } .krs th, .krs td { padding: 0; }
  .objective th { padding-top: 0.8rem; }
}
@media (max-width: 40rem) {
  table.stack, table.stack > tbody, .stack caption { display: block; }
  table.stack > thead { position: absolute; clip-path: inset(50%); height: 1px; width: 1px; overflow: hidden; }
  .stack tr { display: grid; gap: 0.1rem; padding-block: 0.6rem; } .stack th, .stack td { padding: 0; } .stack td:not(:has(*)):empty { display: none; }
  .rollup { display: block; margin-left: 0; } .tiles { grid-template-columns: 1fr 1fr; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media print {
  :root { --bg: #fff; --soft: #fff; --text: #000; --quiet: #333; --line: #999; --link: #000; color-scheme: light; }
  html { font-size: 9.5pt; } nav, .tools, .skip { display: none; } details:not(.tile)::details-content { content-visibility: visible; block-size: auto; } summary { list-style: none; } .scroll { overflow: visible; }
  body > header, body > main, body > footer { max-width: none; padding-inline: 0; }
  section, tr { break-inside: avoid; } section.all, section[aria-labelledby="people"], section[aria-labelledby="milestones"], .hygiene { break-inside: auto; }
  h2 { break-after: avoid; } .fill, .track, .weeks li, .tile, .dot { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  a.name::after, .objective-title[href]::after { content: " <" attr(href) ">"; font-weight: 400; font-size: 0.85em; color: #333; }
}
`;
