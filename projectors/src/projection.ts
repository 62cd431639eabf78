import type { EventType, RecordedEvent, StudioEvent } from '@studio/contracts';
import type { RowChange, Table } from '@studio/infra';

import type { Pace } from './pace.ts';

type Fact<Type extends EventType> = RecordedEvent<Extract<StudioEvent, { type: Type }>>;

/** Event in, row changes out, nothing else. Name and version are its identity: a new version fills tables of its own. */
export interface Projection {
  readonly name: string;
  readonly version: number;
  readonly tables: readonly Table[];
  /** Sealed values arrive as they lie in the log; a type that is absent is skipped. */
  readonly on: { readonly [Type in EventType]?: (event: Fact<Type>) => readonly RowChange[] };
  /** Where it differs from the usual one. */
  readonly pace?: Partial<Pace>;
}

export const projection = (declared: Projection): Projection => declared;

/** The changes that one event makes. A throw means that the event is poison to this projection. */
export const changesOf = ({ on }: Projection, event: RecordedEvent): readonly RowChange[] => {
  // The lookup by `type` picks the handler of this very type, which TypeScript cannot follow.
  const handler = on[event.type] as ((fact: RecordedEvent) => readonly RowChange[]) | undefined;
  return handler?.(event) ?? [];
};

export const eventTypesOf = ({ on }: Projection): readonly string[] => Object.keys(on);
