import { DatabaseError } from 'pg';

/** SQLSTATEs of a server that is starting, stopping, full, or cancelled what it was asked. */
const passing = /^(?:08|53|57P0|57014)/;
/** What the operating system says of a server that is not there. */
const noConnection =
  /^(?:ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
/** The driver gives these no code. */
const saidByDriver =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Cannot use a pool after calling end)/;

/** A member as text; an error of another realm is none by `instanceof`. */
const said = (error: unknown, member: 'code' | 'message' | 'syscall'): string =>
  typeof error === 'object' && error !== null ? String(Reflect.get(error, member) ?? '') : '';

/** True for a statement that failed because Postgres cannot be reached now, and may succeed later. */
export const isOutOfReach = (error: unknown): boolean => {
  if (error instanceof DatabaseError) return passing.test(said(error, 'code'));
  // A socket's file is missing while the embedded server starts again.
  if (said(error, 'syscall') === 'connect') return true;
  return noConnection.test(said(error, 'code')) || saidByDriver.test(said(error, 'message'));
};
