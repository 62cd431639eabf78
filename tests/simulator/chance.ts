import { choices } from '../flow/choices.ts';

/** Everything that is left to chance, from one seed. */
export interface Chance {
  /** A whole number from 0 to `ways` - 1. */
  choose(ways: number): number;
  oneIn(ways: number): boolean;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  pick<Value>(values: readonly [Value, ...Value[]]): Value;
  bytes(count: number): Buffer;
}

export const chanceOf = (seed: number): Chance => {
  const choose = choices(seed);
  return {
    choose,
    oneIn: (ways) => choose(ways) === 0,
    between: (least, most) => least + choose(most - least + 1),
    pick: (values) => values[choose(values.length)] ?? values[0],
    bytes: (count) => Buffer.from(Array.from({ length: count }, () => choose(256))),
  };
};

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** UUIDv7 that ascend, with the simulated time in them. */
export const idsAt = (nowMs: () => number): (() => string) => {
  let made = 0;
  return () => {
    made += 1;
    const time = hex(nowMs(), 12);
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(made >>> 24, 3)}-8000-${hex(made, 12)}`;
  };
};
