// Tests outside the infra project start from the defaults, and never write into a service that the shell happens to name.
for (const name of Object.keys(process.env)) {
  if (/^(POSTGRES_|KAFKA_|REDIS_URL$|DATABASE_URL$)/.test(name)) delete process.env[name];
}
