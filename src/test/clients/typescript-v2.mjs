// Asks, reads and listens with the TypeScript SDK v2: typescript-v2.mjs URL KEY legacy|auto|REVISION [listen|again]
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { ask, listChanged } from './ask.mjs';

const [address, key, negotiation] = process.argv.slice(2);
const mode = /^\d/.test(negotiation) ? { pin: negotiation } : negotiation;
const client = new Client({ name: 'typescript-v2', version: '1' }, { listChanged, versionNegotiation: { mode } });
await ask(
  client,
  new StreamableHTTPClientTransport(new URL(address), { requestInit: { headers: { Authorization: `Bearer ${key}` } } })
);
