// Asks, reads and listens with the TypeScript SDK v2: typescript-v2.mjs URL KEY sse|legacy|auto|REVISION [listen|again]
// With the environment variable MCP_BRIDGE, the client starts this program and talks to it.
import { Client, SSEClientTransport, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { ask, listChanged } from './ask.mjs';

const [address, key, negotiation] = process.argv.slice(2);
const sse = negotiation === 'sse';
const mode = /^\d/.test(negotiation) ? { pin: negotiation } : sse ? 'legacy' : negotiation;
const Transport = sse ? SSEClientTransport : StreamableHTTPClientTransport;
const client = new Client({ name: 'typescript-v2', version: '1' }, { listChanged, versionNegotiation: { mode } });
const bridge = process.env.MCP_BRIDGE;
await ask(
  client,
  bridge
    ? new StdioClientTransport({
        command: bridge,
        args: ['--url', new URL(address).origin],
        env: { ...process.env, MCP_API_KEY: key }
      })
    : new Transport(new URL(address), { requestInit: { headers: { Authorization: `Bearer ${key}` } } })
);
