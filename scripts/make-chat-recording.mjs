/**
 * Makes `examples/data/chat-recording.txt.gz` out of a log of raw Twitch IRC lines, with everything left out that tells
 * about real people:
 *
 * - every login, display name and user id becomes a pseudonym, the same one each time, in messages and mentions too;
 * - the channel becomes `demo`, its own emotes get that prefix, and their ids become invented ones;
 * - message ids are new, and the whole recording is moved to another day, distances in time unchanged;
 * - a message stays only when each of its words is in the list below, which was read by eye; others go, line and all;
 * - tags that are not needed go.
 *
 * Emote ranges are moved along with the text, and checked.
 *
 *   node scripts/make-chat-recording.mjs <log.txt.gz> [examples/data/chat-recording.txt.gz]
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { gunzipSync, gzipSync } from "node:zlib";

/** Lines of the log that are looked at: about three and a half minutes. */
const SOURCE_LINES = 2_200;
const CHANNEL = "demo";
const FIRST_MESSAGE_AT = Date.parse("2025-01-01T20:00:00Z");

/** Emotes of everybody, whose ids may stay. */
const GLOBAL_EMOTE_IDS = new Set(
  "1 2 8 9 25 33 41 86 88 354 360 22639 28087 30259 58127 58765 114836 153556 425618 1441276".split(" "),
);

const WORDS = new Set(
  (
    "lulw lul pogu poggers pog pogchamp pagchomp clap clap2 omegalul feelsgoodman feelsbadman feelsgoldman feelsstrongman " +
    "feelsweirdmanw pepelaugh kapp kappa kkonaw kkona kkomrade monkaw monkas monkatos monkaeyes 3head 4head 4header 5head 4heed " +
    "pepehands pepepls pepejam peposad peeposad widepeeposad widepeepohappy jebaited kreygasm wutface wutfacew weirdchamp ez " +
    "notlikethis kekvv hahaa kek haha hahahahaha ayaya epic okaychamp dansgame lmao lol omg wtf waitwhat 4shrug ppoverheat " +
    "fbblock showemote ggx xd :) :( :d d: ;) <3 :tf :tf: ? ?? ??? 👌 👏 😂 1 2 3 5 6 7 d no is it a i the you oh not to yes " +
    "y out true in game games my what chat athlete rush far too this right its it's just he damn w get lost than sorry man on for " +
    "was frogs stay so n and that know clip exactly watch who play playing l but me here sure yeah hell pro show u us holy nice " +
    "with we why better don't dont can can't cant cannot as dude one way i'm im of even actual be dogs carried now bad sleeping " +
    "keep boy s wow love have off they won m up league twitter pass stop e insane yo em louder leaked hi how excuse juice juicer " +
    "got more oi ok door build though tho discord should has are wall cry happening days lit video come overwatch apex gamer " +
    "click wrong same guy still see wingman worse today want sub need look nothing actually csgo fake at please production hey " +
    "been full did yep there trash rolled going cool make may any youtube amazin bogged ow predator then kind na mic if points " +
    "take live ice free enjoy fine saw swap check whats what's god your eu c good bye hello gg first time again wait wants " +
    "go going next old new best worst thing day night stream streamer music song team win winner play plays played lose loss " +
    "poor rich think thought really very much many little long short back over under down left after before where when because " +
    "about all also am do does done had him his her let lets let's like looks made must never always only or other our said say " +
    "says some someone something tell thank thanks thats that's them these those through try use well were will would yours"
  ).split(" "),
);

/** How `/me` begins; it ends with the first of these characters. */
const ACTION = "\u0001ACTION ";
/** The end of an action, or the mark that some clients add so that a message can be sent twice. */
const INVISIBLE_END = / *(?:\p{Cc}|\u{e0000}|\u034f)+$/u;

const QUALITIES =
  "amber brisk calm daring early fabled gentle humble icy jaunty keen lively merry nifty olive proud quick royal silver tame " +
  "urban vast warm young zany bold clever dapper earnest frank grand happy ideal just kind loyal modest neat open polite";
const CREATURES =
  "alpaca beaver camel dolphin egret finch gibbon hare ibis jay koala llama mole narwhal ocelot parrot quail rabbit salmon " +
  "turtle ape vulture weasel xerus zebra bison crane dingo eagle ferret goose horse impala kiwi lark marten newt oriole pike robin";

/** @typedef {{ at: number, end: number, id: string }} Emote a range of code points, `end` not included */
/** @typedef {{ tags: Map<string, string>, source: string, command: string, channel: string, text: string | undefined }} Line */

