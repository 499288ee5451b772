import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { decodeCursor, toPage } from '@libs/kernel';
import { Db } from '@platform/database';
import { Answers, Requires, pageQuery } from '@platform/http';
import { auditLog } from '../contract';

const auditQuery = pageQuery.extend({
  targetKind: z.string().max(60).optional(),
  targetId: z.string().max(100).optional(),
});

interface Entry {
  id: string;
  [key: string]: unknown;
}

/** Who changed what in a store, newest first. */
@ApiTags('stores')
@Controller('stores/:storeId/audit-log')
export class AuditLogController {
  constructor(@Inject(Db) private readonly db: Db) {}

  @Get()
  @Requires('audit.view')
  @Answers(200, auditLog)
  async list(
    @Param('storeId') storeId: string,
    @Query({ schema: auditQuery }) query: z.output<typeof auditQuery>,
  ) {
    const before = query.cursor === undefined ? null : (decodeCursor(query.cursor, 1)[0] as string);
    const rows = await this.db.read(storeId, (store) =>
      store.query<Entry>(
        `SELECT entry_id AS id, at, actor, action,
           jsonb_build_object('kind', target_kind, 'id', target_id) AS target, before, after
         FROM audit_log
         WHERE store_id = $1 AND ($2::uuid IS NULL OR entry_id < $2)
           AND ($3::text IS NULL OR target_kind = $3) AND ($4::text IS NULL OR target_id = $4)
         ORDER BY entry_id DESC LIMIT $5`,
        [storeId, before, query.targetKind ?? null, query.targetId ?? null, query.limit + 1],
      ),
    );
    return toPage(rows, query.limit, ({ id }) => [id]);
  }
}
