import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { trace } from '@opentelemetry/api';
import { Log, Metrics, NestLog, logContext, startTracing, withLogContext } from './index';

type Line = Record<string, unknown>;

function openLog(level = 'trace'): { log: Log; lines: Line[]; text: () => string } {
  const written: string[] = [];
  const log = Log.open({
    name: 'test',
    level,
    destination: { write: (line) => written.push(line) },
  });
  return {
    log,
    text: () => written.join(''),
    get lines() {
      return written.map((line) => JSON.parse(line) as Line);
    },
  };
}

describe('Log', () => {
  it('hides secrets at any depth, in children, errors and addresses', () => {
    const { log, text } = openLog();
    const request = { headers: { authorization: 'Bearer s3cret', Cookie: 'a=s3cret', host: 'h' } };
    log.info({ request, password: 's3cret', list: [{ accessToken: 's3cret' }] }, 'fields');
    log.child({ storeId: 's1', clientSecret: 's3cret' }).warn('child');
    log.error({ err: Object.assign(new Error('failed'), { config: request }) }, 'error');
    log.info('connecting to postgres://caravel:s3cret@db/caravel');
    log.error({ err: new Error('no', { cause: new Error('redis://:s3cret@r failed') }) }, 'cause');
    expect(text()).not.toContain('s3cret');
    expect(text()).toContain('postgres://[hidden]@db/caravel');
    expect(text()).toContain('"host":"h"');
  });

  it('leaves out the parameters of a failed query', () => {
    const { log, text } = openLog();
    const failed = Object.assign(new Error('duplicate key'), {
      query: 'INSERT ...',
      parameters: ['somebody@example.com'],
      driverError: { detail: 'Key (email)=(somebody@example.com) exists' },
    });
    log.error({ err: failed }, 'query failed');
    expect(text()).not.toContain('somebody@example.com');
    expect(text()).toContain('INSERT ...');
  });

  it('survives a cycle', () => {
    const { log, text } = openLog();
    const ring: Line = {};
    ring['self'] = ring;
    log.info({ ring }, 'round');
    expect(text()).toContain('[deeper]');
  });

  it('carries the ids of the running work and of the child', async () => {
    const opened = openLog();
    await withLogContext({ requestId: 'r1' }, async () => {
      await Promise.resolve();
      withLogContext({ jobId: 'j1' }, () => opened.log.child({ storeId: 's1' }).info('inner'));
      opened.log.info('outer');
    });
    opened.log.info('outside');
    const [inner, outer, outside] = opened.lines;
    expect(inner).toMatchObject({ requestId: 'r1', jobId: 'j1', storeId: 's1', msg: 'inner' });
    expect(outer).toMatchObject({ requestId: 'r1', name: 'test' });
    expect(outer).not.toHaveProperty('jobId');
    expect(outside).not.toHaveProperty('requestId');
    expect(logContext()).toEqual({});
  });

  it('writes nothing below its level', () => {
    const { log, text } = openLog('warn');
    log.info('quiet');
    expect(text()).toBe('');
  });

  it("takes Nest's calls", () => {
    const opened = openLog();
    const nest = new NestLog(opened.log);
    nest.log('Mapped {/x, GET}', 'RouterExplorer');
    nest.error(new Error('broken'), 'a stack', 'Injector');
    expect(opened.lines).toEqual([
      expect.objectContaining({ level: 20, context: 'RouterExplorer', msg: 'Mapped {/x, GET}' }),
      expect.objectContaining({ level: 50, context: 'Injector', more: ['a stack'], msg: 'broken' }),
    ]);
  });
});

describe('Metrics', () => {
  it('counts and measures, each process for itself', async () => {
    const [a, b] = [new Metrics(), new Metrics()];
    a.counter({ name: 'pages_total', help: 'Pages', labels: ['kind'] }).inc({ kind: 'product' });
    a.counter({ name: 'pages_total', help: 'Pages', labels: ['kind'] }).inc({ kind: 'product' });
    a.histogram({ name: 'page_seconds', help: 'Time' }).observe(0.02);
    a.gauge({ name: 'waiting', help: 'Jobs' }, (gauge) => gauge.set(7));
    const text = await a.text();
    expect(text).toContain('caravel_pages_total{kind="product"} 2');
    expect(text).toContain('caravel_page_seconds_bucket{le="0.025"} 1');
    expect(text).toContain('caravel_waiting 7');
    expect(await b.text()).not.toContain('caravel_pages_total');
    expect(a.contentType).toContain('text/plain');
  });

  it.each(['store', 'storeId', 'store_id', 'hostname', 'userId'])(
    'refuses the label %s',
    (label) => {
      expect(() => new Metrics().counter({ name: 'x', help: 'x', labels: [label] })).toThrow(label);
    },
  );
});

describe('tracing', () => {
  afterEach(() => {
    trace.disable();
    jest.dontMock('@opentelemetry/sdk-trace-node');
  });

  it('loads nothing and does nothing unless configured', async () => {
    jest.doMock('@opentelemetry/sdk-trace-node', () => {
      throw new Error('the SDK was loaded');
    });
    const tracing = await startTracing({ endpoint: null, name: 'test' });
    expect(tracing.active).toBe(false);
    expect(trace.getTracer('test').startSpan('nothing').isRecording()).toBe(false);
    await tracing.stop();
  });

  // In a process of its own: the SDK hooks into module loading, which Jest replaces.
  it('sends spans to the collector, requests and our own', async () => {
    const bodies: string[] = [];
    const collector = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        if (request.url === '/v1/traces') bodies.push(body);
        response.end('{}');
      });
    }).listen(0, '127.0.0.1');
    await once(collector, 'listening');
    const url = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
    const program = `
      const { startTracing } = require(${JSON.stringify(join(__dirname, 'index.ts'))});
      startTracing({ endpoint: '${url}/', name: 'probe' }).then(async (tracing) => {
        const { trace } = require('@opentelemetry/api');
        const { get } = require('node:http');
        const span = trace.getTracer('probe').startSpan('our-own-span');
        await new Promise((done) => get('${url}/asked', (answer) => answer.resume().on('end', done)));
        span.end();
        await tracing.stop();
      });`;
    const register = join(__dirname, '../../../testing/jest/register.cjs');
    try {
      await promisify(execFile)(process.execPath, ['-r', register, '-e', program]);
    } finally {
      collector.closeAllConnections();
      collector.close();
    }
    expect(bodies.join()).toContain('our-own-span');
    expect(bodies.join()).toContain('/asked');
    expect(bodies.join()).toContain('"probe"');
  });
});
