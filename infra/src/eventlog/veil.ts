import { Sealed } from '@studio/contracts';

const keyOf = (value: unknown): string | null => {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, '$sealed')) return null;
  return Sealed.safeParse(value).data?.$sealed.key ?? null;
};

/**
 * What a 'sealed' reading of an event says, without its ciphertexts: in place of each sealed value stands
 * which key would open it. For those who look at the log, but not at what people put into it.
 */
export const veiled = (data: unknown): unknown =>
  JSON.parse(
    JSON.stringify(data, (_name, value: unknown) => {
      const key = keyOf(value);
      return key === null ? value : { $sealed: { key } };
    }),
  );
