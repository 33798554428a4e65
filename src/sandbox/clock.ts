/** The sandbox's clock: runs with real time until a test takes it in hand. */
export interface SandboxClock {
  now(): Date;
  /** Moves the clock on by this many milliseconds. */
  advance(ms: number): void;
  /** Stops the clock at an instant; `advance` moves it from there. */
  set(at: Date | string): void;
}

export function createClock(source: () => Date = () => new Date()): SandboxClock {
  let offset = 0;
  let frozen: number | null = null;
  return {
    now: () => new Date(frozen ?? source().getTime() + offset),
    advance(ms) {
      if (frozen === null) offset += ms;
      else frozen += ms;
    },
    set(at) {
      frozen = new Date(at).getTime();
    },
  };
}
