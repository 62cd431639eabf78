import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

import { usageError } from './exitCodes.ts';

/** What a command was given after its name. */
export interface Given {
  readonly words: readonly string[];
  flag(name: string): boolean;
  text(name: string): string | undefined;
  /** A whole number of 0 or more. */
  count(name: string): number | undefined;
  /** A usage error if there are more words than so many. */
  noMoreWords(most: number): void;
  /** The word at a place; a usage error that names it when it is missing. */
  word(index: number, name: string): string;
}

const everyCommand: ParseArgsOptionsConfig = {
  help: { type: 'boolean', short: 'h' },
  json: { type: 'boolean' },
  url: { type: 'string' },
};

const parsed = (args: readonly string[], options: ParseArgsOptionsConfig) => {
  try {
    return parseArgs({
      ...{ args: [...args], allowPositionals: true, strict: true },
      options: { ...everyCommand, ...options },
    });
  } catch (error) {
    // parseArgs explains in its first sentence what it does not take.
    throw usageError(error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error));
  }
};

export const parseGiven = (
  args: readonly string[],
  options: ParseArgsOptionsConfig = {},
): Given => {
  const { values, positionals: words } = parsed(args, options);

  const text = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    words,
    text,
    flag: (name) => values[name] === true,
    count: (name) => {
      const value = text(name);
      if (value === undefined) return undefined;
      if (!/^\d{1,15}$/.test(value)) throw usageError(`--${name} takes a whole number`);
      return Number(value);
    },
    noMoreWords: (most) => {
      const extra = words[most];
      if (extra !== undefined) throw usageError(`Nothing is expected at '${extra}'`);
    },
    word: (index, name) => {
      const word = words[index];
      if (word === undefined) throw usageError(`${name} is missing`);
      return word;
    },
  };
};
