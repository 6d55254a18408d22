import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  encodeEvent,
  eventSchemas,
  EVENT_TYPES,
  parseEvent,
  parseEventJson,
  type EventType,
  type StreamEvent,
} from "@telemetra/core";
import { isParsedEvent } from "../../src/events/parse-event.js";
import { anyRecord, validRecord, type SentRecord } from "./arbitrary-records.js";

const WHEN = "2026-01-31T12:34:56.789Z";
const common = { event_id: "e1", timestamp: WHEN, stream_id: "s" };
const plain: Readonly<Record<EventType, SentRecord>> = {
  chat: { type: "chat", ...common, user_id: "u", username: "U", message: "hello" },
  viewer: { type: "viewer", ...common, viewer_count: 5 },
  transaction: {
    type: "transaction",
    ...common,
    user_id: "u",
    username: "U",
    transaction_type: "gift",
    amount: 4.99,
    currency: "USD",
  },
  stream_meta: { type: "stream_meta", ...common, event_type: "raid" },
};
/** A value of the right type for each optional field. */
const optionals: Readonly<Record<EventType, SentRecord>> = {
  chat: { emotes: ["LUL"], badges: ["vip"], is_subscriber: true, is_moderator: false, reply_to: "e0" },
  viewer: { unique_viewers: 4, peak_viewers: 9 },
  transaction: { message: "for you" },
  stream_meta: {
    new_title: "a",
    new_category: "b",
    started_at: WHEN,
    ended_at: WHEN,
    duration_minutes: 1.5,
    raiders: 3,
    from_stream_id: "t",
  },
};

function parsed(record: SentRecord, type?: EventType): StreamEvent {
  const result = parseEvent(record, type);
  if (!result.ok) throw new Error(result.error.detail);
  return result.event;
}

function refusal(record: unknown, type?: EventType): string {
  const result = parseEvent(record, type);
  return result.ok ? "accepted" : `${result.error.code}: ${result.error.detail}`;
}

const required = EVENT_TYPES.flatMap((type) =>
  (eventSchemas[type].required ?? []).filter((field) => field !== "type").map((field) => [type, field] as const),
);
const optional = EVENT_TYPES.flatMap((type) => Object.keys(optionals[type]).map((field) => [type, field] as const));

describe("fields of an event", () => {
  it("knows every optional field of the schemas", () => {
    for (const type of EVENT_TYPES) {
      const { properties = {}, required: needed = [] } = eventSchemas[type];
      expect(Object.keys(properties).filter((name) => !needed.includes(name))).toEqual(Object.keys(optionals[type]));
    }
  });

  it.each(EVENT_TYPES)("takes a %s event with nothing but what it must have, and with everything", (type) => {
    expect(parsed(plain[type])).toMatchObject({ ...plain[type], timestamp: Date.parse(WHEN) });
    const full = parsed({ ...plain[type], ...optionals[type] });
    expect(Object.keys(full).sort()).toEqual(Object.keys(eventSchemas[type].properties ?? {}).sort());
  });

  it.each(required)("refuses a %s event without %s, and names the field", (type, field) => {
    const { [field]: _, ...rest } = plain[type];
    expect(refusal(rest)).toBe(`missing_field: ${field} is required`);
    expect(refusal({ ...rest, [field]: null })).toMatch(`invalid_field: ${field} must be`);
  });

  it.each(optional)("F11: null for the optional %s field %s counts as absent", (type, field) => {
    const { emotes, ...event } = parsed({ ...plain[type], [field]: null }) as SentRecord & StreamEvent;
    expect(field in event).toBe(false);
    expect(emotes).toEqual(type === "chat" ? [] : undefined);
  });

  it.each([...required, ...optional])("F11: refuses a %s event whose %s has a wrong type", (type, field) => {
    const wrong = typeof { ...plain[type], ...optionals[type] }[field] === "string" ? { a: 1 } : "5";
    const isInstant = ["timestamp", "started_at", "ended_at"].includes(field);
    for (const value of isInstant ? [true, {}, "yesterday"] : [wrong, [], {}]) {
      if (field === "emotes" && Array.isArray(value)) continue;
      if (field === "badges" && Array.isArray(value)) continue;
      expect(refusal({ ...plain[type], [field]: value })).toMatch(`invalid_field: ${field} must`);
    }
  });

  it("F11: coerces nothing", () => {
    expect(refusal({ ...plain.viewer, viewer_count: "5" })).toBe("invalid_field: viewer_count must be an integer");
    expect(refusal({ ...plain.viewer, viewer_count: 5.5 })).toBe("invalid_field: viewer_count must be an integer");
    expect(refusal({ ...plain.chat, is_subscriber: 1 })).toBe("invalid_field: is_subscriber must be a boolean");
    expect(refusal({ ...plain.chat, message: 7 })).toBe("invalid_field: message must be a string");
    expect(refusal({ ...plain.transaction, amount: "4.99" })).toBe("invalid_field: amount must be a number");
  });

  it("keeps unknown fields out, also of emotes, and does not mind them", () => {
    const event = parsed({ ...plain.chat, color: "#fff", emotes: [{ name: "LUL", size: 3 }], viewer_count: 4 });
    expect(event).toEqual({ ...plain.chat, timestamp: Date.parse(WHEN), emotes: [{ name: "LUL" }] });
  });

  it.each([
    ["currency", "usd"],
    ["currency", "EURO"],
    ["currency", "BITS"],
    ["transaction_type", "tip"],
    ["amount", -0.01],
    ["amount", 1_000_000_001],
  ])("refuses a transaction whose %s is %j", (field, value) => {
    expect(refusal({ ...plain.transaction, [field]: value })).toMatch(`invalid_field: ${field} must`);
  });

  it.each([-1, 2_147_483_648, Infinity, NaN])("refuses %d viewers", (value) => {
    expect(refusal({ ...plain.viewer, viewer_count: value })).toMatch("invalid_field: viewer_count must be");
  });

  it("gives emotes as objects, repeats and all, with the parts that are there", () => {
    const emotes = ["LUL", { name: "Kappa", id: "25", provider: null, url: "https://e.example/25" }, "LUL"];
    expect(parsed({ ...plain.chat, emotes })).toMatchObject({
      emotes: [{ name: "LUL" }, { name: "Kappa", id: "25", url: "https://e.example/25" }, { name: "LUL" }],
    });
    expect(refusal({ ...plain.chat, emotes: [{ name: "" }] })).toMatch("invalid_field: emotes[0]");
    expect(refusal({ ...plain.chat, emotes: ["a", { id: "25" }] })).toMatch("invalid_field: emotes[1]");
  });
});

