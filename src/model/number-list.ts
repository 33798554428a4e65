/** Numbers in an order, eight bytes each and nothing for the garbage collector to look through. */
export interface NumberList {
  readonly length: number;
  at(index: number): number | undefined;
  [Symbol.iterator](): Iterator<number>;
  push(number: number): void;
  set(index: number, number: number): void;
}

export function createNumberList(): NumberList {
  let numbers = new Float64Array(256);
  let length = 0;
  return {
    get length() {
      return length;
    },
    push(number) {
      if (length === numbers.length) {
        const larger = new Float64Array(Math.ceil(length * 1.5));
        larger.set(numbers);
        numbers = larger;
      }
      numbers[length] = number;
      length += 1;
    },
    set(index, number) {
      if (index < length) numbers[index] = number;
    },
    at: (index) => (index >= 0 && index < length ? numbers[index] : undefined),
    *[Symbol.iterator]() {
      for (let index = 0; index < length; index += 1) yield numbers[index] as number;
    },
  };
}
