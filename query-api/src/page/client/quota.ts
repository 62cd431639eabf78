const oftenMs = 3_000;
const seldomMs = 30_000;

/** Which share of the requests that a person has in an hour is left, as an answer tells; 1 where nobody counts. */
export const shareLeft = (headers: Pick<Headers, 'get'>): number => {
  const limit = Number(headers.get('RateLimit-Limit'));
  return limit > 0 ? Number(headers.get('RateLimit-Remaining')) / limit : 1;
};

/** How long to wait before reading again what is kept fresh: half of the requests stays for the person's own doing. */
export const restMs = (share: number): number => (share > 0.5 ? oftenMs : seldomMs);
