import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { Status } from '@eventstore/db-client/generated/status_pb.js';
import type { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';

import { ServerFailure, type Verdict } from './failures.ts';

/** What the server says of one append: where its last event lies, or where the stream ends instead. */
export type AppendAnswer =
  | { readonly accepted: true; readonly revision: number; readonly position: bigint }
  | { readonly accepted: false; readonly foundRevision: number };

const typed = 'event_store.client.';

/** By the type of the details; whatever is not named here may have been written. */
const verdicts: Readonly<Record<string, Verdict>> = {
  [`${typed}StreamDeleted`]: 'deleted',
  [`${typed}AccessDenied`]: 'denied',
  [`${typed}MaximumAppendSizeExceeded`]: 'broken',
  [`${typed}BadRequest`]: 'broken',
  'google.protobuf.Empty': 'not_taken', // not ready, too busy
};

const refusal = (error: Status): AppendAnswer => {
  const details = error.getDetails();
  const type = details?.getTypeName() ?? '';
  const wrong = details?.unpack(
    (bytes) => shared.WrongExpectedVersion.deserializeBinary(bytes),
    `${typed}WrongExpectedVersion`,
  );
  if (!wrong) throw new ServerFailure(verdicts[type] ?? 'unknown', error.getMessage() || type);
  const foundRevision = wrong.hasCurrentStreamRevision()
    ? Number(wrong.getCurrentStreamRevision())
    : -1;
  return { accepted: false, foundRevision };
};

/** Errors: `ServerFailure`. */
export const readAnswer = (response: BatchAppendResp): AppendAnswer => {
  const error = response.getError();
  if (error) return refusal(error);
  const success = response.getSuccess();
  return {
    accepted: true,
    revision: Number(success?.getCurrentRevision() ?? -1),
    position: BigInt(success?.getPosition()?.getCommitPosition() ?? 0),
  };
};
