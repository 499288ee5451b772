import { Client } from 'pg';
import { encodeCursor, newId } from '@libs/kernel';
import { type ApiAnswer, type ApiLab, openApiLab } from '@testing';
import { CatalogWorkerModule } from '@worker/catalog';
import { ContentWorkerModule } from '@worker/content';
import { MediaWorkerModule } from '@worker/media';
import { slices } from '../src/slices';
import { idFields, idFor } from './example-body';
import { type FurnishedMerchant, furnishMerchant, secretsOf } from './furnished-merchant.builder';
import {
  type ApiDocument,
  type Operation,
  address,
  operationsOf,
  readDocument,
} from './operations';
import { requestFor } from './route-inputs';

/**
 * Two merchants with the same handles and paths, and every route of the document asked by one for what is the other's.
 * The routes come from the document: one that is new is asked as well, and one whose ids nobody has fails the suite.
 */
describe('stores apart, route by route', () => {
  let lab: ApiLab;
  let document: ApiDocument;
  let operations: Operation[];
  let anna: FurnishedMerchant;
  let bert: FurnishedMerchant;

  beforeAll(async () => {
    lab = await openApiLab([
      ...slices,
      CatalogWorkerModule,
      ContentWorkerModule,
      MediaWorkerModule,
    ]);
    document = await readDocument(lab);
    operations = operationsOf(document);
    anna = await furnishMerchant(lab, document, 'zebrafish');
    bert = await furnishMerchant(lab, document, 'marmalade');
  }, 120_000);
  afterAll(() => lab.close());

  /** Bert asks; the answer is looked through for anything of Anna's that he did not send himself. */
  const askAsBert = async (
    operation: Operation,
    ids: Record<string, string>,
    extra: { query?: Record<string, string>; body?: unknown } = {},
  ): Promise<ApiAnswer> => {
    const route = address(operation, ids, extra.query);
    const input = await requestFor(operation, { document, ids: bert.ids, word: 'apricot' });
    const request = { ...input, ...('body' in extra ? { body: extra.body } : {}) };
    const answer = await lab.call(route, { token: bert.token, ...request });
    const sent = JSON.stringify([decodeURIComponent(route), request.body]);
    const unsaid = secretsOf(anna).filter((secret) => !sent.includes(secret));
    const heard = answer.text + JSON.stringify(answer.headers);
    expect([operation.name, leaks(heard, unsaid)]).toEqual([operation.name, []]);
    return answer;
  };

  /** Everything that Anna can read, to be compared before and after. */
  const readAll = async ({ token, ids }: FurnishedMerchant) => {
    const reads = operations.filter(({ method }) => method === 'GET');
    const answers: Record<string, unknown> = {};
    for (const operation of reads) {
      const { status, body, text } = await lab.call(address(operation, ids), { token });
      expect([operation.name, status]).toEqual([operation.name, 200]);
      answers[operation.name] = JSON.parse(stable(body ?? text));
    }
    return answers;
  };

  it('gives each merchant their own through every read', async () => {
    const before = await readAll(anna);
    const others = await readAll(bert);
    expect(leaks(JSON.stringify(before), [anna.word, bert.word])).toEqual([anna.word]);
    expect(leaks(JSON.stringify(others), [anna.word, bert.word])).toEqual([bert.word]);
  });

  it.each(['storeId', 'organizationId'])(
    'answers another’s %s like one that does not exist, on every route',
    async (scope) => {
      const scoped = operations.filter(({ pathParams }) => pathParams.includes(scope));
      expect(scoped.length).toBeGreaterThan(5);
      for (const operation of scoped) {
        const foreign = await askAsBert(operation, anna.ids);
        const absent = await askAsBert(operation, { ...anna.ids, [scope]: newId() });
        const malformed = await askAsBert(operation, { ...anna.ids, [scope]: 'no-id-at-all' });
        expect([operation.name, foreign.status]).toEqual([operation.name, 404]);
        expect(outside(foreign)).toEqual(outside(absent));
        expect(outside(malformed)).toEqual(outside(absent));
      }
    },
    120_000,
  );

  it('sends the database the same statements for another’s store and for none', async () => {
    const scoped = operations.filter(({ pathParams }) => pathParams.includes('storeId'));
    for (const operation of scoped) {
      const foreign = await statementsOf(() => askAsBert(operation, anna.ids));
      const absent = await statementsOf(() =>
        askAsBert(operation, { ...anna.ids, storeId: newId() }),
      );
      expect(foreign.length).toBeGreaterThan(0);
      expect([operation.name, foreign]).toEqual([operation.name, absent]);
    }
  });

  it('finds nothing of another store by its id, alone or among own ids', async () => {
    const nested = operations.filter(({ pathParams }) => foreignable(pathParams).length > 0);
    expect(nested.length).toBeGreaterThan(5);
    for (const operation of nested) {
      const params = foreignable(operation.pathParams);
      const mixes = [params, ...(params.length > 1 ? params.map((name) => [name]) : [])];
      for (const mix of mixes) {
        const theirs = Object.fromEntries(mix.map((name) => [name, anna.ids[name] ?? '']));
        const answer = await askAsBert(operation, { ...bert.ids, ...theirs });
        expect([operation.name, mix, answer.status]).toEqual([operation.name, mix, 404]);
      }
    }
  });

  it('finds nothing of another store through a query', async () => {
    const asking = operations.filter(
      ({ queryParams, isPublic }) => queryParams.length && !isPublic,
    );
    for (const operation of asking.filter(({ method }) => method === 'GET')) {
      for (const { name, schema } of operation.queryParams) {
        const all = schema.format === 'uuid' ? Object.values(anna.ids) : secretsOf(anna);
        const values = takesText(name, schema) ? all : all.slice(0, 1);
        const answers = await Promise.all(
          values.map((value) => askAsBert(operation, bert.ids, { query: { [name]: value } })),
        );
        for (const [index, answer] of answers.entries()) {
          const asked = `${operation.name}?${name}=${values[index]}`;
          expect([asked, answer.status < 500]).toEqual([asked, true]);
          // What was asked for may be repeated in a refusal, never in a result.
          if (answer.status === 200) expect(leaks(answer.text, [anna.word])).toEqual([]);
        }
      }
    }
  }, 120_000);

  it('takes no cursor, of another store or forged, for a way in', async () => {
    const lists = operations.filter(({ queryParams }) => hasQuery(queryParams, 'cursor'));
    expect(lists.length).toBeGreaterThan(3);
    for (const operation of lists) {
      const own = await lab.call(address(operation, anna.ids, { limit: '1' }), {
        token: anna.token,
      });
      const cursors = [own.body.nextCursor, encodeCursor([anna.word]), encodeCursor([newId()])];
      for (const cursor of cursors.filter((value) => typeof value === 'string')) {
        const answer = await askAsBert(operation, bert.ids, { query: { cursor } });
        const asked = `${operation.name} ${cursor}`;
        expect([asked, answer.status < 500]).toEqual([asked, true]);
      }
    }
  });

  it('refuses bodies that name another store’s things', async () => {
    const writes = operations.filter(({ body, isPublic }) => body !== null && !isPublic);
    for (const operation of writes) {
      for (const { path, idName } of idFields(document, operation.body ?? {})) {
        const theirs = idFor(anna.ids, idName);
        if (theirs === undefined) throw new Error(`${operation.name} names an unknown ${idName}.`);
        const { body } = await requestFor(operation, {
          document,
          ids: bert.ids,
          word: 'apricot',
        });
        const answer = await askAsBert(operation, bert.ids, { body: withId(body, path, theirs) });
        const named = `${operation.name} ${path.join('.')}`;
        expect([named, [404, 409, 422].includes(answer.status)]).toEqual([named, true]);
      }
    }
  });

  it('has changed nothing of Anna’s in all this, and linked nothing of hers to Bert’s', async () => {
    expect(leaks(JSON.stringify(await readAll(bert)), secretsOf(anna))).toEqual([]);
    expect(leaks(JSON.stringify(await readAll(anna)), ['apricot'])).toEqual([]);
  });
});

