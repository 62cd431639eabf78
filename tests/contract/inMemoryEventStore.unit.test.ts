import { createInMemoryEventStore } from '@studio/infra';

import { eventStoreContract } from './eventStoreContract.ts';

const nothingToBreak = 'there are no connections in memory';

eventStoreContract({
  name: 'memory',
  create: () => Promise.resolve(createInMemoryEventStore()),
  createEmpty: () => Promise.resolve(createInMemoryEventStore()),
  skip: [
    {
      test: 'one that joins 8 writers, two of them processes that get stopped, sees each once',
      reason: 'no other process can write to it',
    },
    {
      test: 'a reader that stands still costs bounded memory',
      reason: 'the log itself is in the memory that would be measured',
    },
    {
      test: 'connections that break while it catches up cost a subscription nothing',
      reason: nothingToBreak,
    },
    {
      test: 'connections that break while it is live cost neither writers nor a subscription',
      reason: nothingToBreak,
    },
  ],
});
