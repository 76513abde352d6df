/** Prints the names of the tools and the answer to a question, or why the client was refused. */
export async function ask(client, transport) {
  try {
    await client.connect(transport);
    const { tools } = await client.listTools();
    console.log('tools:', tools.map(tool => tool.name).join(' '));
    const sql = 'SELECT COUNT(*) AS orders FROM orders';
    const answer = await client.callTool({ name: 'sql_query', arguments: { connection: 'warehouse', sql } });
    console.log('answer:', answer.content[0].text);
    await client.close();
  } catch (e) {
    console.log('refused:', e.message);
    process.exitCode = 1;
  }
}
