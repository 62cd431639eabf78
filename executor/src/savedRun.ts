import { initialRun, type Run } from '@studio/domain';

type Members = Record<string, unknown>;

/** A map or a set within a member would be lost in silence. */
const refuseNested = (_name: string, value: unknown): unknown => {
  if (value instanceof Map || value instanceof Set)
    throw new TypeError('a run holds a map or a set deeper than its members');
  return value;
};

const flat = (member: unknown): unknown =>
  member instanceof Map || member instanceof Set ? [...(member as Iterable<unknown>)] : member;

/** A run as text, all of its members. Which of them are maps and sets is told by the run that nothing happened to. */
export const runAsText = (run: Run): string =>
  JSON.stringify(
    Object.fromEntries(Object.entries(run).map(([name, member]) => [name, flat(member)])),
    refuseNested,
  );

const shaped = (name: string, member: unknown): unknown => {
  const like = (initialRun as unknown as Members)[name]; // looked at only
  if (like instanceof Map) return new Map(member as [unknown, unknown][]); // as runAsText wrote it
  return like instanceof Set ? new Set(member as unknown[]) : member;
};

/** The run that the text was made of, by a studio of the same state version. */
export const runOfText = (text: string): Run => {
  const members = Object.entries(JSON.parse(text) as Members); // our own writing, sealed
  const run = Object.fromEntries(members.map(([name, member]) => [name, shaped(name, member)]));
  return { ...initialRun, ...run };
};
