import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWithPostgres } from "../support/real-services.js";

describeWithPostgres("a real PostgreSQL", (address) => {
  const schema = `smoke_${randomUUID().replaceAll("-", "")}`;
  let pool: pg.Pool;

  beforeAll(async () => {
    pool = new pg.Pool({ connectionString: address, options: `-c search_path=${schema}` });
    await pool.query(`create schema ${schema}`);
    await pool.query("create table messages (id integer primary key, text text not null)");
  });

  afterAll(async () => {
    await pool.query(`drop schema ${schema} cascade`);
    await pool.end();
  });

  test("keeps what a transaction commits, unseen by others before", async () => {
    const writer = await pool.connect();
    try {
      await writer.query("begin");
      await writer.query("insert into messages values ($1, $2)", [1, "Grüße 🎉 日本語"]);
      expect(await texts()).toEqual([]);
      await writer.query("commit");
    } finally {
      writer.release();
    }
    expect(await texts()).toEqual(["Grüße 🎉 日本語"]);
  });

  test("forgets all of a transaction that fails in the middle", async () => {
    const before = await texts();
    const writer = await pool.connect();
    try {
      await writer.query("begin");
      await writer.query("insert into messages values (2, 'half')");
      await expect(writer.query("insert into messages values (2, 'again')")).rejects.toMatchObject({ code: "23505" });
      await writer.query("rollback");
    } finally {
      writer.release();
    }
    expect(await texts()).toEqual(before);
  });

  async function texts(): Promise<string[]> {
    const { rows } = await pool.query<{ text: string }>("select text from messages order by id");
    return rows.map((row) => row.text);
  }
});
