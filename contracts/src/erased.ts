/** What a read yields in place of a value whose data key was deleted. */
export interface Erased {
  $erased: { key: string };
}

export const erased = (key: string): Erased => ({ $erased: { key } });

export const isErased = (value: unknown): value is Erased =>
  typeof value === 'object' && value !== null && '$erased' in value;

/** Whether this is what a value under that key reads as. A payload may look erased, but cannot name the key that seals it. */
export const isErasedUnder = (key: string, value: unknown): boolean =>
  isErased(value) && JSON.stringify(value) === JSON.stringify(erased(key));
