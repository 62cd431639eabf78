/**
 * Marks that turn the direction of what follows, controls, and whatever else has no look of its own; not the joiners that
 * emoji and some scripts are written with.
 */
const unseen = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** As JSON would escape it: a mark beyond the first plane is two units. */
const escapeOf = (mark: string): string =>
  mark
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

/** A text from a workflow, with nothing in it that acts without being seen. */
export const visible = (text: string): string => text.replace(unseen, escapeOf);

const letters = new Intl.Segmenter();

export const shortened = (text: string, most: number): string => {
  // More than the longest letters need; the rest of a text without end is not looked at.
  const begin = Array.from(letters.segment(text.slice(0, most * 10)), ({ segment }) => segment);
  return begin.length <= most ? text : `${begin.slice(0, most - 1).join('')}…`;
};

const two = (count: number): string => String(count).padStart(2, '0');

/** 12 ms, 3.2 s, 4 m 05 s, 2 h 03 m, 3 d 04 h. */
export const duration = (ms: number): string => {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(ms < 10_000 ? 2 : 1)} s`;
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `${minutes} m ${two(Math.floor((ms % 60_000) / 1_000))} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 24
    ? `${hours} h ${two(minutes % 60)} m`
    : `${Math.floor(hours / 24)} d ${two(hours % 24)} h`;
};

export const durationBetween = (from: string, to: string): string =>
  duration(Date.parse(to) - Date.parse(from));

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** The reader's own time of day. */
export const timeOf = (instant: string): string => clock.format(new Date(instant));

/** The time, with its day unless that is today. */
export const momentOf = (instant: string): string => {
  const date = day.format(new Date(instant));
  return date === day.format(new Date()) ? timeOf(instant) : `${date}, ${timeOf(instant)}`;
};

/** An instant as the field of a form shows it: the reader's own day and time. */
export const localOf = (instant: string): string => {
  if (instant === '') return '';
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
};

/** The instant that such a field means; empty where it means none. */
export const instantOf = (local: string): string => {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? '' : at.toISOString();
};

export const counted = (count: number, one: string): string =>
  `${count.toLocaleString()} ${one}${count === 1 ? '' : 's'}`;

/** Where in the log, without the store's own name. */
export const placeOf = (position: string): string =>
  Number(position.slice(position.lastIndexOf(':') + 1)).toLocaleString();
