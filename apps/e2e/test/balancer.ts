import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** One port before several processes, as a load balancer has it: a process that does not answer is passed over. */
export class Balancer {
  private readonly server: Server;
  private readonly open = new Set<Socket>();
  private turn = 0;

  constructor(private readonly ports: readonly number[]) {
    this.server = createServer((socket) => this.accept(socket));
  }

  /** Begins to take connections. @returns its port */
  async listen(): Promise<number> {
    await new Promise<void>((done) => {
      this.server.listen(0, '127.0.0.1', done);
    });
    return (this.server.address() as AddressInfo).port;
  }

  /** Cuts every connection. */
  async close(): Promise<void> {
    for (const socket of this.open) socket.destroy();
    await new Promise<void>((done) => {
      this.server.close(() => done());
    });
  }

  private accept(socket: Socket): void {
    this.open.add(socket);
    socket.on('close', () => this.open.delete(socket));
    socket.on('error', () => socket.destroy());
    this.turn += 1;
    this.forward(socket, this.turn, this.ports.length);
  }

  /** @param left how many processes may still be tried */
  private forward(socket: Socket, turn: number, left: number): void {
    const port = this.ports[turn % this.ports.length] ?? 0;
    const behind = connect({ port, host: '127.0.0.1' });
    let connected = false;
    behind.once('connect', () => {
      connected = true;
      socket.pipe(behind).pipe(socket);
    });
    behind.on('error', () => {
      behind.destroy();
      if (!connected && left > 1 && !socket.destroyed) this.forward(socket, turn + 1, left - 1);
      else socket.destroy();
    });
    behind.on('close', () => {
      if (connected) socket.end();
    });
    socket.on('close', () => behind.destroy());
  }
}
