const dayLength = 86_400_000;

/** Whole days from one instant or day to another; negative when `to` is earlier. */
export function elapsedDays(from: string, to: string): number {
  return Math.floor((Date.parse(to) - Date.parse(from)) / dayLength);
}

/** The instant this many days before another. */
export function daysBefore(instant: string, days: number): string {
  return new Date(Date.parse(instant) - days * dayLength).toISOString();
}