const [sourceFile, targetFile = "examples/data/chat-recording.txt.gz"] = process.argv.slice(2);
if (sourceFile === undefined) {
  console.error("usage: node scripts/make-chat-recording.mjs <log.txt.gz> [target.txt.gz]");
  process.exit(2);
}
const log = gunzipSync(readFileSync(sourceFile)).toString("utf8");
const people = new Map();
const ids = new Map();
const emoteIds = new Map();
const lines = log.split(/\r?\n/).filter((line) => line !== "");
const parsedLines = lines.map(parseLine);
// Everybody in the whole log gets a pseudonym, so that a mention of somebody who speaks later is found too.
for (const line of parsedLines) for (const name of namesIn(line)) pseudonymOf(name);
const channel = parsedLines[0]?.channel ?? "";
const emotePrefix = channel.slice(0, 3);
const firstAt = Math.min(...parsedLines.map((line) => Number(line.tags.get("tmi-sent-ts"))));

const kept = parsedLines.slice(0, SOURCE_LINES).flatMap((line) => anonymise(line) ?? []);
writeFileSync(targetFile, gzipSync(`${kept.join("\n")}\n`, { level: 9 }));
console.log(`${targetFile}: ${kept.length} of ${Math.min(SOURCE_LINES, lines.length)} lines`);

/** @param {string} line @returns {Line} */
function parseLine(line) {
  const match = /^@(\S+) :(\S+) (\S+) #(\S+)(?: :?(.*))?$/u.exec(line);
  if (match === null) throw new Error(`not a Twitch IRC line: ${line.slice(0, 80)}`);
  const [, tagText = "", source = "", command = "", room = "", text] = match;
  const tags = new Map(
    tagText.split(";").map((tag) => {
      const equals = tag.indexOf("=");
      return /** @type {[string, string]} */ ([tag.slice(0, equals), tag.slice(equals + 1)]);
    }),
  );
  return { tags, source, command, channel: room, text };
}

/** @param {Line} line @returns {string[]} */
function namesIn({ tags, source, command, text }) {
  const names = [source.includes("!") ? source.slice(0, source.indexOf("!")) : "", tags.get("login") ?? ""];
  if (command === "CLEARCHAT") names.push(text ?? "");
  return names.filter((name) => name !== "");
}

/** @param {string} name */
function pseudonymOf(name) {
  const login = name.toLowerCase();
  const known = people.get(login);
  if (known !== undefined) return known;
  const qualities = QUALITIES.split(" ");
  const creatures = CREATURES.split(" ");
  const place = (people.size * 397) % (qualities.length * creatures.length);
  const round = Math.floor(people.size / (qualities.length * creatures.length));
  const pseudonym = `${qualities[place % qualities.length]}_${creatures[Math.floor(place / qualities.length)]}${round || ""}`;
  people.set(login, pseudonym);
  return pseudonym;
}

/** A number for a user id, the same one each time. @param {string} id */
function numberOf(id) {
  if (!ids.has(id)) ids.set(id, 100_001 + ids.size);
  return String(ids.get(id));
}

/** @param {string} id */
function newMessageId(id) {
  if (!ids.has(id)) ids.set(id, createHash("sha256").update(`${CHANNEL} ${ids.size}`).digest("hex"));
  const hex = String(ids.get(id));
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}

