/** A parameter of the address; empty where it has none. */
export type Given = (name: string) => string;

/** The segment as text; null where its escapes are broken. */
export const decoded = (segment: string): string | null => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
};

const revision = /^\d{1,15}$/;

/** A revision; null for what is none. */
export const revisionOf = (text: string): number | null =>
  revision.test(text) ? Number(text) : null;

export const withQuery = (path: string, query: Readonly<Record<string, string>>): string => {
  const given = Object.entries(query).filter(([, value]) => value !== '');
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
};
