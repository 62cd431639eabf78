import { randomInt } from 'node:crypto';

import argon2 from 'argon2';

const digits = 6;
/** Memory in KiB; the figures that the contract names for everything a person types. */
const contractKib = 65_536;

/** Six decimal digits from the system's random source. */
export const newCode = (): string => String(randomInt(10 ** digits)).padStart(digits, '0');

/** `123 456`: how a code is shown to a person. */
export const inGroups = (code: string): string => code.replace(/(\d{3})(?=\d)/g, '$1 ');

/** Keeps codes as argon2id hashes, and tells whether a code is the one that was hashed. */
export interface CodeHash {
  readonly hash: (code: string) => Promise<string>;
  /** Without a hash it takes as long and is false. */
  readonly matches: (hash: string | undefined, code: string) => Promise<boolean>;
}

/** Of a random text that nobody kept, at the contract's cost: what is verified where there is no code. */
export const decoy =
  '$argon2id$v=19$m=65536,p=4,t=3$n12o4IvEAR36SjDtugLB0g$veK75nKKqp5h/5RO+AMnq8sbQzQXxR4tD0+EZFzKFk8';

/** @param memoryKib What one hash takes of memory, and with it of the processor; default: the contract's. */
export const createCodeHash = (memoryKib = contractKib): CodeHash => {
  const cost = { memoryCost: memoryKib, timeCost: 3, parallelism: 4 };
  const hash = (code: string): Promise<string> =>
    argon2.hash(code, { ...cost, type: argon2.argon2id });
  let missing = memoryKib === contractKib ? Promise.resolve(decoy) : undefined;
  return {
    hash,
    matches: async (known, code) => {
      missing ??= hash('no code');
      const right = await argon2.verify(known ?? (await missing), code);
      return known !== undefined && right;
    },
  };
};
