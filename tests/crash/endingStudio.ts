// The studio, watched: it notes a digest of each live state in DIGESTS, ends itself at the instant
// that END_AT names, and stands still with the outcome of the node that STAND_STILL_AT names.
import { run } from '@studio/studio';

import { digestWriter } from './digests.ts';
import { endingAt, standingStillAt } from './instants.ts';

const { END_AT, STAND_STILL_AT, DIGESTS, DIGEST_EVERY } = process.env;
await run({
  ...(END_AT === undefined ? {} : endingAt(END_AT)),
  ...(STAND_STILL_AT === undefined ? {} : standingStillAt(STAND_STILL_AT)),
  ...(DIGESTS === undefined ? {} : { onFacts: digestWriter(DIGESTS, Number(DIGEST_EVERY ?? 1)) }),
});
