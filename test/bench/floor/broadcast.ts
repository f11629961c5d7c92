import { createServer } from "node:http";
import { WebSocketServer } from "ws";

/* The least that a push can cost: the body of a request, sent to every open socket as it is. */

const http = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const text = Buffer.concat(chunks).toString();
    for (const socket of sockets.clients) socket.send(text);
    response.end("{}");
  });
});
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
http.listen(0, "127.0.0.1", () => console.log(`listening http://127.0.0.1:${(http.address() as { port: number }).port}`));
