/** A list that grows to many thousands and is never copied as a whole: one more member copies one chunk. */
export type Chunks<Member> = readonly (readonly (Member | null)[])[];

const chunkSize = 256;

/** The list with the member at the index; what lies before it and was never set is null. */
export const withMember = <Member>(
  chunks: Chunks<Member>,
  index: number,
  member: Member,
): Chunks<Member> => {
  const at = Math.floor(index / chunkSize);
  const grown = [...chunks];
  while (grown.length <= at) grown.push([]);
  const chunk = [...(grown[at] ?? [])];
  while (chunk.length < index % chunkSize) chunk.push(null);
  chunk[index % chunkSize] = member;
  grown[at] = chunk;
  return grown;
};

export const membersOf = <Member>(chunks: Chunks<Member>): readonly (Member | null)[] =>
  chunks.flat();

export const memberAt = <Member>(chunks: Chunks<Member>, index: number): Member | null =>
  chunks[Math.floor(index / chunkSize)]?.[index % chunkSize] ?? null;