/** The line without anything about anybody, or `undefined` when it has to go. @param {Line} line @returns {string | undefined} */
function anonymise(line) {
  const { tags, source, command } = line;
  const isNotice = command === "USERNOTICE";
  const message = command === "CLEARCHAT" ? undefined : rewrite(line.text ?? "", tags.get("emotes") ?? "");
  if (command === "PRIVMSG" && message === undefined) return undefined;

  const login = source.includes("!") ? source.slice(0, source.indexOf("!")) : tags.get("login");
  const name = login === undefined ? undefined : pseudonymOf(login);
  /** @type {Record<string, (value: string) => string>} */
  const keep = {
    "badge-info": (value) => value,
    badges: (value) =>
      value
        .split(",")
        .filter((badge) => /^(subscriber|premium|moderator|vip|bits)\//.test(badge))
        .join(","),
    "ban-duration": (value) => value,
    bits: (value) => value,
    color: (value) => value,
    "display-name": () => name ?? "",
    emotes: () => message?.emotes ?? "",
    flags: () => "",
    id: newMessageId,
    login: () => name ?? "",
    mod: (value) => value,
    "msg-id": (value) => value,
    "msg-param-cumulative-months": (value) => value,
    "msg-param-months": (value) => value,
    "msg-param-should-share-streak": (value) => value,
    "msg-param-streak-months": (value) => value,
    "msg-param-sub-plan": (value) => value,
    "msg-param-sub-plan-name": () => `Channel\\sSubscription\\s(${CHANNEL})`,
    "room-id": () => "100000",
    subscriber: (value) => value,
    "system-msg": () => `${name}\\ssubscribed.`,
    "target-user-id": numberOf,
    "tmi-sent-ts": (value) => String(Number(value) - firstAt + FIRST_MESSAGE_AT),
    turbo: (value) => value,
    "user-id": numberOf,
    "user-type": (value) => value,
  };
  const tagText = [...tags]
    .flatMap(([tag, value]) => (keep[tag] === undefined ? [] : [`${tag}=${keep[tag](value)}`]))
    .join(";");
  const from = name === undefined || isNotice ? "tmi.twitch.tv" : `${name}!${name}@${name}.tmi.twitch.tv`;
  const target = command === "CLEARCHAT" && line.text !== undefined ? pseudonymOf(line.text) : message?.text;
  return `@${tagText} :${from} ${command} #${CHANNEL}${target === undefined || target === "" ? "" : ` :${target}`}`;
}

/**
 * The message with names replaced, and its emotes where they are now; `undefined` when a word is not in the list.
 *
 * @param {string} original
 * @param {string} emoteTag
 */
function rewrite(original, emoteTag) {
  const isAction = original.startsWith(ACTION);
  const text = (isAction ? original.slice(ACTION.length) : original).replace(INVISIBLE_END, "");
  const emotes = readEmotes(emoteTag);
  /** @type {Emote[]} */
  const moved = [];
  let rewritten = "";
  let at = 0;
  for (const token of text.split(/( +)/u)) {
    const end = at + [...token].length;
    const newAt = [...rewritten].length;
    const inside = emotes.filter((emote) => emote.at >= at && emote.end <= end);
    const replaced = replaceWord(token, inside.length > 0);
    if (replaced === undefined) return undefined;
    for (const emote of inside) {
      if (replaced === token) moved.push({ ...emote, at: emote.at - at + newAt, end: emote.end - at + newAt });
      else if (emote.at === at && emote.end === end)
        moved.push({ ...emote, at: newAt, end: newAt + [...replaced].length });
      else return undefined;
    }
    rewritten += replaced;
    at = end;
  }
  if (moved.length !== emotes.filter((emote) => emote.end <= at).length) return undefined;
  const points = [...rewritten];
  for (const { at: from, end } of moved) {
    const name = points.slice(from, end).join("");
    if (end > points.length || /\s/u.test(name))
      throw new Error(`emote range ${from}-${end} went wrong in: ${rewritten}`);
  }
  return { text: isAction ? `${ACTION}${rewritten}\u0001` : rewritten, emotes: writeEmotes(moved) };
}

/** @param {string} token @param {boolean} isEmote @returns {string | undefined} */
function replaceWord(token, isEmote) {
  if (/^ *$/u.test(token)) return token;
  const mention = /^@(\w+)([,.:!?]*)$/u.exec(token);
  if (mention !== null) {
    const login = (mention[1] ?? "").toLowerCase();
    if (login === channel) return `@${CHANNEL}${mention[2]}`;
    return people.has(login) ? `@${people.get(login)}${mention[2]}` : undefined;
  }
  const own = new RegExp(`^${emotePrefix}([A-Z]\\w*)$`, "u").exec(token);
  if (own !== null) return `${CHANNEL}${own[1]}`;
  const word = token.toLowerCase();
  const bare = word.replaceAll(/^["'(]+|[.,!?;:"')]+$/gu, "");
  if ((bare === channel || bare === emotePrefix) && !isEmote) return CHANNEL;
  return WORDS.has(word) || WORDS.has(bare) || /^\?+$/u.test(word) ? token : undefined;
}

/** @param {string} tag @returns {Emote[]} */
function readEmotes(tag) {
  if (tag === "") return [];
  return tag.split("/").flatMap((uses) => {
    const [id = "", ranges = ""] = uses.split(":");
    return ranges.split(",").map((range) => {
      const [from, to] = range.split("-").map(Number);
      return { id, at: from ?? 0, end: (to ?? 0) + 1 };
    });
  });
}

/** @param {Emote[]} emotes */
function writeEmotes(emotes) {
  /** @type {Map<string, string[]>} */
  const uses = new Map();
  for (const { id, at, end } of emotes) {
    if (!GLOBAL_EMOTE_IDS.has(id) && !emoteIds.has(id)) emoteIds.set(id, `${CHANNEL}${emoteIds.size + 1}`);
    const newId = GLOBAL_EMOTE_IDS.has(id) ? id : emoteIds.get(id);
    uses.set(newId, [...(uses.get(newId) ?? []), `${at}-${end - 1}`]);
  }
  return [...uses].map(([id, ranges]) => `${id}:${ranges.join(",")}`).join("/");
}
