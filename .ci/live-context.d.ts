export function liveContext(context: object, fields: object): Record<string, unknown>;
