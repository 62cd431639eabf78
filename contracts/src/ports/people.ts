import type { UserId } from '../ids.ts';

/** Those whom a run asks. */
export interface People {
  /** The account that an e-mail belongs to, or will belong to once its owner signs in. */
  accountOf(email: string): Promise<UserId>;
}
