# Two images: `cpu` trains with the compiled engine (ONNX), `gpu` has @tensorflow/tfjs-node-gpu built in (CUDA 11, cuDNN 8).
FROM node:20.20.2-bookworm-slim AS build
WORKDIR /weir
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY src src
RUN npm run build && npm prune --omit=dev --no-audit --no-fund
# Binaries of other platforms and source maps of dependencies: two thirds of what is left.
RUN find node_modules/onnxruntime-node/bin/napi-v6 -mindepth 2 -maxdepth 2 -type d \
    ! -path "*/$(node -p 'process.platform + "/" + process.arch')" -exec rm -r {} + \
  && find node_modules -name '*.map' -delete

FROM node:20.20.2-bookworm-slim AS cpu
WORKDIR /weir
COPY --from=build /weir /weir
RUN mkdir /runs && chown node /runs
USER node
WORKDIR /runs
ENTRYPOINT ["node", "/weir/dist/cli/main.js"]

FROM nvidia/cuda:11.8.0-cudnn8-runtime-ubuntu22.04 AS gpu
COPY --from=node:20.20.2-bookworm-slim /usr/local /usr/local
RUN apt-get update && apt-get install -y --no-install-recommends python3 make g++ ca-certificates \
  && rm -rf /var/lib/apt/lists/* && useradd --create-home node
WORKDIR /weir
COPY --from=build /weir /weir
RUN ONNXRUNTIME_NODE_INSTALL=skip npm install --ignore-scripts=false --no-audit --no-fund --omit=dev --no-save \
    @tensorflow/tfjs-node-gpu@4.22.0 \
  && mkdir /runs && chown node /runs
USER node
WORKDIR /runs
ENTRYPOINT ["node", "/weir/dist/cli/main.js"]
