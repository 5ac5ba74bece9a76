# syntax=docker/dockerfile:1

FROM python:3.11-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
WORKDIR /build
# The CPU build of torch, for this line alone: PyPI's own brings several GB of CUDA libraries.
RUN pip install torch==2.13.0 --index-url https://download.pytorch.org/whl/cpu
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY pipeline pipeline
COPY storage storage
COPY handlers handlers
COPY manifests manifests
COPY bot bot
RUN pip install --constraint constraints.txt .

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 triage \
    && install --directory --owner=triage --group=triage /data
COPY --from=build /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    TRIAGE_DATA_DIR=/data \
    TRIAGE_HOST=0.0.0.0 \
    TRIAGE_PORT=3000 \
    TRIAGE_LOG=json
USER triage
WORKDIR /data
# A new named volume begins with what is here: what the engine would learn at its first start.
RUN triage prepare
VOLUME /data
EXPOSE 3000
# Alive says that the process answers; ready, at /health/ready, that the database does as well.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['TRIAGE_PORT'] + '/health/live', timeout=4)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["triage"]
CMD ["serve"]
