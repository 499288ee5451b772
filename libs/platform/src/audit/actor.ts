/** Who does something: a person, a person's API token, or the platform itself. */
export interface Actor {
  readonly kind: 'user' | 'token' | 'system';
  /** The person; null for the platform. */
  readonly userId: string | null;
  readonly tokenId?: string;
  /** What an audit log shows: an e-mail address, a token's name, a job's name. */
  readonly label: string;
}

/**
 * The platform acting by itself.
 * @param label what acts, such as a job's name
 */
export function systemActor(label: string): Actor {
  return { kind: 'system', userId: null, label };
}
