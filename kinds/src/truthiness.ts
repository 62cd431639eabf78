/** JSONata's effective boolean value (`$boolean`) of a JSON value: empty, zero, null and lists of such are false. */
export const isTruthy = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.some(isTruthy);
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
};
