import type { EventLog, Metadata, StreamName, StudioEvent } from '@studio/contracts';
import { type Decider, foldBy, type Loaded } from '@studio/domain';
import { type Caller, invalidRequest } from '@studio/infra';
import type { Request } from 'express';

import type { CommandApiDependencies } from './dependencies.ts';

/** What an Idempotency-Key stands for: the id of the one thing it makes, and the HMAC of the request. */
export interface Claimed {
  readonly id: string;
  readonly requestHash: string;
  /** The header that named it, where that is another one. */
  readonly header?: string;
}

const wellFormedKey = /^[\x21-\x7e]{1,255}$/;
const usualHeader = 'Idempotency-Key';

/** The request's Idempotency-Key; null where it has none. Error: `request.invalid`. */
export const keyOf = (request: Request): string | null => {
  const key = request.get(usualHeader);
  if (key === undefined || wellFormedKey.test(key)) return key ?? null;
  const msg = 'An Idempotency-Key has 1 to 255 visible ASCII characters';
  throw invalidRequest([{ type: 'value_error', loc: ['header', usualHeader], msg }]);
};

/** Null for a request without an Idempotency-Key. `route` is the method and the path's pattern. */
export const claimOf = (
  { auth, deterministicId }: Pick<CommandApiDependencies, 'auth' | 'deterministicId'>,
  request: Request,
  { workspaceId, userId }: Caller,
  route: string,
): Claimed | null => {
  const key = keyOf(request);
  if (key === null) return null;
  const asked = JSON.stringify([request.params, request.query, (request.body as unknown) ?? null]);
  return {
    id: deterministicId([workspaceId, userId, route, key]),
    requestHash: auth.requestHmac(asked).toString('hex'),
  };
};

/** Error: `request.idempotency_key_reused`, when the fact came of another request under this key. */
export const refuseOtherRequest = (
  made: Metadata,
  { requestHash, header = usualHeader }: Claimed,
): void => {
  if (made.requestHash === requestHash) return;
  const msg = `This ${header} was used for another request`;
  throw invalidRequest(
    [{ type: 'idempotency_key_reused', loc: ['header', header], msg }],
    'request.idempotency_key_reused',
  );
};

/**
 * The thing as the first request with this key made it; null when there was none.
 * Another request under the same key is refused.
 */
export const madeBefore = async <State, Command, Event extends StudioEvent>(
  log: EventLog,
  decider: Decider<State, Command, Event>,
  stream: StreamName,
  claimed: Claimed,
): Promise<(Loaded<State> & { readonly first: Event }) | null> => {
  const [first] = await log.readStream(stream, { limit: 1 }, 'open');
  if (!first) return null;
  const { metadata, revision, hash, position } = first;
  refuseOtherRequest(metadata, claimed);
  const event = first as StudioEvent as Event; // a stream holds the events of its own aggregate only
  return {
    first: event,
    state: foldBy(decider, decider.initialState(), [event]),
    head: { revision, hash, position },
    ...{ opened: metadata, changed: metadata },
  };
};
