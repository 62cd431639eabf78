/** The full name (`name@major`) of a kind that a node may ask for; null for one that the studio does not have. */
export type KindLookup = (name: string) => string | null;
