// Asks, reads and listens with the TypeScript SDK v1: typescript-v1.mjs URL KEY http|sse [listen|again]
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ask, listChanged } from './ask.mjs';

const [address, key, transport] = process.argv.slice(2);
const url = new URL(address);
const options = { requestInit: { headers: { Authorization: `Bearer ${key}` } } };
const client = new Client({ name: 'typescript-v1', version: '1' }, { listChanged });
await ask(
  client,
  transport === 'sse' ? new SSEClientTransport(url, options) : new StreamableHTTPClientTransport(url, options),
  (request, limits) => client.callTool(request, undefined, limits)
);
