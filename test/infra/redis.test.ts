import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWithRedis } from "../support/real-services.js";

describeWithRedis("a real Redis", (address) => {
  const prefix = `smoke:${randomUUID()}:`;
  let redis: Redis;

  beforeAll(() => {
    redis = new Redis(address);
  });

  afterAll(async () => {
    await redis.quit();
  });

  test("keeps a value until its time to live is over", async () => {
    const key = `${prefix}ttl`;
    await redis.set(key, "Grüße 🎉", "PX", 200);
    expect(await redis.get(key)).toBe("Grüße 🎉");
    expect(await redis.pttl(key)).toBeGreaterThan(0);
    await expect.poll(() => redis.get(key), { timeout: 5000 }).toBeNull();
  });

  test("takes a message to every subscriber of its channel and to no other", async () => {
    const channel = `${prefix}channel`;
    const subscribers = [redis.duplicate(), redis.duplicate(), redis.duplicate()] as const;
    const [first, second, stranger] = subscribers;
    const received: string[] = [];
    try {
      await Promise.all([first.subscribe(channel), second.subscribe(channel), stranger.subscribe(`${channel}.other`)]);
      subscribers.forEach((subscriber, index) => {
        subscriber.on("message", (_channel: string, message: string) => received.push(`${index} ${message}`));
      });
      expect(await redis.publish(channel, "日本語")).toBe(2);
      expect(await redis.publish(`${channel}.other`, "end")).toBe(1);
      await expect.poll(() => received.toSorted(), { timeout: 5000 }).toEqual(["0 日本語", "1 日本語", "2 end"]);
    } finally {
      subscribers.forEach((subscriber) => subscriber.disconnect());
    }
  });
});
