import { StudioError } from '@studio/contracts';

/** A position as it is shown outside: `<storeId>:<n>`. */
export const positionText = (storeId: string, position: bigint): string => `${storeId}:${position}`;

/** More digits than these may be more than a database can compare. */
const shown = /^([0-9A-Za-z-]{1,100}):([0-9]{1,18})$/;

/** Reads a position that a client holds. `position.malformed` (422); `position.unknown` (410) for another store's. */
export const parsePosition = (storeId: string, text: string): bigint => {
  const [, store, digits] = shown.exec(text) ?? [];
  if (store === undefined || digits === undefined)
    throw new StudioError('invalid', 'position.malformed', 'A position reads <store>:<number>');
  if (store !== storeId)
    throw new StudioError('refused', 'position.unknown', 'The position is of another store');
  return BigInt(digits);
};
