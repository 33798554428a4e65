/**
 * `site.js`: sort, filter and search over the rows that are there. Pages are whole without it; what it adds is made
 * here, so that nothing dead is shown where scripts do not run. A plain script: a module would not load from a file.
 */
export const script = `'use strict';
(() => {
  const tools = document.getElementById('tools');
  const table = document.querySelector('table.krs');
  const openTarget = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const row = id && document.getElementById(id);
    if (row) row.tabIndex = -1, row.focus();
  };
  addEventListener('hashchange', openTarget);
  if (!tools || !table) return;
  const bodies = [...table.tBodies];
  const rows = [...table.querySelectorAll('tr.kr')];
  const home = new Map(rows.map((row) => [row, row.parentElement]));
  const text = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const choice = (name, label, options) =>
    make('label', {}, label + ' ', make('select', { name }, ...options.map(([value, words]) => make('option', { value }, words))));
  const search = make('input', { type: 'search', name: 'search', autocomplete: 'off', spellcheck: 'false' });
  const status = choice('status', 'Show', [
    ['', 'all'], ['on-track', 'on track'], ['at-risk', 'at risk'], ['off-track', 'off track'], ['silent', 'silent'], ['closed', 'closed'],
  ]);
  const sort = choice('sort', 'Sort by', [
    ['', 'objective'], ['weakest', 'weakest first'], ['claimed', 'lowest claim first'], ['due', 'due date'], ['name', 'name'],
  ]);
  const found = make('output', { 'aria-live': 'polite' });
  tools.append(make('label', {}, 'Search ', search), status, sort, found);
  tools.hidden = false;
  const ranks = ['off-track', 'at-risk', 'silent', 'on-track', 'closed'];
  const keys = {
    weakest: (row) => ranks.indexOf(row.dataset.status),
    claimed: (row) => (row.dataset.claimed === '' ? -1 : Number(row.dataset.claimed)),
    due: (row) => row.dataset.due || '9999',
    name: (row) => row.querySelector('.name').textContent.trim().toLowerCase(),
  };
  const flat = document.createElement('tbody');
  flat.setAttribute('role', 'rowgroup');
  const arrange = (by) => {
    if (by === '') {
      flat.remove();
      for (const row of rows) home.get(row).append(row);
      for (const body of bodies) table.append(body);
      return;
    }
    const key = new Map(rows.map((row) => [row, keys[by](row)]));
    const sorted = [...rows].sort((a, b) => (key.get(a) < key.get(b) ? -1 : key.get(a) > key.get(b) ? 1 : 0));
    for (const body of bodies) body.remove();
    flat.append(...sorted);
    table.append(flat);
  };
  const filter = () => {
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const wanted = status.querySelector('select').value;
    let shown = 0;
    for (const row of rows) {
      const fits = (wanted === '' || row.dataset.status === wanted) && words.every((word) => text.get(row).includes(word));
      row.hidden = !fits;
      if (fits) shown += 1;
    }
    for (const body of bodies) body.hidden = ![...body.querySelectorAll('tr.kr')].some((row) => !row.hidden);
    found.textContent = shown === rows.length ? '' : shown + ' of ' + rows.length;
  };
  search.addEventListener('input', filter);
  status.addEventListener('change', filter);
  sort.addEventListener('change', (event) => { arrange(event.target.value); filter(); });
})();
`;
