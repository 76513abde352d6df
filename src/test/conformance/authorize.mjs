// Loaded before the suite, which knows no credentials: adds the key in the variable KEY to each of its requests.
import http from 'node:http';
import { Agent, setGlobalDispatcher } from 'undici';

const authorization = `Bearer ${process.env.KEY}`;

// fetch() and undici
setGlobalDispatcher(
  new Agent().compose((dispatch) => (request, handler) => {
    const { headers } = request;
    if (Array.isArray(headers)) {
      headers.push('authorization', authorization);
    } else {
      request.headers = { ...(headers?.[Symbol.iterator] ? Object.fromEntries(headers) : headers), authorization };
    }
    return dispatch(request, handler);
  })
);

// requests whose headers must be sent as they are written
const send = http.request;
http.request = (options, ...more) => send({ ...options, headers: { ...options.headers, authorization } }, ...more);
