import type { Lab } from '@testing';

/** What one transaction locked. */
export interface Locking {
  /** Tables whose rows it locked or changed, as they came; rows that it made itself are nobody else's. */
  tables: string[];
  /** Tables in which it made rows of its own. */
  made: string[];
  /** `<item> <location>` of each level of stock that it changed, as they came. */
  levels: string[];
}

interface Runner {
  query(sql: string, params?: readonly unknown[], ...more: unknown[]): Promise<unknown>;
}

/** Notes the locks of every transaction of a lab from now on, as its statements tell. */
export function recordLocks(lab: Lab): { taken: Locking[] } {
  const taken: Locking[] = [];
  const { app } = lab.db as unknown as { app: { createQueryRunner(): Runner } };
  const open = app.createQueryRunner.bind(app);
  app.createQueryRunner = () => {
    const runner = open();
    const send = runner.query.bind(runner);
    let current: Locking = { tables: [], made: [], levels: [] };
    runner.query = (sql, params, ...more) => {
      if (sql.startsWith('BEGIN')) taken.push((current = { tables: [], made: [], levels: [] }));
      for (const table of lockedBy(sql)) current.tables.push(table);
      for (const [, table = ''] of sql.matchAll(/\bINSERT INTO (\w+)/g)) current.made.push(table);
      if (/^\s*UPDATE inventory_levels SET on_hand = on_hand/.test(sql))
        current.levels.push(`${String(params?.[1])} ${String(params?.[2])}`);
      return send(sql, params, ...more);
    };
    return runner;
  };
  return { taken };
}

/** The tables of which a statement locks rows that others may want. */
function lockedBy(sql: string): string[] {
  const updated = [...sql.matchAll(/\bUPDATE (\w+)(?: AS)?(?: \w+)? SET\b/g)].map(
    ([, table = '']) => table,
  );
  const locked = /\bFOR (?:NO KEY )?UPDATE\b(?! SET)/.test(sql)
    ? [...sql.matchAll(/\bFROM (\w+)/g)].slice(0, 1).map(([, table = '']) => table)
    : [];
  const upserted = /\bDO UPDATE SET\b/.test(sql)
    ? [...sql.matchAll(/\bINSERT INTO (\w+)/g)].map(([, table = '']) => table)
    : [];
  return [...locked, ...updated, ...upserted];
}
