// What the test's processors talk to, inside the network of the containers: not all engines let containers reach
// the machine that they run on.
//
//   POST any path     recorded with its sender's address, answered 200 after the delay
//   GET  /requests    all that came, as JSON
//   PUT  /delay       the body is the delay from now on, in ms
import { createServer } from "node:http";

const requests = [];
let delay = 0;

createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.once("end", () => answer(request, Buffer.concat(chunks).toString(), response));
}).listen(8080, "0.0.0.0");

function answer(request, body, response) {
  if (request.method === "GET") {
    response.end(JSON.stringify(requests));
  } else if (request.method === "PUT") {
    delay = Number(body);
    response.end();
  } else {
    const record = { id: JSON.parse(body).id, from: request.socket.remoteAddress, answered: false };
    requests.push(record);
    setTimeout(() => {
      record.answered = true;
      response.end();
    }, delay);
  }
}
