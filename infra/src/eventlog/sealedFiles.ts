import type { RecordedEvent } from '@studio/contracts';

import { valueAt } from './fieldPath.ts';
import { readSealed } from './forms.ts';
import { marksOf } from './marks.ts';

/**
 * The files in which sealed values of these events lie. Read the events sealed. A file of ciphertext
 * is one event's own (its nonce is drawn anew), so it may go when the key went; a claim, whose name
 * stands for plain content, may be shared and is not among them.
 */
export const sealedFilesOf = (events: readonly RecordedEvent[]): readonly string[] =>
  events.flatMap(({ type, stream, revision, data }) =>
    marksOf(type)
      .filter(({ sealedBy }) => sealedBy !== undefined)
      .flatMap(({ path, pointer }) => {
        const value = valueAt(data, path);
        return readSealed(value, `${stream} revision ${revision}${pointer}`)?.ref ?? [];
      }),
  );
