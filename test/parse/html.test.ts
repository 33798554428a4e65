import { describe, expect, test } from '@jest/globals';
import { kr, read } from './helpers.ts';

const milestones = (text: string): string[] =>
  kr(text).milestones.map(({ description, dueDate, dris, driProblem, state }) =>
    [description, dueDate.date ?? `!${dueDate.problem}`, dris.join(' ') || `!${driProblem}`, state].join(
      ' | ',
    ),
  );

const table = `<table>
<tr><th>Milestone</th><th>Due date</th><th>DRI</th><th>Status</th></tr>
<tr><td>Course</td><td>2026-12-04</td><td>@ann</td><td>Done</td></tr>
<tr><td>Talk<br>at night</td><td><del>2026-12-11</del> 2026-12-18</td><td></td><td></td></tr>
</table>`;

describe('what was pasted as HTML', () => {
  test('a table', () => {
    expect(milestones(`## Milestones\n${table}`)).toEqual([
      'Course | 2026-12-04 | ann | done',
      'Talk at night | 2026-12-18 | !missing | open',
    ]);
  });

  test.each([
    [
      'head and body',
      table.replace('<tr><th>', '<thead><tr><th>').replace('</th></tr>', '</th></tr></thead>'),
    ],
    ['no closing tags', table.replaceAll(/<\/t[dhr]>/g, '')],
    ['capitals and attributes', table.replaceAll('<td>', '<TD class="x" colspan=1>')],
    ['no end', table.replace('</table>', '')],
  ])('a table: %s', (_, text) => {
    expect(milestones(`## Milestones\n${text}`)).toEqual(milestones(`## Milestones\n${table}`));
  });

  test('lists, nested ones are details', () => {
    const list =
      '<ul>\n<li>Course Due Date: 2026-12-04 DRI: @ann<ul><li>book a room</li></ul></li>\n<li><input type="checkbox" checked> Talk (@bo, Dec 18)</li>\n</ul>';
    expect(milestones(`## Milestones\n${list}`)).toEqual([
      'Course | 2026-12-04 | ann | open',
      'Talk | 2026-12-18 | bo | done',
    ]);
  });

  test('headings, paragraphs, bold and character references', () => {
    const document = kr(
      '<h2>Ally OKR</h2>\n<p>https://app.ally.io/objectives/7</p>\n<h2>Objective</h2>\n<p>R&amp;D is <b>safe</b>.</p>',
    );
    expect(document.okrLink?.url).toBe('https://app.ally.io/objectives/7');
    expect(document.objective.text).toBe('R&D is safe.');
    expect(kr('<div>\n<a href="https://app.ally.io/objectives/7">OKR</a>\n</div>').okrLink?.url).toBe(
      'https://app.ally.io/objectives/7',
    );
  });

  test('an update', () => {
    const { completed, nextSteps, status } = read(
      'weekly-update',
      '<p>Status: At Risk</p>\n<h3>Completed</h3>\n<ul><li>a</li><li>b</li></ul>\n<h3>Next steps</h3>\n<ol><li>c</li></ol>',
    );
    expect([status.value, completed.items, nextSteps.items]).toEqual(['at-risk', 2, 1]);
  });

  test('places are those of the source, also behind a character reference', () => {
    const source = `## Milestones\n${table.replace('Course', 'R&amp;D <i>course</i>')}`;
    const [first] = kr(source).milestones;
    const { start, end } = first?.descriptionPlace ?? { start: { offset: 0 }, end: { offset: 0 } };
    expect(source.slice(start.offset, end.offset)).toBe('R&amp;D <i>course');
    const due = first?.dueDate.place;
    expect(source.slice(due?.start.offset, due?.end.offset)).toBe('2026-12-04');
  });

  test('lists nested beyond reason are flat from there on', () => {
    const text = `## Milestones\n${'<ul><li>a'.repeat(500)} (@ann, Dec 4)`;
    expect(kr(text).unread).toBe(null);
  });

  test('archived, quoted and preformatted stays unseen', () => {
    for (const [open, close] of [
      ['<details><summary>Old plan</summary>', '</details>'],
      ['<blockquote>', '</blockquote>'],
      ['<pre>', '</pre>'],
    ]) {
      expect(milestones(`## Milestones\n${open}\n${table}\n${close}`)).toEqual([]);
    }
  });
});
