import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The body as records, one for each line. */
  readonly records: readonly Readonly<Record<string, unknown>>[];
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text is sent as it is, anything else as JSON. */
  readonly body?: unknown;
}

/**
 * An ingest server in this process: takes requests, keeps them and answers as `answer` says (`undefined` cuts the connection).
 * To let it do something new, give another `answer`.
 */
export async function startFakeServer(answer: (request: Received, number: number) => Reply | undefined = takeAll) {
  const requests: Received[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      const lines = body.split("\n").filter((line) => line !== "");
      const records = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      const received = { path: request.url ?? "", headers: request.headers, body, records };
      requests.push(received);
      const reply = answer(received, requests.length);
      if (reply === undefined) request.socket.destroy();
      else send(response, reply);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function takeAll(request: Received): Reply {
  return { status: 202, body: { accepted: request.records.length, duplicates: 0, rejected: [] } };
}

function send(response: ServerResponse, { status, headers = {}, body = "" }: Reply): void {
  const isText = typeof body === "string";
  response.writeHead(status, { "content-type": isText ? "text/plain" : "application/json", ...headers });
  response.end(isText ? body : JSON.stringify(body));
}