describe("the kind of an event", () => {
  it("is told by its type, or by the place it came from, which wins", () => {
    const { type: _, ...untyped } = plain.viewer;
    expect(refusal(untyped)).toBe("unknown_type: type must be one of chat, viewer, transaction, stream_meta");
    expect(parsed(untyped, "viewer")).toMatchObject({ type: "viewer", viewer_count: 5 });
    expect(parsed({ ...untyped, type: "chat" }, "viewer").type).toBe("viewer");
    expect(parsed({ ...untyped, type: 7 }, "viewer").type).toBe("viewer");
  });

  it.each(["chats", "toString", "__proto__", "constructor", "", null, 5, ["chat"]])("is not %j", (type) => {
    expect(refusal({ ...plain.chat, type })).toMatch("unknown_type: ");
  });

  it.each([undefined, null, 1, "x", true, [], [plain.chat]])("is not there in %j", (value) => {
    expect(refusal(value)).toBe("not_an_object: an event must be a JSON object");
  });
});

describe("text", () => {
  const spoiled = "a\ud800b\0c";
  const clean = "a\ufffdb\ufffdc";

  it("F12: replaces lone surrogates and NUL in text by U+FFFD", () => {
    const chat = { ...plain.chat, username: spoiled, message: spoiled, badges: [spoiled, "ok"], emotes: [spoiled] };
    expect(parsed(chat)).toMatchObject({
      username: clean,
      message: clean,
      badges: [clean, "ok"],
      emotes: [{ name: clean }],
    });
    expect(parsed({ ...plain.transaction, message: spoiled, username: spoiled })).toMatchObject({
      username: clean,
      message: clean,
    });
    expect(parsed({ ...plain.stream_meta, new_title: spoiled, new_category: spoiled })).toMatchObject({
      new_title: clean,
      new_category: clean,
    });
    expect(parsed({ ...plain.chat, message: "\ud83d\ude00" })).toMatchObject({ message: "😀" });
  });

  it.each(["event_id", "user_id", "reply_to"])("F12: refuses NUL and lone surrogates in %s", (field) => {
    for (const value of ["a\0", "\ud800", "\udc00\ud800"]) {
      expect(refusal({ ...plain.chat, [field]: value })).toBe(
        `invalid_field: ${field} must not hold NUL or a lone surrogate`,
      );
    }
    expect(parsed({ ...plain.chat, [field]: "모자 😀" })).toMatchObject({ [field]: "모자 😀" });
  });

  it.each([
    ["event_id", 1, 128],
    ["user_id", 1, 128],
    ["reply_to", 1, 128],
    ["username", 0, 128],
    ["message", 0, 2_000],
  ])("F12: takes %s of %i to %i UTF-16 units", (field, min, max) => {
    expect(parsed({ ...plain.chat, [field]: "x".repeat(max) })).toMatchObject({ [field]: "x".repeat(max) });
    expect(refusal({ ...plain.chat, [field]: "x".repeat(max + 1) })).toBe(
      `invalid_field: ${field} must be ${min} to ${max} characters`,
    );
    expect(refusal({ ...plain.chat, [field]: "😀".repeat(max / 2) + "x" })).toMatch(`${min} to ${max} characters`);
    if (min > 0) expect(refusal({ ...plain.chat, [field]: "" })).toMatch(`invalid_field: ${field} must be`);
    else expect(parsed({ ...plain.chat, [field]: "" })).toMatchObject({ [field]: "" });
  });

  it("F12: takes up to 500 emotes of 1 to 128 units, and up to 100 badges", () => {
    const emotes = Array.from({ length: 500 }, () => "x".repeat(128));
    expect(parsed({ ...plain.chat, emotes })).toHaveProperty("emotes.length", 500);
    expect(refusal({ ...plain.chat, emotes: [...emotes, "x"] })).toBe(
      "invalid_field: emotes must have at most 500 entries",
    );
    expect(refusal({ ...plain.chat, emotes: ["x".repeat(129)] })).toMatch("invalid_field: emotes[0]");
    expect(refusal({ ...plain.chat, emotes: [""] })).toMatch("invalid_field: emotes[0]");
    expect(refusal({ ...plain.chat, badges: Array.from({ length: 101 }, () => "x") })).toBe(
      "invalid_field: badges must have at most 100 entries",
    );
  });
});

