/** The one style sheet of the pages: light and dark, from phone to desk. */
export const styleSheet = `
:root {
  color-scheme: light dark;
  --page: #fbfafd; --card: #fff; --line: #dcdcde; --text: #28272d; --soft: #626168; --link: #1f5fc4;
  --code: #ececef; --mention: #e9f3fc; --mention-text: #0b5394; --open: #108548; --closed: #1f75cb;
  --warn: #fdf1dd; --warn-text: #8f4700;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #18171d; --card: #211f27; --line: #434248; --text: #ececef; --soft: #a4a3a8; --link: #7cb2ff;
    --code: #333238; --mention: #1b3450; --mention-text: #9dc7f1; --open: #52b87a; --closed: #63a6e9;
    --warn: #3f2a0f; --warn-text: #f5c181;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); line-height: 1.5;
  font-family: system-ui, "Noto Sans", "DejaVu Sans", sans-serif; font-size: 15px; overflow-wrap: anywhere; }
a { color: var(--link); text-decoration: none; }
a:hover, a:focus-visible { text-decoration: underline; }
.page { max-width: 62rem; margin: 0 auto; padding: 1rem 1.25rem 4rem; }
.crumbs { font-size: .85rem; color: var(--soft); padding: .25rem 0 .75rem; border-bottom: 1px solid var(--line); }
h1 { font-size: 1.5rem; line-height: 1.3; margin: .9rem 0 .5rem; }
h2.section { font-size: 1.05rem; margin: 2rem 0 .6rem; }
.soft { color: var(--soft); font-size: .85rem; }
.badge { display: inline-block; border-radius: 1rem; padding: .05rem .6rem; font-size: .78rem; font-weight: 600;
  border: 1px solid currentColor; white-space: nowrap; }
.badge.opened { color: var(--open); } .badge.closed { color: var(--closed); }
.badge.warn { background: var(--warn); color: var(--warn-text); border-color: transparent; }
.badge.bot { color: var(--soft); border-radius: .3rem; font-weight: 400; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: .75rem 0 1.25rem;
  font-size: .9rem; }
.facts dt { color: var(--soft); } .facts dd { margin: 0; }
.pill { display: inline-flex; border-radius: 1rem; overflow: hidden; font-size: .75rem; line-height: 1.5;
  vertical-align: middle; margin: .1rem .2rem .1rem 0; border: 1.5px solid var(--label, #6699cc); max-width: 100%; }
.pill b, .pill i { padding: 0 .55rem; font-style: normal; font-weight: 500; }
.pill b { background: var(--label, #6699cc); color: var(--ink, #fff); }
.pill i { background: var(--card); color: var(--text); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
.text { padding: .25rem 1.1rem; }
.issues { list-style: none; margin: 0; padding: 0; }
.issues li { padding: .6rem 1rem; border-top: 1px solid var(--line); }
.issues li:first-child { border-top: 0; }
.issues .title { font-weight: 600; margin-right: .4rem; }
.issues .closed-title { color: var(--soft); }
.note { display: grid; grid-template-columns: 2.25rem minmax(0, 1fr); gap: .75rem; margin: 1rem 0; }
.avatar { width: 2.25rem; height: 2.25rem; border-radius: 50%; background: var(--code); color: var(--soft);
  display: grid; place-items: center; font-size: .8rem; font-weight: 600; }
.note .card > header { padding: .5rem 1.1rem; border-bottom: 1px solid var(--line); font-size: .88rem; }
.note footer { padding: .4rem 1.1rem; border-top: 1px dashed var(--line); font-size: .78rem; color: var(--soft); }
.note.internal .card { background: var(--warn); }
.reply { margin-left: 2.25rem; }
.system { margin: .6rem 0 .6rem 3rem; font-size: .85rem; color: var(--soft); }
.markdown h1 { font-size: 1.35rem; } .markdown h2 { font-size: 1.15rem; } .markdown h3 { font-size: 1.02rem; }
.markdown h1, .markdown h2, .markdown h3, .markdown h4 { margin: 1.1rem 0 .5rem; line-height: 1.3; }
.markdown p, .markdown ul, .markdown ol { margin: .6rem 0; }
.markdown ul, .markdown ol { padding-left: 1.5rem; }
.markdown li.task-list-item { list-style: none; margin-left: -1.35rem; }
.markdown code { background: var(--code); border-radius: .25rem; padding: .1em .3em; font-size: .88em; }
.markdown pre { background: var(--code); border-radius: .4rem; padding: .75rem; overflow-x: auto; }
.markdown pre code { padding: 0; background: none; white-space: pre; }
.markdown blockquote { margin: .6rem 0; padding: .05rem .9rem; border-left: .25rem solid var(--line);
  color: var(--soft); }
.markdown table { border-collapse: collapse; display: block; overflow-x: auto; font-size: .92em; }
.markdown th, .markdown td { border: 1px solid var(--line); padding: .35rem .6rem; text-align: left; }
.markdown th { background: var(--code); }
.markdown details { border: 1px solid var(--line); border-radius: .4rem; padding: .35rem .8rem; margin: .6rem 0; }
.markdown summary { cursor: pointer; font-weight: 600; }
.markdown del { color: var(--soft); }
.markdown hr { border: 0; border-top: 1px solid var(--line); margin: 1rem 0; }
.markdown kbd { border: 1px solid var(--line); border-radius: .25rem; padding: 0 .3em; font-size: .85em; }
.mention { background: var(--mention); color: var(--mention-text); border-radius: .25rem; padding: 0 .2em;
  font-weight: 600; }
.image { border: 1px dashed var(--line); border-radius: .3rem; padding: 0 .4em; color: var(--soft); font-size: .88em; }
@media (max-width: 36rem) {
  .page { padding: .75rem .75rem 3rem; }
  .note { grid-template-columns: minmax(0, 1fr); gap: .25rem; } .avatar { display: none; }
  .reply { margin-left: 1rem; } .system { margin-left: .5rem; }
  .facts { grid-template-columns: 1fr; gap: 0; } .facts dd { margin-bottom: .4rem; }
}
`;
