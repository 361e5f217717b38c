# One image for all apps; the command chooses:
#
#   node apps/ingest/dist/main.js    (the default)
#   node apps/worker/dist/main.js
#   node apps/console/dist/main.js
#   misskeep status                  (any command of the CLI)
#
# Nothing in it needs a shell, a writable file system or root when it runs; but for ingest's spool, which is in
# /var/lib/misskeep: mount a volume there.
#
# Behind a proxy with a certificate of its own, hand its certificate to the build:
# docker build --secret id=ca,src=/path/to/ca.pem .

FROM node:24-bookworm-slim AS build
WORKDIR /app
# CI: pnpm asks no questions. The store is a cache mount, so that a changed source does not download it all again.
ENV CI=true npm_config_store_dir=/pnpm-store
COPY package.json ./
RUN --mount=type=secret,id=ca \
    if [ -f /run/secrets/ca ]; then export NODE_EXTRA_CA_CERTS=/run/secrets/ca; fi; \
    npm install --global --no-audit --no-fund "$(node -p 'require("./package.json").packageManager')"
COPY . .
RUN --mount=type=secret,id=ca --mount=type=cache,id=pnpm-store,target=/pnpm-store \
    if [ -f /run/secrets/ca ]; then export NODE_EXTRA_CA_CERTS=/run/secrets/ca; fi; \
    pnpm install --frozen-lockfile --filter misskeep-workspace \
      --filter-prod "@misskeep/ingest..." --filter-prod "@misskeep/worker..." --filter-prod "@misskeep/cli..." \
      --filter-prod "@misskeep/console..."
RUN node node_modules/typescript/bin/tsc -b apps/ingest apps/worker apps/cli apps/console && \
    node apps/console/node_modules/vite/bin/vite.js build --logLevel warn apps/console/web
# What runs: built files and production dependencies, without sources, compiler and tests.
RUN --mount=type=secret,id=ca --mount=type=cache,id=pnpm-store,target=/pnpm-store \
    if [ -f /run/secrets/ca ]; then export NODE_EXTRA_CA_CERTS=/run/secrets/ca; fi; \
    rm -rf node_modules apps/*/node_modules packages/*/node_modules apps/*/src packages/*/src apps/console/web && \
    pnpm install --frozen-lockfile --prod \
      --filter-prod "@misskeep/ingest..." --filter-prod "@misskeep/worker..." --filter-prod "@misskeep/cli..." \
      --filter-prod "@misskeep/console..." && \
    mkdir bin && ln -s ../apps/cli/bin/misskeep.js bin/misskeep && chmod 755 apps/cli/bin/misskeep.js

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production PATH=/app/bin:$PATH MISSKEEP_DATA_DIR=/var/lib/misskeep
# A new volume takes over its owner.
RUN mkdir -p -m 700 "$MISSKEEP_DATA_DIR" && chown 1000:1000 "$MISSKEEP_DATA_DIR"
COPY --from=build /app ./
# By number, so that an orchestrator can see that it is not root. It is `node` in the base image.
USER 1000:1000
EXPOSE 3000 3001
# Of ingest; docker-compose.yml gives the worker and the console their own.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "deploy/healthcheck.mjs", "http://127.0.0.1:3000/ready"]
# The base image's entry point is a shell script.
ENTRYPOINT []
CMD ["node", "apps/ingest/dist/main.js"]
