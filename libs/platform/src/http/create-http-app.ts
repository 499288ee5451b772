import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import fastifyHelmet from '@fastify/helmet';
import fastifyMultipart from '@fastify/multipart';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Log, NestLog, withLogContext } from '@platform/telemetry';
import { HttpModule } from './http.module';
import { openApiDocument } from './openapi';
import { PlatformModule, type PlatformOptions } from '../platform.module';

/** Largest JSON body in bytes: a product with 2,048 variants fits; files come as multipart and are spooled. */
const bodyLimit = 8 * 1024 * 1024;

/** Addresses outside the API's prefix. */
const unprefixed = [
  'health/live',
  'health/ready',
  'metrics',
  'api/problems/:code',
  'mailbox',
  'mailbox/:name',
  'mailbox/:name/html',
  'unsubscribe/:shop/:checkoutId/:token',
];

/**
 * Builds an HTTP process of the API's kind, ready to listen.
 * @param modules the slices' api faces
 */
export async function createHttpApp(
  options: PlatformOptions,
  modules: (Type | DynamicModule)[],
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit,
    trustProxy: options.config.shop.trustedProxies.length > 0 && options.config.shop.trustedProxies,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    genReqId: ({ headers }: IncomingMessage) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    root([PlatformModule.forRoot(options), HttpModule.forRoot(), ...modules]),
    adapter,
    { bufferLogs: true, abortOnError: false },
  );
  app.useLogger(new NestLog(app.get(Log)));
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: { directives: { defaultSrc: ["'none'"] } },
  });
  await app.register(fastifyMultipart, { limits: { files: 1, fields: 10 } });
  app.setGlobalPrefix('api/v1', { exclude: unprefixed });
  const fastify = adapter.getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    withLogContext({ requestId: request.id }, done);
  });
  let document: string | undefined;
  fastify.get('/api/openapi.json', (_request, reply) => {
    document ??= JSON.stringify(openApiDocument(app));
    return reply.type('application/json').send(document);
  });
  await app.init();
  return app;
}

function root(imports: (Type | DynamicModule)[]): DynamicModule {
  @Module({})
  class RootModule {}
  return { module: RootModule, imports };
}
