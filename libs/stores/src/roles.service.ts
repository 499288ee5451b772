import { Injectable } from '@nestjs/common';
import { newId } from '@libs/kernel';
import type { PlatformWriter, Queries } from '@platform/database';
import type { Access } from './access/access.queries';
import { isPermission } from './access/permissions';
import { storesErrors } from './stores.errors';

/** A named bundle of permissions. */
export interface Role {
  id: string;
  name: string;
  permissions: string[];
  builtIn: boolean;
}

const columns = 'role_id AS id, name, permissions, built_in AS "builtIn"';

/** The roles of an organization: built in, and of its own. */
@Injectable()
export class Roles {
  /** Every role, the built-in ones first. */
  list(tx: Queries, organizationId: string): Promise<Role[]> {
    return tx.query<Role>(
      `SELECT ${columns} FROM roles WHERE organization_id = $1 ORDER BY built_in DESC, name LIMIT 200`,
      [organizationId],
    );
  }

  /** @throws stores.role-not-found */
  async get(tx: Queries, organizationId: string, roleId: string): Promise<Role> {
    const [role] = await tx.query<Role>(
      `SELECT ${columns} FROM roles WHERE organization_id = $1 AND role_id = $2`,
      [organizationId, roleId],
    );
    if (!role) throw storesErrors.error('role-not-found', {}, { field: 'roleId' });
    return role;
  }

  /**
   * Creates a role of the organization's own.
   * @throws stores.unknown-permission, stores.beyond-own-rights, stores.role-name-taken
   */
  async create(
    tx: PlatformWriter,
    author: Access,
    input: { name: string; permissions: string[] },
  ): Promise<Role> {
    for (const permission of input.permissions) {
      if (!isPermission(permission)) {
        throw storesErrors.error('unknown-permission', { permission }, { field: 'permissions' });
      }
    }
    this.checkWithin(input.permissions, author);
    const [role] = await tx.query<Role>(
      `INSERT INTO roles (organization_id, role_id, name, permissions) VALUES ($1, $2, $3, $4)
       ON CONFLICT (organization_id, name) DO NOTHING RETURNING ${columns}`,
      [author.organizationId, newId(), input.name, [...new Set(input.permissions)]],
    );
    if (!role) throw storesErrors.error('role-name-taken', { name: input.name }, { field: 'name' });
    tx.record({ action: 'role.created', target: { kind: 'role', id: role.id }, after: input });
    return role;
  }

  /** @throws stores.role-not-found, stores.role-built-in, stores.role-in-use */
  async delete(tx: PlatformWriter, organizationId: string, roleId: string): Promise<void> {
    const role = await this.get(tx, organizationId, roleId);
    if (role.builtIn) throw storesErrors.error('role-built-in', { name: role.name });
    const [held] = await tx.query(
      `SELECT 1 FROM members WHERE organization_id = $1 AND role_id = $2
       UNION ALL SELECT 1 FROM invitations WHERE organization_id = $1 AND role_id = $2 LIMIT 1`,
      [organizationId, roleId],
    );
    if (held) throw storesErrors.error('role-in-use');
    await tx.execute('DELETE FROM roles WHERE organization_id = $1 AND role_id = $2', [
      organizationId,
      roleId,
    ]);
    tx.record({
      action: 'role.deleted',
      target: { kind: 'role', id: roleId },
      before: { name: role.name, permissions: role.permissions },
    });
  }

  /** @throws stores.beyond-own-rights when the rights exceed those of the person who gives them */
  checkWithin(rights: string[], giver: Access): void {
    const permission = rights.find((right) => !giver.permissions.includes(right));
    if (permission !== undefined) throw storesErrors.error('beyond-own-rights', { permission });
  }
}
