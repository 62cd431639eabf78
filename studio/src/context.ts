import type { EngineIndex, EventStore, HttpClient } from '@studio/contracts';
import type { FactObserver } from '@studio/executor';
import type { Config, Database, DataFolder, Logger, Metrics } from '@studio/infra';
import type { NodeKinds } from '@studio/kinds';

import type { Releases } from './releases.ts';
import type { Role } from './roles.ts';

/** Ways to stand between the studio and its adapters; for tests that end the process at a named instant. */
export interface Decorations {
  readonly store?: (store: EventStore) => EventStore;
  readonly http?: (http: HttpClient) => HttpClient;
  readonly projections?: (database: Database) => Database;
  readonly index?: (index: EngineIndex) => EngineIndex;
  /** Told of every fact that the engine recorded, with the run as it was before. */
  readonly onFacts?: FactObserver;
}

/** What every part of the composition gets. */
export interface Context {
  readonly role: Role;
  readonly config: Config;
  readonly kinds: NodeKinds;
  readonly folder: DataFolder;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly releases: Releases;
  readonly decorations: Decorations;
  /** A line for the person at the console. */
  readonly say: (line: string) => void;
  /** Takes failures that were survived, and names where. */
  readonly trouble: (where: string) => (error: unknown) => void;
}

/** What an error is, without its message: those of databases and parsers quote payloads. */
export const problemName = (error: unknown): string => {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error ? `${error.name} ${String(error.code)}` : error.name;
};
