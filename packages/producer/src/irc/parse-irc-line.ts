/** One IRC message, taken apart. */
export interface IrcMessage {
  /** Tags with their escapes undone; a tag without a value is the empty string, and of a repeated one the last counts. */
  readonly tags: ReadonlyMap<string, string>;
  /** Who sent it, without the colon: a server, or `nick!user@host`. */
  readonly source?: string;
  /** As sent, such as `PRIVMSG` or `001`. */
  readonly command: string;
  readonly params: readonly string[];
}

const NO_TAGS: ReadonlyMap<string, string> = new Map();

/**
 * Parses one line of IRC with IRCv3 message tags, with or without its line end. Atoms are separated by one or more
 * spaces, as RFC 1459 has it. Returns `undefined` for a line without a command; never throws.
 */
export function parseIrcLine(line: string): IrcMessage | undefined {
  let end = line.length;
  while (end > 0 && (line[end - 1] === "\n" || line[end - 1] === "\r")) end--;
  const text = line.slice(0, end);
  let at = 0;
  const word = (): string => {
    const space = text.indexOf(" ", at);
    const stop = space === -1 ? end : space;
    const found = text.slice(at, stop);
    at = stop;
    while (text[at] === " ") at++;
    return found;
  };

  const tags = text.startsWith("@") ? parseTags(word().slice(1)) : NO_TAGS;
  const source = text[at] === ":" ? word().slice(1) : undefined;
  const command = word();
  if (command === "") return undefined;
  const params: string[] = [];
  while (at < end) {
    if (text[at] === ":") {
      params.push(text.slice(at + 1));
      break;
    }
    params.push(word());
  }
  return { tags, command, params, ...(source === undefined ? {} : { source }) };
}

/** The nickname of a source; `undefined` when it is a server or has none. */
export function nickOf(source: string | undefined): string | undefined {
  const nick = /^([^!@]+)[!@]/.exec(source ?? "");
  return nick?.[1];
}

function parseTags(text: string): ReadonlyMap<string, string> {
  const tags = new Map<string, string>();
  for (const tag of text.split(";")) {
    const equals = tag.indexOf("=");
    if (equals === -1) tags.set(tag, "");
    else tags.set(tag.slice(0, equals), unescapeTag(tag.slice(equals + 1)));
  }
  return tags;
}

const ESCAPES: Readonly<Record<string, string>> = { ":": ";", s: " ", "\\": "\\", r: "\r", n: "\n" };

/** A backslash before anything else, or at the end, is dropped. */
function unescapeTag(value: string): string {
  if (!value.includes("\\")) return value;
  return value.replaceAll(/\\(.?)/gsu, (_, letter: string) => ESCAPES[letter] ?? letter);
}
