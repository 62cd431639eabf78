import type { Upcasters } from './upcast.ts';

/** The ways from every older version of an event's data to today's. None is older yet. */
export const upcasters: Upcasters = {};
