# Winnow's image: it serves, and with another command it builds the index.
#
#   docker build --tag winnow .
#
# sentence-transformers, for --encoder minilm, static or a model by path, is an extra:
#
#   docker build --tag winnow --build-arg EXTRA=neural .
#
# It brings torch, which comes from PyPI with CUDA, some gigabytes. Where there is no GPU,
# name the index of CPU builds that PyTorch's own installation page gives, too:
#
#   docker build --build-arg EXTRA=neural --build-arg PIP_EXTRA_INDEX_URL=… .

# What pages use of npm packages.
FROM node:22.20.0-bookworm-slim AS packages
WORKDIR /packages
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

# Python packages, in a layer that changes only with their versions.
FROM python:3.11.14-slim-bookworm AS build
# An extra of pyproject.toml to install: neural, or mcp. None by default.
ARG EXTRA=""
# The address of a package index to use beside PyPI; pip reads it. None by default.
ARG PIP_EXTRA_INDEX_URL=""
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PATH="/opt/venv/bin:$PATH"
WORKDIR /srv/winnow
COPY pyproject.toml constraints.txt ./
RUN python -m venv /opt/venv \
 && python -c 'import os, tomllib; project = tomllib.load(open("pyproject.toml", "rb"))["project"]; extra = os.environ["EXTRA"]; print(*project["dependencies"], *(project["optional-dependencies"][extra] if extra else ()), sep="\n")' > /tmp/requirements.txt \
 && pip install --constraint constraints.txt --requirement /tmp/requirements.txt

# The project itself is run from its source tree: templates/ and static/ lie beside app/.
COPY . .
COPY --from=packages /packages/node_modules node_modules
RUN python setup/vendor.py \
 && python setup/bundle.py \
 && rm -r node_modules \
 && pip install --no-deps --editable . \
 && python -m compileall -q app index

FROM python:3.11.14-slim-bookworm
RUN groupadd --gid 10001 winnow \
 && useradd --uid 10001 --gid winnow --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin winnow \
 && install --directory --owner=winnow --group=winnow /data
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/winnow /srv/winnow
ENV PATH="/opt/venv/bin:$PATH" PYTHONUNBUFFERED=1 WINNOW_DATA_DIR=/data WINNOW_HOST=0.0.0.0
WORKDIR /srv/winnow
USER 10001:10001
VOLUME /data
EXPOSE 8000
# No proxy: http_proxy may be set for what the container asks of others.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["python", "-c", "from urllib.request import ProxyHandler, build_opener; build_opener(ProxyHandler({})).open('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["winnow", "serve"]
