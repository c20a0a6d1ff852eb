// A bot on Node: whatsapp-api-js behind Node's own HTTP server. It lives until its standard input ends.

import { createServer } from "node:http";
import { createInterface } from "node:readline";

import { WhatsAppAPI } from "whatsapp-api-js/middleware/node-http";
import { Text } from "whatsapp-api-js/messages";

import { rerouted } from "./task.mjs";

const input = createInterface({ input: process.stdin });
const { value } = await input[Symbol.asyncIterator]().next();
const { url, token, secret, verifyToken } = JSON.parse(value);

const wa = new WhatsAppAPI({
  token,
  appSecret: secret,
  webhookVerifyToken: verifyToken,
  v: "v24.0",
  ponyfill: { fetch: rerouted(url) },
});
wa.on.message = async ({ message, reply, received }) => {
  await received("text");
  await reply(new Text(`You wrote: ${message.text.body}`), true);
};

const server = createServer(async (request, response) => {
  if (request.method === "GET") {
    try {
      response.end(wa.handle_get(request));
    } catch (status) {
      response.writeHead(status).end();
    }
  } else {
    response.writeHead(await wa.handle_post(request)).end();
  }
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/`));
input.once("close", () => process.exit());
