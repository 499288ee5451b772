import { storeTable } from '@platform/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose house it is: organizations and their people, stores and their settings. */
export class Stores1795262400000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE organizations (
        organization_id uuid PRIMARY KEY,
        name text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        version int NOT NULL DEFAULT 1
      );
      CREATE TABLE roles (
        organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
        role_id uuid NOT NULL,
        name text NOT NULL,
        permissions text[] NOT NULL,
        built_in boolean NOT NULL DEFAULT false,
        version int NOT NULL DEFAULT 1,
        PRIMARY KEY (organization_id, role_id),
        UNIQUE (organization_id, name)
      );
      CREATE TABLE members (
        organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        role_id uuid NOT NULL,
        store_ids uuid[],
        joined_at timestamptz NOT NULL DEFAULT now(),
        version int NOT NULL DEFAULT 1,
        PRIMARY KEY (organization_id, user_id),
        FOREIGN KEY (organization_id, role_id) REFERENCES roles (organization_id, role_id)
      );
      CREATE INDEX members_by_user ON members (user_id);
      COMMENT ON COLUMN members.store_ids IS 'The stores that this member may enter; null for all of the organization.';
      CREATE TABLE invitations (
        organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
        invitation_id uuid NOT NULL,
        email text NOT NULL CHECK (email = lower(email)),
        role_id uuid NOT NULL,
        store_ids uuid[],
        invited_by uuid NOT NULL REFERENCES users,
        token_hash text UNIQUE,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        accepted_at timestamptz,
        PRIMARY KEY (organization_id, invitation_id),
        FOREIGN KEY (organization_id, role_id) REFERENCES roles (organization_id, role_id)
      );
      CREATE UNIQUE INDEX invitations_open ON invitations (organization_id, email) WHERE accepted_at IS NULL;
      CREATE TABLE stores (
        store_id uuid PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations,
        handle text NOT NULL UNIQUE CHECK (handle ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
        name text NOT NULL,
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'suspended', 'closed')),
        currency text NOT NULL,
        country text NOT NULL,
        locale text NOT NULL,
        email text,
        description text,
        time_zone text NOT NULL DEFAULT 'UTC',
        created_at timestamptz NOT NULL DEFAULT now(),
        version int NOT NULL DEFAULT 1
      );
      CREATE INDEX stores_by_organization ON stores (organization_id, store_id);
    `);
    await q.query(storeTable('stores'));
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE stores, invitations, members, roles, organizations');
  }
}
