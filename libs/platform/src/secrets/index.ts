export { Secrets, type SealContext } from './secrets';
export { secretsErrors } from './secrets.errors';
export { type GivenKey, type KeyringOptions } from './keyring';
export { hashToken, newToken, sameSecret } from './token';
export { signRequest } from './sign-request';
export {
  SigningSecrets,
  type SealedSecrets,
  type SignedFor,
  type SignedRow,
} from './signing-secrets';
