// The words of this project: plain technical English, one word for one thing. Looks at comments and at sentences
// in code, and at prose in Markdown and YAML; identifiers, keys of contracts and the texts of fixtures are left alone.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

/** What is not written, and what is written instead. */
const words = [
  [/\b(?:un)?mend(?:s|ed|ing|ings)?\b/i, 'fix'],
  [/\bstands? (?:there|here|on|in(?! for)|at|beside|before|behind|below|above|under|between)\b/i, 'is'],
  [/\bmistakes?\b/i, 'error'],
  [/\b(?:judge[sd]?|judging|judgement)\b/i, 'evaluate'],
  [/\bcomplain(?:s|ed|ing|ts?)?\b/i, 'report, finding'],
  [/\brestraints?\b/i, 'skip reason'],
  [/\bleft-overs?\b/i, 'leftover'],
  [/\bbeside\b/i, 'next to'],
  [/\bwhoever\b/i, 'anyone who'],
  [/\bnobody\b/i, 'no one'],
  [/\bnone of (?:yours|ours)\b/i, 'not yours'],
  [/\b(?:is|are) no mentions?\b/i, 'is not a mention'],
  [/\b(?:that|which|it|he|she|this) is none\b/i, 'is not one'],
  [/\bcame to grief\b/i, 'failed'],
];

const folders = ['src', 'test', 'bench', 'rules', 'docs', '.ci', 'templates'];
const files = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', '.gitlab-ci.yml'];
// Texts of other people, words of other languages, and generated files (they follow what they are made from).
const exempt = /test\/fixtures\/|src\/sandbox\/demo\/|rules\/(?:words|languages|templates|schema)\/|vocabulary\.yml$|\.ci\/words\.js$/;

/** Comments, strings and templates of TypeScript and JavaScript. */
const token =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;

let found = 0;
for (const file of [...folders.flatMap(filesIn), ...files]) {
  const source = readFileSync(path.join(root, file), 'utf8');
  for (const { text, line } of prose(file, source)) {
    for (const [pattern, instead] of words) {
      const match = pattern.exec(text);
      if (match === null) continue;
      found += 1;
      const at = line + (text.slice(0, match.index).match(/\n/g)?.length ?? 0);
      process.stdout.write(`${file}:${at}: “${match[0]}”: write ${instead}\n`);
    }
  }
}
if (found > 0) {
  process.stdout.write('The list and the reasons: .ci/words.js. A name in code goes between back-ticks.\n');
  process.exitCode = 1;
}

function filesIn(folder) {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.posix.join(folder, name.replaceAll('\\', '/')))
    .filter((name) => /\.(?:tsx?|js|md|ya?ml)$/.test(name) && !exempt.test(name));
}

/** The prose of a file, piece by piece, names between back-ticks blanked out. */
function prose(file, source) {
  if (/\.(?:md|ya?ml)$/.test(file)) return [{ text: withoutNames(source), line: 1 }].flatMap(lines);
  return [...source.matchAll(token)].flatMap((match) => {
    const [text] = match;
    const isComment = text.startsWith('/');
    // A string without a blank is a name; in tests, strings are also the texts of other people.
    if (!isComment && (!/\w \w/.test(text) || file.startsWith('test/'))) return [];
    const line = source.slice(0, match.index).split('\n').length;
    return lines({ text: withoutNames(isComment ? text : text.slice(1, -1)), line });
  });
}

function withoutNames(text) {
  return text.replace(/`[^`\n]*`|\$\{[^}]*\}/g, (name) => ' '.repeat(name.length));
}

function lines({ text, line }) {
  return text.split('\n').map((one, index) => ({ text: one, line: line + index }));
}
