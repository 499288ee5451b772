import { ModulesContainer } from '@nestjs/core';
import { type ApiLab, openApiLab } from '@testing';
import { slices } from '../src/slices';
import { type FurnishedMerchant, furnishMerchant } from './furnished-merchant.builder';
import { type Operation, address, operationsOf, readDocument } from './operations';
import { requestFor } from './route-inputs';

/** Open to everybody, and why it must be. */
const publicRoutes = [
  'POST /api/v1/sign-in',
  'POST /api/v1/sign-up',
  'POST /api/v1/password-resets',
  'POST /api/v1/password-resets/confirm',
];

/** What a person's token may do whatever its scopes: it tells who one is, and ends or begins no access to a store. */
const withoutScopes: Record<string, number> = {
  'GET /api/v1/me': 200,
  'GET /api/v1/stores': 200,
  'POST /api/v1/sign-out': 204,
};

/** Controllers that stand outside the document on purpose: health, metrics, the page that explains an error. */
const undocumented = [
  'HealthController',
  'ProblemsController',
  'MailboxController',
  'UnsubscribeController',
];

describe('locked doors', () => {
  let lab: ApiLab;
  let operations: Operation[];
  let anna: FurnishedMerchant;
  let request: (operation: Operation) => ReturnType<typeof requestFor>;

  beforeAll(async () => {
    lab = await openApiLab(slices);
    const document = await readDocument(lab);
    operations = operationsOf(document);
    anna = await furnishMerchant(lab, document, 'zebrafish');
    request = (operation) => requestFor(operation, { document, ids: anna.ids, word: 'apricot' });
  }, 120_000);
  afterAll(() => lab.close());

  it('names every route in the document', () => {
    const routes = [...lab.app.get(ModulesContainer).values()]
      .flatMap(({ controllers }) => [...controllers.values()])
      .filter(({ name }) => !undocumented.includes(String(name)))
      .flatMap(({ metatype }) => {
        const { constructor: _, ...methods } = Object.getOwnPropertyDescriptors(
          (metatype as { prototype: object }).prototype,
        );
        return Object.values(methods).filter(({ value }) =>
          Reflect.hasMetadata('path', value as object),
        );
      });
    expect(operations).toHaveLength(routes.length);
  });

  it('describes every parameter of every path', async () => {
    const { paths } = await readDocument(lab);
    for (const { name, method, path, pathParams } of operations) {
      const described = (paths[path]?.[method.toLowerCase()]?.parameters ?? [])
        .filter((parameter) => parameter.in === 'path')
        .map((parameter) => parameter.name);
      expect([name, described.toSorted()]).toEqual([name, pathParams.toSorted()]);
    }
  });

  it('is open to everybody on the routes that must be, and on no other', () => {
    const open = operations.filter(({ isPublic }) => isPublic).map(({ name }) => name);
    expect(open.toSorted()).toEqual(publicRoutes.toSorted());
  });

  it.each([
    ['no token', undefined],
    ['a token that nobody has', 'cvl_0123456789012345678901234567890123456789'],
  ])('asks who is there, for %s', async (_, token) => {
    for (const operation of operations.filter(({ isPublic }) => !isPublic)) {
      const input = await request(operation);
      const { status, body, headers } = await lab.call(address(operation, anna.ids), {
        token,
        ...input,
      });
      expect([operation.name, status, body.code]).toEqual([
        operation.name,
        401,
        'http.unauthenticated',
      ]);
      expect(headers['www-authenticate']).toBe('Bearer');
    }
  });

  it('lets a token do nothing that its scopes do not name', async () => {
    const { body } = await lab.call('POST /account/api-tokens', {
      token: anna.token,
      body: { name: 'nothing at all', scopes: ['nothing.all'] },
    });
    const token = body.secret as string;
    for (const operation of operations.filter(({ isPublic }) => !isPublic)) {
      const answer = await lab.call(address(operation, anna.ids), {
        token,
        ...(await request(operation)),
      });
      const expected = withoutScopes[operation.name] ?? 403;
      expect([operation.name, answer.status]).toEqual([operation.name, expected]);
    }
  });

  it('lets a token do what its scopes name', async () => {
    const { body } = await lab.call('POST /account/api-tokens', {
      token: anna.token,
      body: { name: 'pages', scopes: ['content.view'] },
    });
    const call = (route: string) => lab.call(route, { token: body.secret as string });
    const pages = `/stores/${anna.storeId}/pages`;
    expect((await call(`GET ${pages}`)).status).toBe(200);
    expect((await call(`DELETE ${pages}/${anna.ids.pageId}`)).status).toBe(403);
  });
});
