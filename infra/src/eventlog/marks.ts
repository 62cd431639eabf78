import { eventSchemas, type EventType, markedFields, type SealedBy } from '@studio/contracts';

import { type FieldPath, pointerOf } from './fieldPath.ts';

/** One field that the schema marks: sealed by a key, or only `large`. */
export interface Mark {
  readonly path: FieldPath;
  readonly pointer: string;
  readonly sealedBy: SealedBy | undefined;
}

const known = new Map<string, readonly Mark[]>();

const isKnownType = (type: string): type is EventType => Object.hasOwn(eventSchemas, type);

/** The marked fields of an event type, worked out once. An unknown type has none: it passes as it is. */
export const marksOf = (type: string): readonly Mark[] => {
  const found = known.get(type);
  if (found) return found;
  const marks = isKnownType(type)
    ? markedFields(eventSchemas[type]).map(({ path, sealedBy }) => ({
        path,
        pointer: pointerOf(path),
        sealedBy,
      }))
    : [];
  if (isKnownType(type)) known.set(type, marks); // only known types, so that the map stays small
  return marks;
};
