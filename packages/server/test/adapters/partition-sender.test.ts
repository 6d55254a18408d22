import type { Kafka, ProducerRecord } from "kafkajs";
import { describe, expect, it } from "vitest";
import { PartitionSender } from "../../src/adapters/kafka/partition-sender.js";

interface Request {
  readonly producer: number;
  readonly record: ProducerRecord;
  readonly acknowledge: () => void;
  readonly reject: (error: Error) => void;
}

/** A client that keeps its requests open until a test answers them. */
function fakeKafka(): { readonly kafka: Kafka; readonly requests: Request[]; readonly disconnected: number[] } {
  const requests: Request[] = [];
  const disconnected: number[] = [];
  let producers = 0;
  const producer = (): unknown => {
    const number = ++producers;
    return {
      connect: async () => {},
      disconnect: async () => void disconnected.push(number),
      send: (record: ProducerRecord) =>
        new Promise<void>((resolve, reject) =>
          requests.push({ producer: number, record, acknowledge: resolve, reject }),
        ),
    };
  };
  return { kafka: { producer } as Kafka, requests, disconnected };
}

const records = (...values: readonly string[]): { key: string; value: string }[] =>
  values.map((value) => ({ key: "k", value }));
const valuesOf = ({ record }: Request): readonly unknown[] => record.messages.map((message) => message.value);

describe("PartitionSender", () => {
  it("puts one partition into a request, whatever is sent in one turn", async () => {
    const { kafka, requests } = fakeKafka();
    const sender = new PartitionSender(kafka, 5_000);
    const sent = [
      sender.send("chat", 0, records("a")),
      sender.send("chat", 1, records("b")),
      sender.send("viewer", 0, records("c")),
    ];
    await expect.poll(() => requests.length).toBe(3);
    expect(
      requests.map(({ record }) => [record.topic, ...new Set(record.messages.map(({ partition }) => partition))]),
    ).toEqual([
      ["chat", 0],
      ["chat", 1],
      ["viewer", 0],
    ]);
    for (const request of requests) expect(request.record.acks).toBe(-1);
    for (const { acknowledge } of requests) acknowledge();
    await Promise.all(sent);
  });

  it("has one request of a partition on its way, and sends what waits meanwhile together and in order", async () => {
    const { kafka, requests } = fakeKafka();
    const sender = new PartitionSender(kafka, 5_000);
    const arrived: string[] = [];
    const send = (...values: readonly string[]): Promise<unknown> =>
      sender.send("chat", 0, records(...values)).then(() => arrived.push(...values));
    const sent = [send("a", "b"), send("c")];
    await expect.poll(() => requests.length).toBe(1);
    sent.push(send("d"), send("e"));
    await new Promise((resolve) => setImmediate(resolve));
    expect(requests).toHaveLength(1);
    expect(arrived).toEqual([]);
    requests[0]!.acknowledge();
    await expect.poll(() => requests.length).toBe(2);
    expect(arrived).toEqual(["a", "b", "c"]);
    requests[1]!.acknowledge();
    await Promise.all(sent);
    expect(requests.map(valuesOf)).toEqual([
      ["a", "b", "c"],
      ["d", "e"],
    ]);
  });

  it("sends again by a new producer after a request was rejected, and leaves the old one", async () => {
    const { kafka, requests, disconnected } = fakeKafka();
    const sender = new PartitionSender(kafka, 5_000);
    const sent = sender.send("chat", 0, records("a"));
    await expect.poll(() => requests.length).toBe(1);
    requests[0]!.reject(new Error("leader moved"));
    await expect.poll(() => requests.length).toBe(2);
    expect(requests.map(({ producer }) => producer)).toEqual([1, 2]);
    expect(requests.map(valuesOf)).toEqual([["a"], ["a"]]);
    expect(disconnected).toEqual([1]);
    requests[1]!.acknowledge();
    await sent;
    const later = sender.send("chat", 0, records("b"));
    await expect.poll(() => requests.length).toBe(3);
    expect(requests[2]!.producer).toBe(2);
    requests[2]!.acknowledge();
    await later;
  });

  it("rejects with the last error when its time is over, and sends what comes then", async () => {
    const { kafka, requests } = fakeKafka();
    const sender = new PartitionSender(kafka, 150);
    const sent = sender.send("chat", 0, records("a"));
    await expect.poll(() => requests.length).toBe(1);
    requests[0]!.reject(new Error("no leader"));
    await expect(sent).rejects.toThrow(/no acknowledgement by Kafka within 150 ms|no leader/);
    const later = sender.send("chat", 0, records("b"));
    await expect.poll(() => requests.map(valuesOf)).toContainEqual(["b"]);
    requests.at(-1)!.acknowledge();
    await later;
  });

  it("rejects when nobody answers within its time, and leaves that producer", async () => {
    const { kafka, disconnected } = fakeKafka();
    const sender = new PartitionSender(kafka, 50);
    await expect(sender.send("chat", 0, records("a"))).rejects.toThrow("no acknowledgement by Kafka within 50 ms");
    await expect.poll(() => disconnected).toEqual([1]);
  });

  it("keeps a producer that has found no broker yet, however long that takes", async () => {
    let producers = 0;
    let connect!: () => void;
    const requests: ProducerRecord[] = [];
    const producer = (): unknown => {
      producers++;
      return {
        connect: () => new Promise<void>((resolve) => (connect = resolve)),
        disconnect: async () => {},
        send: async (record: ProducerRecord) => void requests.push(record),
      };
    };
    const sender = new PartitionSender({ producer } as Kafka, 50);
    for (const value of ["a", "b", "c"]) {
      await expect(sender.send("chat", 0, records(value))).rejects.toThrow(/no acknowledgement/);
    }
    expect(producers).toBe(1);
    connect();
    await sender.send("chat", 0, records("d"));
    expect(producers).toBe(1);
    // What was told to have failed is not sent afterwards.
    expect(requests.map((record) => record.messages.map(({ value }) => value))).toEqual([["d"]]);
  });

  it("keeps requests below the size that a broker takes", async () => {
    const { kafka, requests } = fakeKafka();
    const sender = new PartitionSender(kafka, 5_000);
    const sent = sender.send(
      "chat",
      0,
      records(...Array.from({ length: 8 }, (_, at) => String(at).repeat(100_000)), "x".repeat(900_000)),
    );
    while (requests.length < 3) {
      const count = requests.length;
      requests.at(-1)?.acknowledge();
      await expect.poll(() => requests.length).toBe(count + 1);
    }
    requests.at(-1)!.acknowledge();
    await sent;
    expect(requests.map((request) => request.record.messages.length)).toEqual([5, 3, 1]);
  });

  it("sends what waits before it closes, and takes nothing more", async () => {
    const { kafka, requests, disconnected } = fakeKafka();
    const sender = new PartitionSender(kafka, 5_000);
    const sent = sender.send("chat", 0, records("a"));
    const closed = sender.close();
    await expect(sender.send("chat", 0, records("b"))).rejects.toThrow(/closed/);
    await expect.poll(() => requests.length).toBe(1);
    expect(disconnected).toEqual([]);
    requests[0]!.acknowledge();
    await Promise.all([sent, closed]);
    expect(disconnected).toEqual([1]);
  });
});
