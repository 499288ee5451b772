import { Injectable } from '@nestjs/common';
import { newId } from '@libs/kernel';
import type { Queries } from '@platform/database';
import { builtInRoles, ownerRole } from './access/permissions';

/** A merchant's company or an agency. */
export interface Organization {
  id: string;
  name: string;
}

/** Organizations: who belongs together. */
@Injectable()
export class Organizations {
  /** Founds an organization with its built-in roles; the founder is its owner. */
  async found(tx: Queries, name: string, founderId: string): Promise<Organization> {
    const organizationId = newId();
    await tx.execute('INSERT INTO organizations (organization_id, name) VALUES ($1, $2)', [
      organizationId,
      name,
    ]);
    const roles = builtInRoles.map((role) => ({ ...role, role_id: newId() }));
    await tx.execute(
      `INSERT INTO roles (organization_id, role_id, name, permissions, built_in)
       SELECT $1, role_id, name, permissions, true
       FROM jsonb_to_recordset($2) AS r (role_id uuid, name text, permissions text[])`,
      [organizationId, JSON.stringify(roles)],
    );
    const owner = roles.find(({ name: role }) => role === ownerRole);
    await tx.execute(
      'INSERT INTO members (organization_id, user_id, role_id) VALUES ($1, $2, $3)',
      [organizationId, founderId, owner?.role_id],
    );
    return { id: organizationId, name };
  }

  /** The organizations that a person belongs to. */
  listOf(tx: Queries, userId: string): Promise<Organization[]> {
    return tx.query<Organization>(
      `SELECT o.organization_id AS id, o.name FROM members m
       JOIN organizations o USING (organization_id) WHERE m.user_id = $1 ORDER BY 1 LIMIT 200`,
      [userId],
    );
  }
}
