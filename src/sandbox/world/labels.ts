import { canCreateLabels } from './access.ts';
import { groupsFrom } from './namespaces.ts';
import type { Act, Issue, Label, Project, User, World } from './types.ts';

/** Adds a label to the world; the caller puts it into its project or group. */
export function insertLabel(
  world: World,
  owner: { projectId: number | null; groupId: number | null },
  fields: { name: string; color: string; description: string | null; archived: boolean },
): Label {
  const label: Label = { id: world.nextId++, ...fields, ...owner };
  world.labels.set(label.id, label);
  return label;
}

/** The project's labels, and those of its ancestor groups unless told otherwise. */
export function labelsOf(world: World, project: Project, withAncestors = true): Label[] {
  const inherited = withAncestors ? groupsFrom(world, project.groupId) : [];
  return [project, ...inherited].flatMap(({ labels }) => labels);
}

export function createLabel(world: World, project: Project, name: string, color = '#6699cc'): Label {
  const label = insertLabel(
    world,
    { projectId: project.id, groupId: null },
    { name, color, description: null, archived: false },
  );
  project.labels.push(label);
  return label;
}

/**
 * Names → label ids. Spelling counts, case included. An unknown name becomes a project label if the caller may create
 * labels, and is otherwise dropped without a word (app/services/labels/find_or_create_service.rb).
 */
export function findOrCreateLabels(world: World, project: Project, user: User, names: string[]): number[] {
  const known = new Map(labelsOf(world, project).map((label) => [label.name, label.id]));
  const ids: number[] = [];
  for (const name of names) {
    const id = known.get(name);
    if (id !== undefined) ids.push(id);
    else if (canCreateLabels(world, project, user)) {
      const label = createLabel(world, project, name);
      known.set(name, label.id);
      ids.push(label.id);
    }
  }
  return ids;
}

export interface LabelChange {
  labels?: string[] | undefined;
  add?: string[] | undefined;
  remove?: string[] | undefined;
}

/**
 * The label ids an issue has after a change: (existing or `labels`) + add − remove, so remove wins
 * (app/services/issuable_base_service.rb). On Premium and Ultimate scoped labels exclude each other, the last one wins.
 */
export function changedLabels({ world, project, issue, user }: Act, change: LabelChange): number[] {
  const base = change.labels ? findOrCreateLabels(world, project, user, change.labels) : [...issue.labelIds];
  const added = findOrCreateLabels(world, project, user, change.add ?? []).filter((id) => !base.includes(id));
  const gone = new Set(change.remove ?? []);
  const ids = [...new Set([...base, ...added])].filter((id) => !gone.has(world.labels.get(id)?.name ?? ''));
  return world.settings.tier === 'free' ? ids : keepLastOfEachScope(world, ids, issue.labelIds);
}

function keepLastOfEachScope(world: World, ids: number[], before: number[]): number[] {
  const newest = [...ids].sort((a, b) => Number(!before.includes(a)) - Number(!before.includes(b)));
  const winner = new Map<string, number>();
  for (const id of newest) {
    const scope = scopeOf(world.labels.get(id)?.name ?? '');
    if (scope !== null) winner.set(scope, id);
  }
  return ids.filter((id) => {
    const scope = scopeOf(world.labels.get(id)?.name ?? '');
    return scope === null || winner.get(scope) === id;
  });
}

/** `priority::high` → `priority`; the key of `a::b::c` is `a::b`. */
export function scopeOf(name: string): string | null {
  const at = name.lastIndexOf('::');
  return at > 0 && at + 2 < name.length ? name.slice(0, at) : null;
}

export function labelNames(world: World, issue: Issue): string[] {
  return issue.labelIds
    .map((id) => world.labels.get(id)?.name ?? '')
    .filter(Boolean)
    .sort();
}
