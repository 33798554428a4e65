const delimiterRow = /^\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*$/;

const cellsOf = (line: string): number => line.replace(/\|[ \t]*$/, '').split('|').length;

/**
 * Tells lines that are certain to be rows of a table, to be called with one line after the other: the brackets and
 * stars of a row meet none of another row, so a long table costs no more than its length. Certain is only what begins
 * with `|` at the margin, below a blank line, a head and a row of dashes with as many cells: whatever else such lines
 * may be part of (a list, a quote, code) has to end first, by a line that does not.
 * @returns for each line, whether it is a row
 */
export function tableRows(): (line: string) => boolean {
  let state: 'elsewhere' | 'blank' | 'head' | 'rows' = 'blank';
  let head = '';
  return (line) => {
    if (line.trim() === '') state = 'blank';
    else if (state === 'blank' && line.startsWith('|') && !line.includes('\\')) {
      state = 'head';
      head = line;
    } else if (state === 'head')
      state = delimiterRow.test(line) && cellsOf(line) === cellsOf(head) ? 'rows' : 'elsewhere';
    else if (state !== 'rows' || !line.startsWith('|')) state = 'elsewhere';
    return state === 'rows';
  };
}
