/** Where a stream's live socket and history are, worked out once from what the page says. */
export interface StreamAddress {
  readonly streamId: string;
  /** `?since` is added by the client. */
  readonly socketUrl: string;
  readonly metricsUrl: string;
  readonly momentsUrl: string;
}

const STREAM_ID = /^(?!\.{1,2}$)(?!health$)[A-Za-z0-9_.:-]{1,128}$/;

/**
 * @param server Base address of the server, `http(s)` or `ws(s)`; relative ones are read against `base`.
 * @throws RangeError with a sentence for the reader of the page when either part is unusable.
 */
export function resolveAddress(server: string, streamId: string, base?: string): StreamAddress {
  if (!STREAM_ID.test(streamId)) {
    throw new RangeError(`stream is "${streamId}"; it must be 1 to 128 of A–Z a–z 0–9 _ . : -`);
  }
  const root = readServer(server, base);
  const path = (rest: string): string => root.href.replace(/\/*$/, "/") + rest;
  const id = encodeURIComponent(streamId);
  return {
    streamId,
    socketUrl: path(`ws/live/${id}`).replace(/^http/, "ws"),
    metricsUrl: path(`api/v1/streams/${id}/metrics`),
    momentsUrl: path(`api/v1/streams/${id}/moments`),
  };
}

function readServer(server: string, base: string | undefined): URL {
  const url = URL.canParse(server, base) ? new URL(server, base) : undefined;
  if (url === undefined || !/^(http|ws)s?:$/.test(url.protocol)) {
    throw new RangeError(`server is "${server}"; it must be an http or https address, such as http://localhost:8000`);
  }
  url.search = "";
  url.hash = "";
  return new URL(url.href.replace(/^ws/, "http"));
}
