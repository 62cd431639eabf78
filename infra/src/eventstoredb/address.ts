import { EventStoreDBClient } from '@eventstore/db-client';
import { StudioError } from '@studio/contracts';

import { mistakeInAddress } from './addressForm.ts';

/**
 * The client for a connection string. Its own errors quote the string, password and all, so that none of
 * them is passed on.
 */
export const connectTo = (url: string): EventStoreDBClient => {
  const mistake = mistakeInAddress(url);
  if (mistake !== null)
    throw new StudioError('invalid', 'config.invalid', `EVENTSTOREDB_URL: must be ${mistake}`);
  try {
    return EventStoreDBClient.connectionString(url);
  } catch (error) {
    const file = error instanceof Error && error.message.includes('file');
    throw new StudioError(
      'invalid',
      'config.invalid',
      file
        ? 'EVENTSTOREDB_URL: names a certificate or key file that cannot be read'
        : 'EVENTSTOREDB_URL: must be an address that the client of EventStoreDB takes',
    );
  }
};
