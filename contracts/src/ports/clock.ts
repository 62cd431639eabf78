/** Wall time as an Instant text, for `occurredAt` and the like; never for leases. */
export type Clock = () => string;
/** A fresh UUIDv7. */
export type NewId = () => string;