describe("ids and instants", () => {
  it.each(["a", "A.b:c-d_9", "...", "healthy", "x".repeat(128)])("F13: takes the stream id %j", (id) => {
    expect(parsed({ ...plain.chat, stream_id: id }).stream_id).toBe(id);
    expect(parsed({ ...plain.stream_meta, from_stream_id: id })).toMatchObject({ from_stream_id: id });
  });

  it.each(["", ".", "..", "health", "a b", "a/b", "ä", "a\n", "x".repeat(129), "\0"])(
    "F13: refuses the stream id %j",
    (id) => {
      expect(refusal({ ...plain.chat, stream_id: id })).toMatch("invalid_field: stream_id must match");
      expect(refusal({ ...plain.stream_meta, from_stream_id: id })).toMatch("invalid_field: from_stream_id must match");
    },
  );

  it("F13: keeps the letter case of ids", () => {
    expect(parsed({ ...plain.chat, event_id: "aB", stream_id: "Cd", user_id: "eF" })).toMatchObject({
      event_id: "aB",
      stream_id: "Cd",
      user_id: "eF",
    });
  });

  it("F13: gives instants in epoch milliseconds, a stamp without a zone as UTC, digits beyond the millisecond cut", () => {
    const stamps = [
      "2026-01-31T12:34:56.7899",
      "2026-01-31 14:34:56.789+02:00",
      Date.parse(WHEN),
      Date.parse(WHEN) + 0.9,
    ];
    for (const timestamp of stamps) expect(parsed({ ...plain.chat, timestamp }).timestamp).toBe(Date.parse(WHEN));
    expect(parsed({ ...plain.stream_meta, started_at: WHEN, ended_at: 5 })).toMatchObject({
      started_at: Date.parse(WHEN),
      ended_at: 5,
    });
  });

  it.each(["", "yesterday", "2026-02-30T00:00:00Z", 1e300, -1e300])("F13: refuses the timestamp %j", (timestamp) => {
    expect(refusal({ ...plain.chat, timestamp })).toBe(
      "invalid_field: timestamp must be an ISO 8601 instant or epoch milliseconds",
    );
  });
});

