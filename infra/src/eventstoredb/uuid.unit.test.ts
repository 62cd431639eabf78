import { randomUUID } from 'node:crypto';

import shared from '@eventstore/db-client/generated/shared_pb.js';
import { expect, it } from '@jest/globals';

import { uuidText } from './uuid.ts';

const halves = (text: string): InstanceType<typeof shared.UUID> => {
  const bits = BigInt(`0x${text.replaceAll('-', '')}`);
  const structured = new shared.UUID.Structured();
  structured.setMostSignificantBits(BigInt.asIntN(64, bits >> 64n).toString());
  structured.setLeastSignificantBits(BigInt.asIntN(64, bits).toString());
  const id = new shared.UUID();
  id.setStructured(structured);
  return id;
};

it('is the same from text and from two halves', () => {
  const texts = [randomUUID(), '00000000-0000-0000-0000-00000000000a', `f${randomUUID().slice(1)}`];
  for (const text of texts) {
    const id = new shared.UUID();
    id.setString(text.toUpperCase());
    expect([uuidText(id), uuidText(halves(text))]).toEqual([text, text]);
  }
});