/** Which of the secrets stand in a text. */
function leaks(text: string, secrets: string[]): string[] {
  const heard = text.toLowerCase();
  return secrets.filter((secret) => heard.includes(secret.toLowerCase()));
}

/** The parameters that name a thing in a store or an organization, rather than these themselves. */
function foreignable(pathParams: string[]): string[] {
  return pathParams.filter((name) => !['storeId', 'organizationId'].includes(name));
}

/** Whether a parameter takes words at all; cursors have a test of their own. One word shows how others are refused. */
function takesText(name: string, schema: Operation['queryParams'][number]['schema']): boolean {
  return name !== 'cursor' && schema.type === 'string' && schema.enum === undefined;
}

function hasQuery(params: Operation['queryParams'], name: string): boolean {
  return params.some((param) => param.name === name);
}

/** An answer without what differs from request to request. */
function outside({ status, body, headers }: ApiAnswer): unknown {
  const { 'x-request-id': _, date: __, 'content-length': ___, ...rest } = headers;
  return { status, body: { ...body, requestId: '' }, headers: rest };
}

/** A session is marked as used once in a while, whatever is asked. */
const marksSession = /^UPDATE sessions SET last_used_at/;

/** The SQL that some work sends, with ids and hashes made equal. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const query = jest.spyOn(Client.prototype, 'query');
  try {
    await work();
    return query.mock.calls
      .map((call) => {
        const [asked] = call as unknown as [string | { text: string }];
        const sql = typeof asked === 'string' ? asked : asked.text;
        return sql.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>');
      })
      .filter((sql) => !marksSession.test(sql.trim()));
  } finally {
    query.mockRestore();
  }
}

/** The body with an id at a place of its; lists and objects on the way are made where the body lacks them. */
function withId(body: unknown, path: string[], id: string): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return id;
  if (key === '0') return [withId(Array.isArray(body) ? body[0] : undefined, rest, id)];
  const fields = (body ?? {}) as Record<string, unknown>;
  return { ...fields, [key]: withId(fields[key], rest, id) };
}

/** JSON with its times and counters of use made equal: reading a session is using it. */
function stable(value: unknown): string {
  return JSON.stringify(value, (key, part: unknown) => (key === 'lastUsedAt' ? '' : part));
}
