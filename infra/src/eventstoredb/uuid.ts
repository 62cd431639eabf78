import type { UUID } from '@eventstore/db-client/generated/shared_pb.js';

const dashed = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/;

/** The 36 lower-case characters of an id, which the server sends as text or as two halves. */
export const uuidText = (id: UUID | undefined): string => {
  const halves = id?.getStructured();
  if (!halves) return (id?.getString() ?? '').toLowerCase();
  const most = BigInt.asUintN(64, BigInt(halves.getMostSignificantBits()));
  const least = BigInt.asUintN(64, BigInt(halves.getLeastSignificantBits()));
  const hex = ((most << 64n) | least).toString(16).padStart(32, '0');
  return hex.replace(dashed, '$1-$2-$3-$4-$5');
};