describe("what is no plain record", () => {
  it("takes own fields only: nothing is borrowed from a prototype", () => {
    expect(refusal(Object.create(plain.chat) as SentRecord)).toMatch("unknown_type");
    expect(refusal(Object.create(plain.chat) as SentRecord, "chat")).toBe("missing_field: event_id is required");
    const partly = Object.assign(Object.create({ is_moderator: true, emotes: ["LUL"] }) as SentRecord, plain.chat);
    expect(parsed(partly)).toEqual({ ...plain.chat, timestamp: Date.parse(WHEN), emotes: [] });
  });

  it("takes a record without a prototype", () => {
    const bare = Object.assign(Object.create(null) as SentRecord, plain.viewer);
    expect(parsed(bare)).toMatchObject({ viewer_count: 5 });
  });

  it("keeps a field named __proto__ out, and its contents with it", () => {
    const result = parseEventJson(JSON.stringify(plain.chat).replace("{", '{"__proto__":{"is_moderator":true},'));
    expect(result).toMatchObject({ ok: true });
    if (!result.ok) return;
    expect("is_moderator" in result.event).toBe(false);
    expect(Object.keys(result.event)).not.toContain("__proto__");
  });

  it("does not let a polluted Object.prototype into an event", () => {
    const prototype = Object.prototype as SentRecord;
    try {
      Object.assign(prototype, { is_moderator: true, reply_to: "x", message: "injected", viewer_count: 7 });
      const { message: _, ...silent } = plain.chat;
      expect(refusal(silent)).toBe("missing_field: message is required");
      expect(Object.keys(parsed(plain.chat))).not.toContain("is_moderator");
      expect(refusal({ ...common, type: "viewer" })).toBe("missing_field: viewer_count is required");
    } finally {
      for (const name of ["is_moderator", "reply_to", "message", "viewer_count"]) delete prototype[name];
    }
  });

  it("shares nothing with what was sent", () => {
    const sent = { ...plain.chat, emotes: [{ name: "LUL" }], badges: ["vip"] };
    const event = parsed(sent);
    sent.emotes[0]!.name = "changed";
    sent.badges[0] = "changed";
    expect(event).toMatchObject({ emotes: [{ name: "LUL" }], badges: ["vip"] });
  });
});

describe("parseEvent", () => {
  it("never throws, and answers anything that JSON can hold with an event or a coded reason", () => {
    const anything = fc.oneof(fc.jsonValue(), anyRecord, fc.anything());
    fc.assert(
      fc.property(anything, fc.option(fc.constantFrom(...EVENT_TYPES), { nil: undefined }), (value, type) => {
        const result = parseEvent(value, type);
        if (!result.ok) expect(result.error.detail).not.toBe("");
      }),
      { numRuns: 1_000 },
    );
  });

  it("accepts every valid record, and encodeEvent brings the event back unchanged", () => {
    fc.assert(
      fc.property(validRecord, (record) => {
        const event = parsed(record);
        expect(parseEventJson(encodeEvent(event))).toEqual({ ok: true, event });
        expect(parseEventJson(encodeEvent(event), event.type)).toEqual({ ok: true, event });
      }),
      { numRuns: 500 },
    );
  });

  it("parses its own result again to the same event", () => {
    fc.assert(
      fc.property(validRecord, (record) => {
        const event = parsed(record);
        expect(parsed({ ...event } as SentRecord)).toEqual(event);
      }),
    );
  });

  it("knows the very objects that it made, and no copies of them", () => {
    const event = parsed(plain.chat);
    expect(isParsedEvent(event)).toBe(true);
    expect(
      [{ ...event }, structuredClone(event), Object.create(event) as object, plain.chat].map(isParsedEvent),
    ).toEqual([false, false, false, false]);
  });
});

describe("parseEventJson", () => {
  it.each(["", "{", "not json", '{"type":"chat",}', "undefined", "NaN", "'a'"])("refuses %j as no JSON", (json) => {
    expect(parseEventJson(json)).toEqual({
      ok: false,
      error: { code: "invalid_json", detail: "not readable as JSON" },
    });
  });

  it("takes the last of a field that is named twice, as JSON does", () => {
    const json = JSON.stringify(plain.viewer).replace("}", ',"viewer_count":6}');
    expect(parseEventJson(json)).toMatchObject({ ok: true, event: { viewer_count: 6 } });
  });
});

describe("encodeEvent", () => {
  it("writes instants as ISO 8601 in UTC, and leaves out what is not there", () => {
    expect(encodeEvent(parsed(plain.chat))).toBe(JSON.stringify(plain.chat));
    const meta = { ...plain.stream_meta, started_at: WHEN, ended_at: WHEN };
    expect(encodeEvent(parsed(meta))).toBe(JSON.stringify(meta));
  });
});
