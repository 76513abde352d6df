let tellChange;
const change = new Promise(resolve => (tellChange = resolve));

/** The option of both clients that waits for a changed list of prompts. */
export const listChanged = {
  prompts: {
    onChanged: (error, prompts) => tellChange(error ? `failed: ${error.message}` : prompts.map(prompt => prompt.description).join())
  }
};

/**
 * Prints what the client lists, the answer to a question, a resource and a prompt, or why it was refused. With "listen" as the
 * last argument it then waits for a changed list of prompts, and prints that. With "again" it asks until it is stopped, and
 * prints each answer or failure and every changed list.
 */
export async function ask(client, transport, call = (request, options) => client.callTool(request, options)) {
  try {
    await client.connect(transport);
    console.log('revision:', client.getNegotiatedProtocolVersion?.() ?? transport.protocolVersion ?? 'unknown');
    const { tools } = await client.listTools();
    console.log('tools:', tools.map(tool => tool.name).join(' '));
    const sql = 'SELECT COUNT(*) AS orders FROM orders';
    const answer = await client.callTool({ name: 'sql_query', arguments: { connection: 'warehouse', sql } });
    console.log('answer:', answer.content[0].text);
    const { resources } = await client.listResources();
    console.log('resources:', resources.map(resource => resource.uri).join(' '));
    const resource = await client.readResource({ uri: 'document://glossary' });
    console.log('resource:', JSON.stringify(resource.contents[0].text));
    const { prompts } = await client.listPrompts();
    console.log('prompts:', prompts.map(prompt => prompt.name).join(' '));
    const prompt = await client.getPrompt({ name: 'monthly_review', arguments: { month: '2025-11' } });
    console.log('prompt:', JSON.stringify(prompt.messages[0].content.text));
    if (process.argv.at(-1) === 'listen') {
      console.log('listening');
      console.log('changed:', await change);
    }
    if (process.argv.at(-1) === 'again') {
      change.then(prompts => console.log('changed:', prompts));
      for (;;) {
        await call({ name: 'sql_query', arguments: { connection: 'warehouse', sql } }, { timeout: 5000 })
          .then(() => console.log('answered'), e => console.log('failed:', e.message.replace(/\s+/g, ' ')));
        await new Promise(resolve => setTimeout(resolve, 500));
      }
    }
    await client.close();
  } catch (e) {
    console.log('refused:', e.message);
    process.exitCode = 1;
  }
}
