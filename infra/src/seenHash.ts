import { createHash } from 'node:crypto';

/** What people are shown of an approval. */
export interface Shown {
  readonly title: unknown;
  readonly message: unknown;
  readonly payload: unknown;
}

/** SHA-256 of what people are shown, as hex. */
export const seenHash = ({ title, message, payload }: Shown): string =>
  createHash('sha256')
    .update(JSON.stringify([title, message, payload]))
    .digest('hex');
