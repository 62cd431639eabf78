import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** What stands before an Ed25519 seed in PKCS #8 (RFC 8410). */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** The Ed25519 key pair of 32 secret bytes: the same in every process that derives them. */
export const signingKeyOf = (seed: Uint8Array): SigningKey => {
  const privateKey = createPrivateKey({
    ...{ format: 'der', type: 'pkcs8' },
    key: Buffer.concat([pkcs8Prefix, seed]),
  });
  return { privateKey, publicKey: createPublicKey(privateKey) };
};
