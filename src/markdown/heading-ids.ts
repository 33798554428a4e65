/** How a renderer makes the id of a heading out of its text. */
type Flavour = (text: string) => string;

/** GitLab: lower case, punctuation removed, blanks to one hyphen, digits alone get a prefix (docs/gitlab.md §18). */
const gitlab: Flavour = (text) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .trim()
    .replace(/[ -]+/g, '-')
    .replace(/^(\d+)$/, 'anchor-$1');

/** Hugo, as GitHub: each blank becomes a hyphen of its own. */
const hugo: Flavour = (text) =>
  text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}_\- ]/gu, '')
    .replace(/ /g, '-');

/** Kramdown: what is before the first letter goes as well. */
const kramdown: Flavour = (text) =>
  text
    .replace(/^[^a-z]+/i, '')
    .replace(/[^a-z0-9 -]/gi, '')
    .replace(/ /g, '-')
    .toLowerCase() || 'section';

/** Python-Markdown (MkDocs): letters with marks lose them, what is not ASCII goes. */
const python: Flavour = (text) =>
  text
    .normalize('NFKD')
    .replace(/[^\w\s-]/g, '')
    .trim()
    .toLowerCase()
    .replace(/[-\s]+/g, '-');

const flavours: readonly Flavour[] = [gitlab, hugo, kramdown, python];

/** The ids each heading of a page may have, in the order of the headings; a repeated one is numbered from 1. */
export function headingIds(texts: readonly string[]): string[][] {
  const counts = flavours.map(() => new Map<string, number>());
  return texts.map((text) => {
    // Attributes at the end (`{: .no_toc }`) are not words; a custom emoji or `:code:` is a picture for one renderer
    // and a word for the other.
    const bare = text.replace(/\s*\{[^{}]{0,300}\}\s*$/, '');
    const forms = [bare, bare.replace(/:[\w+-]{1,60}:/g, ''), text];
    const ids = new Set<string>();
    for (const [index, flavour] of flavours.entries()) {
      const seen = counts[index] as Map<string, number>;
      for (const form of new Set(forms.map(flavour))) {
        const before = seen.get(form) ?? 0;
        seen.set(form, before + 1);
        ids.add(before === 0 ? form : `${form}-${before}`);
      }
    }
    ids.delete('');
    return [...ids];
  });
}
