/**
 * Goes through several streams one after the other, in their order, with the first item of the next ones already on
 * its way: a thousand projects of one page each are then not a thousand waits. Nothing else of a stream is read before
 * its turn, so no more than `width` items are held.
 * @param open begins a stream; it may throw when its first item is asked for
 * @returns for each stream the stream itself, to be read to its end before the next is asked for
 */
export async function* ahead<S, T>(
  sources: readonly S[],
  open: (source: S) => AsyncGenerator<T>,
  width: number,
): AsyncGenerator<{ source: S; items: AsyncIterableIterator<T> }> {
  const begun: { source: S; stream: AsyncGenerator<T>; first: Promise<IteratorResult<T>> }[] = [];
  let next = 0;
  const begin = (): void => {
    const source = sources[next] as S;
    next += 1;
    const stream = open(source);
    const first = stream.next();
    // It is looked at in its turn; until then its failure does not matter.
    first.catch(() => undefined);
    begun.push({ source, stream, first });
  };
  try {
    while (next < sources.length || begun.length > 0) {
      while (next < sources.length && begun.length < width) begin();
      const current = begun.shift();
      if (current === undefined) return;
      yield { source: current.source, items: fromFirst(current.first, current.stream) };
    }
  } finally {
    for (const { stream } of begun) void stream.return(undefined);
  }
}

/** A stream of which the first item was asked for already; a generator around it would cost every item a turn more. */
function fromFirst<T>(
  first: Promise<IteratorResult<T>>,
  stream: AsyncGenerator<T>,
): AsyncIterableIterator<T> {
  let isFirst = true;
  return {
    next() {
      if (!isFirst) return stream.next();
      isFirst = false;
      return first;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
