import { Inject, Injectable } from '@nestjs/common';
import { type Clock, newId } from '@libs/kernel';
import { CLOCK } from '@libs/platform';
import type { User } from '@libs/identity';
import type { PlatformWriter, Queries } from '@platform/database';
import { hashToken, newToken } from '@platform/secrets';
import { type Access, countOwnStores, findOrganizationAccess } from './access/access.queries';
import { ownerRole } from './access/permissions';
import { Roles } from './roles.service';
import { storesErrors } from './stores.errors';
import { MemberInvited } from './stores.events';

/** A person of an organization. */
export interface Member {
  userId: string;
  email: string;
  name: string;
  roleId: string;
  role: string;
  /** null: every store of the organization. */
  storeIds: string[] | null;
  joinedAt: Date;
}

/** An invitation that is still open. */
export interface Invitation {
  id: string;
  email: string;
  role: string;
  storeIds: string[] | null;
  expiresAt: Date;
}

/** What an invitation mail needs. */
export interface InvitationMail {
  email: string;
  organization: string;
  inviter: string;
  role: string;
  token: string;
}

const invitationDays = 7;

const invitationColumns = `i.invitation_id AS id, i.email, r.name AS role,
  i.store_ids AS "storeIds", i.expires_at AS "expiresAt"`;

