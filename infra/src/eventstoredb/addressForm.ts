/** What the connection string may say after its `?`; the client would print any other, with the whole string. */
const options: ReadonlySet<string> = new Set([
  ...['tls', 'tlscafile', 'usercertfile', 'userkeyfile', 'connectionname', 'nodepreference'],
  ...['maxdiscoverattempts', 'discoveryinterval', 'gossiptimeout'],
  ...['keepaliveinterval', 'keepalivetimeout', 'defaultdeadline', 'throwonappendfailure'],
]);

const form = /^esdb(?:\+discover)?:\/\/(?:[^/?#@]+:[^/?#@]*@)?[^/?#@]+\/?(?:\?(?<query>[^#]*))?$/;

const namesOf = (query: string): string[] =>
  query
    .split('&')
    .map((pair) => pair.split('=')[0] ?? '')
    .map((name) => name.toLowerCase().replace(/[_-]/g, ''));

/** What is wrong with a connection string, in words that quote nothing of it; null when it can be used. */
export const mistakeInAddress = (url: string): string | null => {
  const match = form.exec(url);
  if (!match) return 'an address such as esdb://user:password@host:2113?tls=true';
  const query = match.groups?.['query'];
  const unknown = namesOf(query ?? 'tls').filter((name) => !options.has(name));
  if (unknown.includes('tlsverifycert'))
    return 'without tlsVerifyCert: the client cannot leave it out (name the CA with tlsCAFile)';
  if (unknown.length > 0) return 'an address with no other options than those of the client';
  return null;
};
