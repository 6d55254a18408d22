import type { EventType } from "@telemetra/core";
import { expect } from "vitest";
import type { HealthReport } from "../../src/http/health.js";
import type { StreamStats } from "../../src/ports/result-store.js";

/** Talks to a service over HTTP, in this process or in another. Answers are taken as they are; `ApiClient` checks them. */
export class ServiceClient {
  /** Without a slash at its end. */
  readonly url: string;

  constructor(port: number) {
    this.url = `http://127.0.0.1:${port}`;
  }

  /** The JSON at a path; what is answered by another status than 200 fails the test. */
  async get<T>(path: string): Promise<T> {
    const response = await fetch(this.url + path);
    expect(response.status, path).toBe(200);
    return (await response.json()) as T;
  }

  async status(path: string): Promise<number> {
    return (await fetch(this.url + path)).status;
  }

  /** The report on the health of the service, which is there when it is ill too. */
  async health(): Promise<HealthReport> {
    return (await (await fetch(`${this.url}/api/v1/health`)).json()) as HealthReport;
  }

  /** The page for Prometheus. */
  async metrics(): Promise<string> {
    return (await fetch(`${this.url}/metrics`)).text();
  }

  /** Posts events and gives whatever is answered. */
  post(events: readonly unknown[]): Promise<Response> {
    const headers = { "Content-Type": "application/json" };
    return fetch(`${this.url}/api/v1/events`, { method: "POST", headers, body: JSON.stringify(events) });
  }

  /** Posts events, each of which must be accepted. */
  async send(events: readonly unknown[]): Promise<void> {
    const response = await this.post(events);
    expect(await response.json()).toMatchObject({ accepted: events.length });
    expect(response.status).toBe(202);
  }

  /** How many events of a kind the results of a stream count; none of a stream that nobody has seen yet. */
  async stored(type: EventType, streamId = "alpha"): Promise<number> {
    const response = await fetch(`${this.url}/api/v1/streams/${streamId}/stats`);
    const stats = (await response.json()) as Partial<StreamStats>;
    return stats.events?.[type] ?? 0;
  }
}
