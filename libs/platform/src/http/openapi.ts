import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** The OpenAPI 3.1 document of everything that the application mounts. */
export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const settings = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Caravel')
    .setDescription('Stores, catalogue, themes and hostnames of an open commerce platform.')
    .setVersion('1')
    .addBearerAuth()
    .addSecurityRequirements('bearer')
    .build();
  const document = SwaggerModule.createDocument(app, settings, {
    operationIdFactory: (controller, method) =>
      `${controller.replace(/Controller$/, '')}.${method}`,
  });
  for (const [path, methods] of Object.entries(document.paths)) nameParameters(path, methods);
  return document;
}

/** Names the parameters that a guard reads and the handler does not: each `{name}` of a path must be described. */
function nameParameters(path: string, methods: OpenAPIObject['paths'][string]): void {
  for (const operation of Object.values(methods) as { parameters?: unknown[] }[]) {
    const known = new Set(
      (operation.parameters as { in: string; name: string }[] | undefined)
        ?.filter((parameter) => parameter.in === 'path')
        .map(({ name }) => name),
    );
    const missing = [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) =>
      name === undefined || known.has(name)
        ? []
        : [{ name, in: 'path', required: true, schema: { type: 'string' } }],
    );
    operation.parameters = [...missing, ...(operation.parameters ?? [])];
  }
}
