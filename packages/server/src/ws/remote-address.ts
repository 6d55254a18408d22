import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";

/** Finds the address that a request came from; see `TRUSTED_PROXIES`. */
export type AddressReader = (request: IncomingMessage) => string;

/**
 * Takes the address of the connection, and the one that X-Forwarded-For names only as far as trusted proxies wrote it:
 * from the right, up to the first that is not one of them.
 *
 * @param trustedProxies addresses and subnets; one that is neither is left out
 */
export function createAddressReader(trustedProxies: readonly string[]): AddressReader {
  const trusted = toBlockList(trustedProxies);
  const isTrusted = (address: string): boolean => trusted.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
  return (request) => {
    let address = plain(request.socket.remoteAddress ?? "");
    const forwarded = String(request.headers["x-forwarded-for"] ?? "")
      .split(",")
      .map((part) => plain(part.trim()));
    while (isIP(address) !== 0 && isTrusted(address)) {
      const before = forwarded.pop();
      if (before === undefined || isIP(before) === 0) break;
      address = before;
    }
    return address;
  };
}

export function isLoopback(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}

function toBlockList(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = "", prefix] = entry.split("/");
    const family = isIP(address);
    if (family === 0) continue;
    const bits = prefix === undefined ? (family === 6 ? 128 : 32) : Number(prefix);
    list.addSubnet(address, bits, family === 6 ? "ipv6" : "ipv4");
  }
  return list;
}

/** An IPv4 address that came over an IPv6 socket is an IPv4 address. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "");
}
