// Lists the tools and asks one question with the TypeScript SDK v2: typescript-v2.mjs URL KEY legacy|auto|REVISION
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { ask } from './ask.mjs';

const [address, key, negotiation] = process.argv.slice(2);
const mode = /^\d/.test(negotiation) ? { pin: negotiation } : negotiation;
const client = new Client({ name: 'typescript-v2', version: '1' }, { versionNegotiation: { mode } });
await ask(
  client,
  new StreamableHTTPClientTransport(new URL(address), { requestInit: { headers: { Authorization: `Bearer ${key}` } } })
);
