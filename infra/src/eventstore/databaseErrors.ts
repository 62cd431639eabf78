import { StudioError } from '@studio/contracts';
import { DatabaseError } from 'pg';

import { logUnavailable } from './unavailable.ts';

/** What an error of the driver says about the statement that met it. */
export type Verdict =
  /** The server refused or rolled back; trying again makes sense. */
  | 'rolled_back'
  /** The connection broke: the statement may have been committed. */
  | 'unknown'
  /** Trying again would meet the same: our bug, or a database that is not ours. */
  | 'broken';

/** SQLSTATE classes and codes after which the same statement can succeed. */
const passing =
  /^(40|53|55P03|57014|57P0|58030|25006|08)/; /* conflict, resources, lock, cancelled, restart, I/O, standby, connection */
/** The server went away with the statement under way (admin shutdown, crash, connection classes). */
const goingAway = /^(57P0|08)/;

export const verdictOf = (error: unknown): Verdict => {
  if (error instanceof StudioError) return 'rolled_back'; // nothing was sent
  if (!(error instanceof DatabaseError)) return 'unknown'; // socket errors and timeouts of the driver
  const code = error.code ?? '';
  if (goingAway.test(code)) return 'unknown';
  return passing.test(code) ? 'rolled_back' : 'broken';
};

/** A read that failed: unavailable when it may pass, else the error as it came. */
export const readError = (error: unknown): unknown =>
  error instanceof StudioError || verdictOf(error) === 'broken' ? error : logUnavailable(error);
