import { z } from 'zod';

/** A schema for each key of a model's type: one that is added there has to be added here. */
export type Fields<T> = { [Key in keyof Required<T>]: z.ZodType<T[Key]> };

/** A word of a list that a later version may add to: any string is kept. */
export const openWord = <T extends string>() =>
  z.custom<T>((value) => typeof value === 'string', 'expected string');
