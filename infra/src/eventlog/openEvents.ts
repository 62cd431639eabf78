import type { RecordedEvent } from '@studio/contracts';

import { type FieldPath, pointerOf, valueAt, withValueAt } from './fieldPath.ts';
import { type Mark, marksOf } from './marks.ts';
import type { Opener, SealedAt } from './open.ts';
import { pointerBeforeUpcast } from './upcast.ts';

/** What a read model keeps of a sealed field, so that it can be opened when somebody asks for it. */
export const sealedAt = ({ stream, eventId, data }: RecordedEvent, path: FieldPath): SealedAt => {
  const value = valueAt(data, path);
  return { stream, eventId, pointer: pointerBeforeUpcast(value) ?? pointerOf(path), value };
};

interface Field {
  readonly index: number;
  readonly event: RecordedEvent;
  readonly mark: Mark;
}

/** Opens the marked fields of many events at once; events without any come back as they are. */
export const createEventOpener =
  (opener: Opener) =>
  async (events: readonly RecordedEvent[]): Promise<readonly RecordedEvent[]> => {
    const fields = events.flatMap((event, index) =>
      marksOf(event.type)
        .filter(({ path }) => valueAt(event.data, path) !== undefined)
        .map((mark): Field => ({ index, event, mark })),
    );
    if (!fields.length) return events;
    const sealed = fields.filter(({ mark }) => mark.sealedBy);
    const plain = fields.filter(({ mark }) => !mark.sealedBy);
    const [opened, fetched] = await Promise.all([
      opener.open(sealed.map(({ event, mark }) => sealedAt(event, mark.path))),
      opener.fetch(plain.map(({ event, mark }) => valueAt(event.data, mark.path))),
    ]);
    const result = [...events];
    const replace = ({ index, event, mark }: Field, value: unknown): void => {
      const current = result[index] ?? event;
      const data = withValueAt(current.data, mark.path, value);
      result[index] = { ...current, data } as RecordedEvent; // its shape is the schema's again
    };
    sealed.forEach((field, at) => replace(field, opened[at]));
    plain.forEach((field, at) => replace(field, fetched[at]));
    return result;
  };
