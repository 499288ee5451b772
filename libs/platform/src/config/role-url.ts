import { createHmac } from 'node:crypto';

/** The database's own users: none is a superuser, none may step around a row policy. */
export type DatabaseRole = 'caravel_app' | 'caravel_across';

/**
 * The password of a role, derived from the deployment's master secret, so that no second secret has to be kept.
 * @param secret the master secret
 */
export function rolePassword(secret: string, role: DatabaseRole): string {
  return createHmac('sha256', secret).update(`database-role:${role}`).digest('base64url');
}

/**
 * The address under which a role connects.
 * @param ownerUrl the address that the deployment was given, of the owner of the database
 */
export function roleUrl(ownerUrl: string, secret: string, role: DatabaseRole): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = rolePassword(secret, role);
  return url.toString();
}
