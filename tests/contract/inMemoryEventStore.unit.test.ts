import { createInMemoryEventStore } from '@studio/infra';

import { eventStoreContract } from './eventStoreContract.ts';

eventStoreContract({
  name: 'memory',
  create: () => Promise.resolve(createInMemoryEventStore()),
});
