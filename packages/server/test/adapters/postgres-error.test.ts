import { describe, expect, it } from "vitest";
import { explainPostgresError, failureKind } from "../../src/adapters/postgres/postgres-error.js";

const withCode = (code: string, message = "some words"): Error => Object.assign(new Error(message), { code });

describe("failureKind", () => {
  it.each([
    ["repeat", ["40001", "40P01", "40003"]],
    ["reconnect", ["08006", "08003", "57P01", "57P02", "57P05", "25P03", "ECONNRESET", "EPIPE"]],
    ["wait", ["57P03", "53200", "53300", "55P03", "57014", "53100", "ECONNREFUSED", "ENOTFOUND"]],
    ["give_up", ["22P02", "23505", "23502", "42P01", "42601", "28P01", "3D000"]],
  ])("says %s to %j", (kind, codes) => {
    expect(codes.map((code) => failureKind(withCode(code)))).toEqual(codes.map(() => kind));
  });

  it.each([
    ["reconnect", "Connection terminated unexpectedly"],
    ["reconnect", "Query read timeout"],
    ["reconnect", "Client has encountered a connection error and is not queryable"],
    ["wait", "timeout exceeded when trying to connect"],
    ["wait", "Connection terminated due to connection timeout"],
    ["give_up", "anything else"],
  ])("says %s to the driver's %j", (kind, message) => {
    expect(failureKind(new Error(message))).toBe(kind);
  });
});

describe("explainPostgresError", () => {
  it("tells people what to do in one line, and keeps the cause", () => {
    const error = withCode("ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:1\nand more");
    expect(explainPostgresError(error, "db.example:5432/telemetra")).toMatchObject({
      name: "StorageError",
      code: "unavailable",
      cause: error,
      message:
        "PostgreSQL at db.example:5432/telemetra cannot be used: connect ECONNREFUSED 127.0.0.1:1; " +
        "check that it runs and that DATABASE_URL is right",
    });
  });

  it("tells a full disk from a server that is away", () => {
    expect(explainPostgresError(withCode("53100"), "db")).toMatchObject({ code: "disk_full" });
  });

  it("R11: knows a full disk by the words of a connection that found no room to begin", () => {
    const error = withCode("XX000", "could not write init file");
    expect(failureKind(error)).toBe("wait");
    expect(explainPostgresError(error, "db")).toMatchObject({ code: "disk_full" });
    expect(failureKind(withCode("XX000", "something else"))).toBe("give_up");
  });

  it.each(["22P02", "22003", "23505", "23502", "54000", "P0001"])("says of %s that the data are refused", (code) => {
    const error = withCode(code, "value out of range\nDETAIL: more");
    expect(explainPostgresError(error, "db")).toMatchObject({
      name: "RefusedDataError",
      message: "value out of range",
      cause: error,
    });
  });

  it("tells a check that refuses a row from a partition that is not there", () => {
    const refused = Object.assign(withCode("23514"), { constraint: "positive" });
    expect(explainPostgresError(refused, "db")).toMatchObject({ name: "RefusedDataError" });
    expect(explainPostgresError(withCode("23514"), "db")).toMatchObject({ name: "StorageError", code: "unavailable" });
  });

  it("gives back what is no trouble with the database itself", () => {
    const error = withCode("42P01");
    expect(explainPostgresError(error, "db")).toBe(error);
  });
});
