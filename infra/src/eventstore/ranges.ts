import { StudioError } from '@studio/contracts';

/** Events of a read that names no limit. */
export const defaultLimit = 1_000;

export const refuseBadLimit = (limit: number): void => {
  if (!Number.isSafeInteger(limit) || limit < 1)
    throw new StudioError('invalid', 'request.invalid', 'a limit must be a whole number from 1');
};

/** A position that the log never handed out is the caller's error: `position.unknown`. */
export const refuseUnknownPosition = (after: bigint, logEnd: bigint): void => {
  if (after < 0n || after > logEnd)
    throw new StudioError(
      'invalid',
      'position.unknown',
      `the log ends at ${logEnd}; it never handed out ${after}`,
    );
};
