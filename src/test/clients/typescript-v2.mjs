// Asks, reads and listens with the TypeScript SDK v2: typescript-v2.mjs URL KEY sse|legacy|auto|REVISION [listen|again]
import { Client, SSEClientTransport, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { ask, listChanged } from './ask.mjs';

const [address, key, negotiation] = process.argv.slice(2);
const sse = negotiation === 'sse';
const mode = /^\d/.test(negotiation) ? { pin: negotiation } : sse ? 'legacy' : negotiation;
const Transport = sse ? SSEClientTransport : StreamableHTTPClientTransport;
const client = new Client({ name: 'typescript-v2', version: '1' }, { listChanged, versionNegotiation: { mode } });
await ask(
  client,
  new Transport(new URL(address), { requestInit: { headers: { Authorization: `Bearer ${key}` } } })
);
