/** Keeps the values of the `size` keys that were asked for last, making each once. */
export const recentlyUsed = <Value>(
  size: number,
  make: (key: string) => Value,
): ((key: string) => Value) => {
  const kept = new Map<string, { value: Value }>();
  return (key) => {
    const found = kept.get(key) ?? { value: make(key) };
    kept.delete(key);
    kept.set(key, found); // a Map remembers the order of insertion, the oldest first
    if (kept.size > size)
      for (const oldest of kept.keys()) return (kept.delete(oldest), found.value);
    return found.value;
  };
};
