// The studio, watched: it notes a digest of each live state, and ends itself at the instant that END_AT names.
import { run } from '@studio/studio';

import { digestWriter } from './digests.ts';
import { endingAt } from './instants.ts';

const { END_AT, DIGESTS, DIGEST_EVERY } = process.env;
await run({
  ...(END_AT === undefined ? {} : endingAt(END_AT)),
  ...(DIGESTS === undefined ? {} : { onFacts: digestWriter(DIGESTS, Number(DIGEST_EVERY ?? 1)) }),
});
