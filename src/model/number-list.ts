/** Numbers in an order, eight bytes each and nothing for the garbage collector to look through. */
export interface NumberList {
  readonly length: number;
  at(index: number): number | undefined;
  [Symbol.iterator](): Iterator<number>;
  push(number: number): void;
  set(index: number, number: number): void;
}

/** Two to this are the numbers of a chunk: a list that grows copies nothing, and has hardly more room than it needs. */
const BITS = 11;
const CHUNK = 2 ** BITS;

/** @param numbersOf the kind of numbers: whole ones below 2 ** 32 take half the room */
export function createNumberList(
  numbersOf: Float64ArrayConstructor | Uint32ArrayConstructor = Float64Array,
): NumberList {
  const chunks: (Float64Array | Uint32Array)[] = [];
  let length = 0;
  const chunkOf = (index: number): Float64Array | Uint32Array | undefined => chunks[index >>> BITS];
  return {
    get length() {
      return length;
    },
    push(number) {
      if (length === chunks.length * CHUNK) chunks.push(new numbersOf(CHUNK));
      (chunks.at(-1) as Float64Array | Uint32Array)[length % CHUNK] = number;
      length += 1;
    },
    set(index, number) {
      const chunk = index < length ? chunkOf(index) : undefined;
      if (chunk !== undefined) chunk[index % CHUNK] = number;
    },
    at: (index) => (index >= 0 && index < length ? chunkOf(index)?.[index % CHUNK] : undefined),
    *[Symbol.iterator]() {
      for (let index = 0; index < length; index += 1) yield chunkOf(index)?.[index % CHUNK] as number;
    },
  };
}
