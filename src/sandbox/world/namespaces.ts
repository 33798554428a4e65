import type { Group, Project, World } from './types.ts';

export function projectAt(world: World, path: string): Project | undefined {
  const entry = world.paths.get(path.toLowerCase());
  return entry?.kind === 'project' ? world.projects.get(entry.id) : undefined;
}

/** A group and those above it, from the inside out. */
export function groupsFrom(world: World, groupId: number | null): Group[] {
  const groups: Group[] = [];
  for (let at = world.groups.get(groupId ?? -1); at; at = world.groups.get(at.parentId ?? -1))
    groups.push(at);
  return groups;
}
