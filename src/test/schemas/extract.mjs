// Writes the official JSON schema of every MCP revision to a folder: node extract.mjs FOLDER
//
// No package holds the schemas as files. The conformance tests of the Model Context Protocol hold those of four revisions in
// their program. Revision 2025-03-26 only added to 2024-11-05, so the schema of 2024-11-05 is that of 2025-03-26 without the
// additions. Each schema must have the digest below, which is that of the schema without its descriptions.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runInNewContext } from 'node:vm';

const PACKAGES = ['@modelcontextprotocol/conformance@0.2.0-alpha.12', 'acorn@8.19.0'];
const REVISIONS = {
  '32479960b553f8ac9263c12dcc1d5b5cf264b354437bfedf1cbcd98e1c88e952': '2024-11-05',
  '9ad7ee34400db4c18418252bd10a8f9151035f039ce87d607459c35f702f9535': '2025-03-26',
  '274dd8e476f3d898778f286e2c6fe6c2ee11a32ec0cc4ce4ca09547b4a2815c9': '2025-06-18',
  '3f7b77bcff5ab001b5a563a358d887e125b00482a294e71e030f92a60628229d': '2025-11-25',
  '55e7932616e4c71946c98468005b15ebc9528fea0b8d2a013c568d6866b94c8b': '2026-07-28',
};

const target = resolve(process.argv[2]);
mkdirSync(resolve(target, '..'), { recursive: true });
const work = mkdtempSync(`${target}-`);

function unpacked(name) {
  const archive = execFileSync('npm', ['pack', '--silent', '--prefer-offline', '--pack-destination', work, name], { encoding: 'utf8' });
  const folder = mkdtempSync(join(work, 'package-'));
  execFileSync('tar', ['-xzf', join(work, archive.trim().split('\n').at(-1)), '-C', folder]);
  return join(folder, 'package');
}

function withoutDescriptions(value) {
  if (Array.isArray(value)) {
    return value.map(withoutDescriptions);
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  // a member named description that is no text is a member of the messages
  const kept = Object.entries(value).filter(([name, member]) => name !== 'description' || typeof member !== 'string');
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => [name, withoutDescriptions(member)]));
}

function first(schema) {
  const { Annotations, AudioContent, JSONRPCBatchRequest, JSONRPCBatchResponse, ToolAnnotations, ...kept } = schema.definitions;
  const copy = structuredClone({ ...schema, definitions: kept });
  const definitions = copy.definitions;
  definitions.Annotated = { type: 'object', properties: { annotations: Annotations } };
  delete definitions.Tool.properties.annotations;
  delete definitions.ServerCapabilities.properties.completions;
  delete definitions.ProgressNotification.properties.params.properties.message;
  definitions.JSONRPCMessage.anyOf = definitions.JSONRPCMessage.anyOf.filter((one) => one.type !== 'array');
  const older = (value) => {
    if (Array.isArray(value)) {
      return value.filter((one) => one.$ref !== '#/definitions/AudioContent').map(older);
    }
    if (value === null || typeof value !== 'object') {
      return value;
    }
    return value.$ref === '#/definitions/Annotations'
      ? Annotations
      : Object.fromEntries(Object.entries(value).map(([name, member]) => [name, older(member)]));
  };
  return older(copy);
}

const [conformance, acorn] = PACKAGES.map(unpacked);
const { parseExpressionAt } = await import(join(acorn, 'dist', 'acorn.mjs'));
const program = readFileSync(join(conformance, 'dist', 'index.js'), 'utf8');
const schemas = [];
for (const { index } of program.matchAll(/\{\$schema:/g)) {
  const parsed = parseExpressionAt(program, index, { ecmaVersion: 'latest' });
  const { start, end } = parsed.expressions?.[0] ?? parsed;
  const text = program.slice(start, end);
  if (text.includes('JSONRPCMessage:')) {
    schemas.push(JSON.parse(JSON.stringify(runInNewContext(`(${text})`))));
  }
}
schemas.push(...schemas.filter((schema) => schema.definitions?.JSONRPCBatchResponse).map(first));

const missing = new Set(Object.values(REVISIONS));
const done = join(work, 'schemas');
mkdirSync(done);
for (const schema of schemas.map(withoutDescriptions)) {
  const text = JSON.stringify(schema);
  const revision = REVISIONS[createHash('sha256').update(text).digest('hex')];
  if (revision) {
    writeFileSync(join(done, `${revision}.json`), text);
    missing.delete(revision);
  }
}
if (missing.size > 0) {
  throw new Error(`${PACKAGES[0]} does not hold the schema of ${[...missing].join(', ')} with the digest in this file`);
}
rmSync(target, { recursive: true, force: true });
renameSync(done, target);
rmSync(work, { recursive: true });
