import { DomainError } from '@studio/contracts';

export interface JsonLimits {
  readonly maxResultBytes: number;
  readonly maxDepth: number;
}

const tooLarge = (maxBytes: number): DomainError =>
  new DomainError('expression.result_too_large', `the result is larger than ${maxBytes} bytes`);

/** Sets an own property also when it is called `__proto__`. */
const setOwn = (target: object, key: string, value: unknown): void => {
  Object.defineProperty(target, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
};

/**
 * A fresh copy that is nothing but JSON: JSONata's arrays carry marks of their own. What is
 * undefined becomes null, or is left out of an object.
 * Errors: `expression.failed` for a function or a number that JSON cannot hold,
 * `expression.result_too_large`, `expression.too_deep`.
 */
export const plainJson = (result: unknown, { maxResultBytes, maxDepth }: JsonLimits): unknown => {
  let left = maxResultBytes;
  const spend = (bytes: number): void => {
    left -= bytes;
    if (left < 0) throw tooLarge(maxResultBytes);
  };

  const copyObject = (value: object, depth: number): unknown => {
    if ('_jsonata_function' in value || '_jsonata_lambda' in value)
      throw new DomainError('expression.failed', 'the result is, or holds, a function');
    const copied = {};
    for (const [key, member] of Object.entries(value)) {
      if (member === undefined) continue;
      spend(key.length + 4);
      setOwn(copied, key, copy(member, depth + 1));
    }
    return copied;
  };

  const copyNested = (value: object, depth: number): unknown => {
    if (depth >= maxDepth)
      throw new DomainError('expression.too_deep', `the result is nested over ${maxDepth} deep`);
    spend(2);
    if (!Array.isArray(value)) return copyObject(value, depth);
    const items: readonly unknown[] = value;
    return Array.from(items, (item) => copy(item, depth + 1));
  };

  const copy = (value: unknown, depth: number): unknown => {
    if (typeof value === 'object' && value !== null) return copyNested(value, depth);
    return copyScalar(value, spend);
  };
  return copy(result, 0);
};

const copyScalar = (value: unknown, spend: (bytes: number) => void): unknown => {
  if (typeof value === 'string') spend(value.length + 3);
  else spend(6);
  if (typeof value === 'function' || typeof value === 'symbol')
    throw new DomainError('expression.failed', 'the result is, or holds, a function');
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new DomainError('expression.failed', 'the result holds a number that is not finite');
  return value ?? null;
};

/** True when the value has at most `maxBytes` (about, as JSON) and is not nested over 50 deep. Looks no further than that. */
export const isSmall = (value: unknown, maxBytes: number): boolean => {
  try {
    measure(value, { left: maxBytes }, 0);
    return true;
  } catch (error) {
    if (error === notSmall) return false;
    throw error;
  }
};

const notSmall = new Error('not small');

const measure = (value: unknown, budget: { left: number }, depth: number): void => {
  budget.left -= typeof value === 'string' ? value.length + 3 : 6;
  if (budget.left < 0 || depth > 50) throw notSmall;
  if (typeof value !== 'object' || value === null) return;
  for (const key in value) {
    budget.left -= key.length + 4;
    measure((value as Record<string, unknown>)[key], budget, depth + 1); // `key` is its own
  }
};
