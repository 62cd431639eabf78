import type { Singletons } from '@studio/contracts';
import type { Expressions } from '@studio/executor';
import { createHmacOf, createSingletons, deriveKey } from '@studio/infra';

import type { Storage } from './storage.ts';

/** The places of limits that turn others away, for whoever starts runs here. */
export const openSingletons = (
  { database, log, masterKey }: Storage,
  expressions: Expressions,
): Singletons => {
  const hmac = createHmacOf(deriveKey(masterKey, 'studio/singletons/1'));
  return createSingletons({
    ...{ pool: database.pool, log },
    evaluate: (expression, names) => expressions.evaluate(expression, names),
    pseudonym: (text) => hmac(text).toString('base64url'),
  });
};
