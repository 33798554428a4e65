import path from 'node:path';
import { isInside } from '../files/paths.ts';
import type { DocumentKind } from '../model/document.ts';
import { fileError, quote } from './config-error.ts';
import { type Layer, type Reading, type RulesFolder, readBytes } from './layers.ts';
import { errorAt } from './places.ts';

export interface TemplateFile {
  name: string;
  text: string;
}

/** The template named by the topmost file that names one, or lying at its usual place in the topmost folder. */
export async function findTemplate(
  reading: Reading,
  folders: readonly RulesFolder[],
  layers: readonly Layer[],
  kind: DocumentKind,
): Promise<TemplateFile> {
  for (const folder of [...folders].reverse()) {
    const named = [...layers]
      .reverse()
      .find((layer) => layer.folder.root === folder.root && templateOf(layer) !== null);
    const written = named ? templateOf(named) : null;
    const file =
      named && written !== null
        ? path.resolve(path.dirname(named.file.path), written)
        : path.join(folder.root, 'templates', `${kind}.md`);
    const refuse = (code: string, message: string, advice: string | null): TemplateFile => {
      const what = { code, message, advice };
      reading.errors.push(
        named ? errorAt(named.file, ['template'], what) : fileError(folder.nameOf(file), what),
      );
      return { name: folder.nameOf(file), text: '' };
    };
    const root = isInside(folder.root, file) ? folder.root : platformTemplates(folder.root, file);
    if (root === null)
      return refuse(
        'path-escape',
        `${quote(written)} leads out of the rules folder.`,
        `Keep the template next to the rule files, or in ${templateFolders.join(' or ')} of the same repository.`,
      );
    const bytes = await readBytes({ ...folder, root }, file);
    if (bytes === 'absent' && !named) continue;
    if (bytes === 'absent')
      return refuse(
        'file-not-found',
        `There is no file ${quote(written)}.`,
        'The path counts from the file it is in.',
      );
    if ('problem' in bytes)
      return refuse(bytes.problem, `${quote(folder.nameOf(file))}: ${bytes.message}`, bytes.advice);
    try {
      return {
        name: folder.nameOf(file),
        text: new TextDecoder('utf-8', { fatal: true }).decode(bytes.bytes),
      };
    } catch {
      return refuse(
        'not-utf8',
        `The template ${quote(folder.nameOf(file))} is not UTF-8 text.`,
        'Save it as UTF-8.',
      );
    }
  }
  return { name: `templates/${kind}.md`, text: '' };
}

/** Where people get templates from when they open an issue. */
const templateFolders = ['.gitlab/issue_templates', '.github/ISSUE_TEMPLATE'];

/** The folder of issue templates that holds the file, where it belongs to the repository of the rules folder. */
function platformTemplates(rules: string, file: string): string | null {
  const parent = path.dirname(rules);
  if (parent === rules) return null;
  const found = templateFolders.map((name) => path.join(parent, name)).find((root) => isInside(root, file));
  return found ?? platformTemplates(parent, file);
}

function templateOf(layer: Layer): string | null {
  const value = layer.file.value as { template?: unknown } | null;
  return typeof value?.template === 'string' ? value.template : null;
}
