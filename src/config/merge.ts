/** A map of plain values. */
export type PlainMap = Record<string, unknown>;

export function isMap(value: unknown): value is PlainMap {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Later wins, key by key; lists replace lists. */
export function merge(below: unknown, above: unknown): unknown {
  if (!isMap(below) || !isMap(above)) return above === undefined ? below : above;
  const result: PlainMap = { ...below };
  for (const [key, value] of Object.entries(above)) result[key] = merge(result[key], value);
  return result;
}

/** All layers together, lowest first. */
export function mergeAll(values: readonly unknown[]): PlainMap {
  return values.reduce<unknown>((below, above) => merge(below, above), {}) as PlainMap;
}
