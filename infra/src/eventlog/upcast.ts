import { schemaVersions } from '@studio/contracts';

import { corrupt } from './corrupt.ts';
import { eachRecord } from './fieldPath.ts';

/** Turns the data of one version into the next one's. Pure; sealed values pass through untouched, also to another path. */
export type Upcaster = (data: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** By event type, then by the version to start from. */
export type Upcasters = Readonly<Record<string, Readonly<Record<number, Upcaster>>>>;

/** The versions of today need a way from every older one: a gap is found at start, not at the first old event. */
export const assertComplete = (
  upcasters: Upcasters,
  versions: Readonly<Record<string, number | undefined>> = schemaVersions,
): void => {
  for (const [type, newest] of Object.entries(versions))
    for (let from = 1; from < (newest ?? 1); from += 1)
      if (!upcasters[type]?.[from])
        throw new TypeError(`no upcaster of ${type} from version ${from}`);
};

const writtenAt = new WeakMap<object, string>();

/** The pointer at which a sealed value was written, when an upcaster may have moved it. */
export const pointerBeforeUpcast = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null ? writtenAt.get(value) : undefined;

/** Data in the newest version, and that version. */
export const upcast = (
  upcasters: Upcasters,
  event: { readonly type: string; readonly eventId: string },
  data: Record<string, unknown>,
  schemaVersion: number,
): { data: Record<string, unknown>; schemaVersion: number } => {
  const steps = Object.hasOwn(upcasters, event.type) ? upcasters[event.type] : undefined;
  if (!steps?.[schemaVersion]) return { data, schemaVersion };
  eachRecord(data, (record, pointer) => {
    if (Object.hasOwn(record, '$sealed')) writtenAt.set(record, pointer);
  });
  let current = data;
  let version = schemaVersion;
  for (let step = steps[version]; step; step = steps[version]) {
    try {
      current = step(current);
    } catch (cause) {
      throw corrupt(`${event.type} ${event.eventId}`, `no upcast from ${version}`, cause);
    }
    version += 1;
  }
  return { data: current, schemaVersion: version };
};