/** Who works for an organization, and how others come in. */
@Injectable()
export class Members {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Roles) private readonly roles: Roles,
  ) {}

  /** The members, oldest first. */
  list(
    tx: Queries,
    organizationId: string,
    { limit, after }: { limit: number; after: string | null },
  ): Promise<Member[]> {
    return tx.query<Member>(
      `SELECT m.user_id AS "userId", u.email, u.name, m.role_id AS "roleId", r.name AS role,
         m.store_ids AS "storeIds", m.joined_at AS "joinedAt"
       FROM members m JOIN users u USING (user_id)
       JOIN roles r ON r.organization_id = m.organization_id AND r.role_id = m.role_id
       WHERE m.organization_id = $1 AND ($3::uuid IS NULL OR m.user_id > $3)
       ORDER BY m.user_id LIMIT $2`,
      [organizationId, limit, after],
    );
  }

  /** Who may everything in the organization, and is told when something of it needs looking after. */
  listOwners(
    tx: Queries,
    organizationId: string,
  ): Promise<Pick<Member, 'userId' | 'email' | 'name'>[]> {
    return tx.query(
      `SELECT m.user_id AS "userId", u.email, u.name FROM members m JOIN users u USING (user_id)
       JOIN roles r ON r.organization_id = m.organization_id AND r.role_id = m.role_id
       WHERE m.organization_id = $1 AND r.name = $2 ORDER BY m.user_id LIMIT 20`,
      [organizationId, ownerRole],
    );
  }

  /** The open invitations. */
  listInvitations(tx: Queries, organizationId: string): Promise<Invitation[]> {
    return tx.query<Invitation>(
      `SELECT ${invitationColumns} FROM invitations i
       JOIN roles r ON r.organization_id = i.organization_id AND r.role_id = i.role_id
       WHERE i.organization_id = $1 AND i.accepted_at IS NULL AND i.expires_at > $2 ORDER BY 1 LIMIT 200`,
      [organizationId, this.clock.now()],
    );
  }

  /**
   * Whether these stores are the editor's to give to somebody.
   * @param tx opened across stores, since an organization has many
   * @throws stores.foreign-store when one is of another organization, or closed to the editor
   */
  async checkStores(tx: Queries, editor: Access, storeIds: string[] | null): Promise<void> {
    const wanted = storeIds === null ? null : [...new Set(storeIds)];
    const within = mayEnter(editor, wanted);
    const known =
      wanted === null ||
      (await countOwnStores(tx, editor.organizationId, wanted)) === wanted.length;
    if (!within || !known) throw storesErrors.error('foreign-store', {}, { field: 'storeIds' });
  }

  /**
   * Invites an address; a second invitation replaces the first.
   * @param inviter what the inviting person may do: nobody gives away more; `checkStores` comes first
   */
  async invite(
    tx: PlatformWriter,
    inviter: Access,
    input: { email: string; roleId: string; storeIds: string[] | null },
  ): Promise<Invitation> {
    const { organizationId } = inviter;
    const role = await this.roles.get(tx, organizationId, input.roleId);
    this.roles.checkWithin(role.permissions, inviter);
    const email = input.email.toLowerCase();
    const [known] = await tx.query(
      `SELECT 1 FROM members m JOIN users u USING (user_id) WHERE m.organization_id = $1 AND u.email = $2`,
      [organizationId, email],
    );
    if (known) throw storesErrors.error('already-member', { email }, { field: 'email' });
    const invitationId = newId();
    const expiresAt = new Date(this.clock.now().getTime() + invitationDays * 86_400_000);
    await tx.execute(
      'DELETE FROM invitations WHERE organization_id = $1 AND email = $2 AND accepted_at IS NULL',
      [organizationId, email],
    );
    await tx.execute(
      `INSERT INTO invitations (organization_id, invitation_id, email, role_id, store_ids, invited_by, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [organizationId, invitationId, email, role.id, input.storeIds, tx.actor.userId, expiresAt],
    );
    tx.publish(MemberInvited, { organizationId, invitationId });
    tx.record({
      action: 'member.invited',
      target: { kind: 'organization', id: organizationId },
      after: { email, role: role.name, storeIds: input.storeIds },
    });
    return { id: invitationId, email, role: role.name, storeIds: input.storeIds, expiresAt };
  }

  /**
   * Makes the token that the invitation's mail carries; only its hash is kept, and an earlier one ends.
   * @returns null when the invitation is gone
   */
  async issueInvitation(
    tx: Queries,
    organizationId: string,
    invitationId: string,
  ): Promise<InvitationMail | null> {
    const token = newToken();
    const [mail] = await tx.query<Omit<InvitationMail, 'token'>>(
      `UPDATE invitations i SET token_hash = $3
       FROM organizations o, roles r, users u
       WHERE i.organization_id = $1 AND i.invitation_id = $2 AND i.accepted_at IS NULL
         AND o.organization_id = i.organization_id AND u.user_id = i.invited_by
         AND r.organization_id = i.organization_id AND r.role_id = i.role_id
       RETURNING i.email, o.name AS organization, u.name AS inviter, r.name AS role`,
      [organizationId, invitationId, hashToken(token)],
    );
    return mail ? { ...mail, token } : null;
  }

  /** @throws stores.invitation-not-found */
  async withdraw(tx: PlatformWriter, organizationId: string, invitationId: string): Promise<void> {
    const gone = await tx.execute(
      'DELETE FROM invitations WHERE organization_id = $1 AND invitation_id = $2 AND accepted_at IS NULL',
      [organizationId, invitationId],
    );
    if (gone === 0) throw storesErrors.error('invitation-not-found');
  }

  /**
   * Makes a signed-in person a member by the token of a mail.
   * @returns the organization's id
   * @throws stores.invitation-expired, stores.invitation-for-other
   */
  async accept(tx: PlatformWriter, user: User, token: string): Promise<string> {
    const [invitation] = await tx.query<{
      organization_id: string;
      email: string;
      role_id: string;
      store_ids: string[] | null;
    }>(
      `UPDATE invitations SET accepted_at = $2
       WHERE token_hash = $1 AND accepted_at IS NULL AND expires_at > $2
       RETURNING organization_id, email, role_id, store_ids`,
      [hashToken(token), this.clock.now()],
    );
    if (!invitation) throw storesErrors.error('invitation-expired', {}, { field: 'token' });
    if (invitation.email !== user.email) throw storesErrors.error('invitation-for-other');
    const { organization_id: organizationId, role_id, store_ids } = invitation;
    await tx.execute(
      `INSERT INTO members (organization_id, user_id, role_id, store_ids) VALUES ($1, $2, $3, $4)
       ON CONFLICT (organization_id, user_id) DO NOTHING`,
      [organizationId, user.id, role_id, store_ids],
    );
    tx.record({
      action: 'member.joined',
      target: { kind: 'organization', id: organizationId },
      after: { userId: user.id },
    });
    return organizationId;
  }

  /**
   * Gives a member another role or other stores.
   * @throws stores.member-not-found, stores.last-owner, stores.beyond-own-rights
   */
  async change(
    tx: PlatformWriter,
    editor: Access,
    userId: string,
    input: { roleId: string; storeIds: string[] | null },
  ): Promise<void> {
    const { organizationId } = editor;
    const role = await this.roles.get(tx, organizationId, input.roleId);
    this.roles.checkWithin(role.permissions, editor);
    await this.checkReach(tx, editor, userId);
    const touched = await tx.execute(
      `UPDATE members SET role_id = $3, store_ids = $4, version = version + 1
       WHERE organization_id = $1 AND user_id = $2`,
      [organizationId, userId, role.id, input.storeIds],
    );
    if (touched === 0) throw storesErrors.error('member-not-found');
    await this.keepAnOwner(tx, organizationId);
    tx.record({
      action: 'member.changed',
      target: { kind: 'user', id: userId },
      after: { role: role.name, storeIds: input.storeIds },
    });
  }

  /** @throws stores.member-not-found, stores.last-owner, stores.beyond-own-rights, stores.foreign-store */
  async remove(tx: PlatformWriter, editor: Access, userId: string): Promise<void> {
    const { organizationId } = editor;
    await this.checkReach(tx, editor, userId);
    const gone = await tx.execute(
      'DELETE FROM members WHERE organization_id = $1 AND user_id = $2',
      [organizationId, userId],
    );
    if (gone === 0) throw storesErrors.error('member-not-found');
    await this.keepAnOwner(tx, organizationId);
    tx.record({ action: 'member.removed', target: { kind: 'user', id: userId } });
  }

  /** Nobody changes a member who may do more, or enter more stores, than they themselves. */
  private async checkReach(tx: Queries, editor: Access, userId: string): Promise<void> {
    const member = await findOrganizationAccess(tx, userId, editor.organizationId);
    if (!member) throw storesErrors.error('member-not-found');
    this.roles.checkWithin(member.permissions, editor);
    if (!mayEnter(editor, member.storeIds)) throw storesErrors.error('foreign-store');
  }

  /** Locks the organization, so that two owners cannot remove each other at the same moment. */
  private async keepAnOwner(tx: Queries, organizationId: string): Promise<void> {
    await tx.query('SELECT 1 FROM organizations WHERE organization_id = $1 FOR UPDATE', [
      organizationId,
    ]);
    const [owner] = await tx.query(
      `SELECT 1 FROM members m JOIN roles r ON r.organization_id = m.organization_id AND r.role_id = m.role_id
       WHERE m.organization_id = $1 AND r.built_in AND r.name = $2 AND m.store_ids IS NULL LIMIT 1`,
      [organizationId, ownerRole],
    );
    if (!owner) throw storesErrors.error('last-owner');
  }
}

/** Whether the editor may enter all of these stores; null means all of the organization. */
function mayEnter({ storeIds: own }: Access, storeIds: string[] | null): boolean {
  return own === null || (storeIds?.every((storeId) => own.includes(storeId)) ?? false);
}
