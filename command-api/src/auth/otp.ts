import { randomInt } from 'node:crypto';

import argon2 from 'argon2';

const digits = 6;
/** Memory in KiB; the figures that the contract names for everything a person types. */
const cost = { memoryCost: 65_536, timeCost: 3, parallelism: 4 };

/** Six decimal digits from the system's random source. */
export const newCode = (): string => String(randomInt(10 ** digits)).padStart(digits, '0');

/** `123 456`: how a code is shown to a person. */
export const inGroups = (code: string): string => code.replace(/(\d{3})(?=\d)/g, '$1 ');

export const hashCode = (code: string): Promise<string> =>
  argon2.hash(code, { ...cost, type: argon2.argon2id });

/** Of a random text that nobody kept, at the same cost: what is verified where there is no code. */
export const decoy =
  '$argon2id$v=19$m=65536,p=4,t=3$n12o4IvEAR36SjDtugLB0g$veK75nKKqp5h/5RO+AMnq8sbQzQXxR4tD0+EZFzKFk8';

/** True when the code is the one that was hashed. Without a hash it takes as long and is false. */
export const isCode = async (hash: string | undefined, code: string): Promise<boolean> => {
  const matches = await argon2.verify(hash ?? decoy, code);
  return hash !== undefined && matches;
};
