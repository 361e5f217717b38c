// A container's health check: node healthcheck.mjs URL. Healthy is what answers 2xx; the image holds no curl.
try {
  const response = await fetch(process.argv[2], { signal: AbortSignal.timeout(4_000) });
  report(`${response.status} ${await response.text()}`);
  process.exitCode = response.ok ? 0 : 1;
} catch (error) {
  report(String(error));
  process.exitCode = 1;
}

// Docker keeps this output: `docker inspect` shows why a container is unhealthy.
function report(text) {
  process.stdout.write(`${text}\n`);
}
