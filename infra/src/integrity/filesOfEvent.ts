import type { EventToAppend, KeyId } from '@studio/contracts';

import { valueAt } from '../eventlog/fieldPath.ts';
import { type FileRef, readClaim, readSealed } from '../eventlog/forms.ts';
import { type Mark, marksOf } from '../eventlog/marks.ts';

/** A file that an event names, and the data key that its bytes are sealed by; null for a claim in plain text. */
export interface NamedFile extends FileRef {
  readonly key: KeyId | null;
}

const fileAt = (value: unknown, { sealedBy, pointer }: Mark): NamedFile[] => {
  const sealed = sealedBy === undefined ? null : readSealed(value, pointer);
  if (sealed?.ref !== undefined) {
    const { ref, sha256 = '', bytes = -1, key } = sealed; // a sealed value in a file names all three
    return [{ ref, sha256, bytes, key: key as KeyId }]; // a key id is what stands in `key`
  }
  const claim = readClaim(value, pointer);
  return claim ? [{ ...claim, key: null }] : [];
};

/** The files that an event names where its schema lets it; elsewhere the same words are data. */
export const filesOfEvent = ({ type, data }: EventToAppend): readonly NamedFile[] => {
  if (!data.includes('"ref":')) return []; // as nearly all
  const value: unknown = JSON.parse(data);
  return marksOf(type).flatMap((mark) => fileAt(valueAt(value, mark.path), mark));
};
