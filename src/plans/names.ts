import { addressParts, asAddress, slugOf } from './site.ts';

/** `2-key-care`, `02_key-care`: generators of sites leave the number out of the address. */
const number = /^\d+\s*[-_.]+\s*(?=[^-_.\s])/;
/** A post of Jekyll. */
const postDay = /^\d{4}-\d{2}-\d{2}-(?=.)/;
/** `key-care.de`, `key-care.pt-br`: the page in another language. */
const language = /\.[a-z]{2}(?:-[a-z]{2,4})?$/i;

/**
 * Slugs by which a site may know a page besides that of its path.
 * @param named what its front matter has in place of its name
 */
export function otherSlugs(path: string, named: string | null): string[] {
  const own = slugOf(path);
  const parts = own.split('/');
  const above = parts.slice(0, -1);
  const bare = parts.map((part) => part.replace(postDay, '').replace(number, ''));
  const slugs = [
    bare.join('/'),
    own.replace(language, ''),
    // Its own name, where a page is the index of its folder (`home.md` of a wiki).
    path.replace(/\.[^./]+$/, ''),
    ...namesIn(named).flatMap((name) => [[...above, name].join('/'), [...bare.slice(0, -1), name].join('/')]),
  ];
  return [...new Set(slugs.map((slug) => asAddress(addressParts(slug) ?? [])))].filter((slug) => slug !== '');
}

/** A whole address may count from somewhere above the folder: its last part is the name in any case. */
function namesIn(named: string | null): string[] {
  const bare = named?.replace(/^\/+|\/+$/g, '') ?? '';
  return bare === '' ? [] : [bare, bare.slice(bare.lastIndexOf('/') + 1)];
}

/** The path of the page of which this one is the translation, if that is there. */
export function translationOf(path: string): string | null {
  const [, stem = '', extension = ''] = /^(.*)(\.[^./]+)$/.exec(path) ?? [];
  return language.test(stem) ? stem.replace(language, '') + extension : null;
}

/**
 * The slugs of files that are pages for the site and none for us (`quarantine.mdx`, `overview.html.erb`, `flow.adoc`):
 * an address may lead to them.
 */
export function slugsOfFiles(files: readonly string[]): Set<string> {
  const pages = files.filter((file) =>
    /\.(?:mdx|html?|adoc|asciidoc|rst|org|ipynb|erb|haml|slim|astro|vue)$/i.test(file),
  );
  return new Set(
    pages.flatMap((file) => {
      const bare = file.replace(/\.[^/]*$/, '.md');
      return [asAddress(slugOf(bare).split('/')), ...otherSlugs(bare, null)];
    }),
  );
}
