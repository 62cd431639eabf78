import type { EventFilter, StoredEvent } from '@studio/contracts';

export type Matches = (event: StoredEvent) => boolean;

const categoryOf = (stream: string): string => stream.slice(0, stream.indexOf('-'));

/** The filter as a predicate: alternatives within a list, conditions between the two. */
export const matcher = (filter: EventFilter | undefined): Matches => {
  const categories = filter?.categories && new Set<string>(filter.categories);
  const types = filter?.types && new Set(filter.types);
  return ({ stream, type }) =>
    (!types || types.has(type)) && (!categories || categories.has(categoryOf(stream)));
};
