// Checks a history of the log with nothing of the product; docs/adr/0001-the-envelope.md is the law.
//   node verify.mjs <history> [<given.json> [<folder of files>]]
//   <history>    .json: {events, …} as envelope-v1.json; else one JSON object a line, as
//                `select row_to_json(e) from log.events e order by position` prints them;
//                without positions where those have gaps
//   <given.json> {keys: {id: hex}, marked: {type: {pointer: "sealed" | "large"}}, heads: {stream: hash}};
//                a .json history brings its own. Only marked fields are believed to be sealed or claims.
// Exits 1 naming the first event that is not what was written.
import { createDecipheriv, createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [historyFile, givenFile, folder] = process.argv.slice(2);
const text = readFileSync(historyFile, 'utf8');
const lines = () => text.split('\n').filter(Boolean).map((line) => JSON.parse(line));
const history = historyFile.endsWith('.json') ? JSON.parse(text) : { events: lines() };
const given = givenFile ? JSON.parse(readFileSync(givenFile, 'utf8')) : history;

const fail = (where, why) => {
  process.stderr.write(`${where}: ${why}\n`);
  process.exit(1);
};
const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
const framed = (field) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(field));
  return Buffer.concat([length, Buffer.from(field)]);
};
const keysOf = (pointer) =>
  pointer.slice(1).split('/').map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));

const fileOf = (where, { ref, sha256: expected, bytes }, mayBeGone) => {
  const places = [ref, ref.replace(/\/(..)/, '/$1/$1')].map((name) => join(folder, name));
  const file = places.find(existsSync);
  if (!file) return mayBeGone ? null : fail(where, `file ${ref} is missing`);
  const content = readFileSync(file);
  if (content.length !== bytes || sha256(content).toString('hex') !== expected)
    fail(where, `file ${ref} has other bytes`);
  return content;
};

const open = (where, { key: keyId, iv, text: inline, ...file }, additional) => {
  const key = given.keys?.[keyId]; // a forgotten value is vouched for by the chain alone
  if (inline === undefined && !folder) return;
  const bytes = inline === undefined ? fileOf(where, file, !key) : Buffer.from(inline, 'base64');
  if (!key) return;
  const nonce = Buffer.from(iv, 'base64');
  const opening = createDecipheriv('aes-256-gcm', Buffer.from(key, 'hex'), nonce);
  opening.setAAD(Buffer.from(additional)).setAuthTag(bytes.subarray(-16));
  try {
    JSON.parse(Buffer.concat([opening.update(bytes.subarray(0, -16)), opening.final()]).toString());
  } catch {
    fail(where, 'a sealed value does not open');
  }
};

const heads = new Map();
let last = 0;
for (const { stream, revision, position, type, data, metadata, hash, ...ids } of history.events) {
  const where = `position ${position} (${stream} revision ${revision})`;
  const head = heads.get(stream) ?? { next: 0, hash: sha256(Buffer.from(`studio-log/1${stream}`)) };
  if (position !== undefined && Number(position) !== last + 1) fail(where, `position ${last + 1} should be here`);
  if (Number(revision) !== head.next) fail(where, `revision ${head.next} should be here`);
  const eventId = ids.eventId ?? ids.event_id;
  const made = sha256(head.hash, ...[eventId, type, data, metadata].map(framed));
  if (made.toString('hex') !== hash.replace('\\x', '')) fail(where, 'the hash is not of these bytes');
  for (const [pointer, mark] of Object.entries(given.marked?.[type] ?? {})) {
    const value = keysOf(pointer).reduce((parent, key) => parent?.[key], JSON.parse(data));
    if (mark === 'sealed' && value?.$sealed)
      open(where, value.$sealed, `${stream}\n${eventId}\n${pointer}`);
    if (mark === 'large' && value?.$claim && folder) fileOf(where, value.$claim, false);
  }
  heads.set(stream, { next: head.next + 1, hash: made });
  last += 1;
}
for (const [stream, hash] of Object.entries(given.heads ?? {}))
  if (heads.get(stream)?.hash.toString('hex') !== hash)
    fail(`end of ${stream}`, `revision ${heads.get(stream)?.next ?? 0} should be here`);
process.stdout.write(`${last} events of ${heads.size} streams verify\n`);
