/** The last position that each signed-in session wrote, so that its own reads can wait for it. */
export interface SessionPositions {
  remember(sessionId: string, position: bigint): void;
  /** Null when the session wrote nothing in this process, or too long ago. */
  last(sessionId: string): bigint | null;
}

export const createSessionPositions = (mostSessions = 10_000): SessionPositions => {
  const positions = new Map<string, bigint>(); // in the order of last writing: the first is the oldest
  return {
    remember: (sessionId, position) => {
      const known = positions.get(sessionId) ?? 0n;
      positions.delete(sessionId);
      positions.set(sessionId, position > known ? position : known);
      const oldest = positions.keys().next();
      if (positions.size > mostSessions && !oldest.done) positions.delete(oldest.value);
    },
    last: (sessionId) => positions.get(sessionId) ?? null,
  };
};
